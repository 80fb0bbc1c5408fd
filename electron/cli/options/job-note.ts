import { jobNote, noteIn, NOTE_LENGTH, TICKET_LENGTH, type JobNote } from '../../../shared/model/job-note.ts';
import { UsageError, type ParsedArgs } from './args.ts';

export const NOTE_OPTIONS = { ticket: 'text', note: 'text' } as const;
export const NOTE_USAGE = '[--ticket TEXT] [--note TEXT]';

/** The ticket and the note of a command that writes; empty where none was given. Throws UsageError. */
export function readNote(args: Pick<ParsedArgs, 'text'>): JobNote {
  const [ticket, note] = [args.text('ticket'), args.text('note')];
  if (ticket !== undefined && !jobNote.safeParse({ ticket }).success) {
    throw new UsageError(`--ticket takes one line of at most ${TICKET_LENGTH} characters.`);
  }
  if (note !== undefined && !jobNote.safeParse({ note }).success) {
    throw new UsageError(`--note takes a text of at most ${NOTE_LENGTH} characters.`);
  }
  return noteIn(jobNote.parse({ ticket, note }));
}
