import { jobNote, noteIn, NOTE_LENGTH, TICKET_LENGTH, type JobNote } from '../../../shared/model/kept/job-note.ts';
import { UsageError, type OptionKinds, type ParsedArgs } from './args.ts';

/** Options of every command that shows a plan, and writes when somebody consents to it. */
export const JOB_OPTIONS = {
  concurrency: 'text',
  'dry-run': 'flag',
  yes: 'flag',
  messages: 'text',
  ticket: 'text',
  note: 'text',
  runs: 'text',
  json: 'flag',
} as const satisfies OptionKinds;
/** How their usage lines end; `--dry-run` stands before it, and what a command has of its own. */
export const JOB_USAGE = '[--yes[=HASH]] [--messages N] [--ticket TEXT] [--note TEXT] [--runs DIR] [--json]';

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
