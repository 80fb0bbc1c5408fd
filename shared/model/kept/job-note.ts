import { z } from 'zod';

/** Longest ticket number, in characters. */
export const TICKET_LENGTH = 100;
/** Longest note, in characters. */
export const NOTE_LENGTH = 2000;

/** No control characters, which a terminal or a page would obey. */
const LINE = /^[^\p{Cc}\p{Zl}\p{Zp}]*$/u;
const LINES = /^[^\p{Cc}\p{Zl}\p{Zp}]*(?:[\n\t][^\p{Cc}\p{Zl}\p{Zp}]*)*$/u;

/**
 * What a person writes to a job: the number of the ticket that it answers, on one line, and a note. It is kept beside
 * what was consented to, is no part of it, and may be changed at any time.
 */
export const jobNote = z.strictObject({
  ticket: z.string().trim().min(1).max(TICKET_LENGTH).regex(LINE).optional(),
  note: z.string().trim().min(1).max(NOTE_LENGTH).regex(LINES).optional(),
});
export type JobNote = z.infer<typeof jobNote>;

/** Ticket and note of whatever carries them, without fields that are not there. */
export function noteIn({ ticket, note }: JobNote): JobNote {
  return { ...(ticket === undefined ? {} : { ticket }), ...(note === undefined ? {} : { note }) };
}

/** What was typed into two fields; an empty one stands for nothing. Null where it is too long or cannot be kept. */
export function typedNote(ticket: string, note: string): JobNote | null {
  const typed = { ticket: ticket.trim(), note: note.replaceAll('\r\n', '\n').trim() };
  const read = jobNote.safeParse({
    ...(typed.ticket === '' ? {} : { ticket: typed.ticket }),
    ...(typed.note === '' ? {} : { note: typed.note }),
  });
  return read.success ? noteIn(read.data) : null;
}
