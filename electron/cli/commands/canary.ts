import type { CanaryProof } from '../../../shared/model/scheduling.ts';
import { readArgs, UsageError } from '../options/args.ts';
import { calendarUrl } from '../options/connection.ts';
import { EXIT, print, tell, type CliIo } from '../io.ts';
import { LOGIN_OPTIONS, LOGIN_USAGE, readLogin } from '../options/login.ts';
import { withEngine } from '../options/open-engine.ts';
import { jsonLine } from '../output/json-line.ts';

export const CANARY_USAGE = `hushcal canary --calendar URL ${LOGIN_USAGE} [--yes] [--runs DIR] [--json]`;

/**
 * Finds out with test events whether a server keeps quiet. Without `--yes` it says what it would do. Exit code 0: it does,
 * for new and for replaced events; 1: it does not, or it cannot be proved; 2: nothing was tried; 3: ended by a person.
 */
export async function canaryCommand(argv: readonly string[], io: CliIo): Promise<number> {
  const args = readArgs(argv, { calendar: 'text', ...LOGIN_OPTIONS, yes: 'flag', runs: 'text', json: 'flag' });
  if (args.positionals.length > 0) throw new UsageError('Name the calendar with --calendar URL.');
  const url = calendarUrl(args.required('calendar'));
  const over = new AbortController();
  io.onStop?.(() => {
    over.abort();
  });
  return withEngine(args, io, async (engine) => {
    const { connection } = await readLogin(engine, args, io, url);
    if (args.consent.kind === 'no') {
      tell(io, ANNOUNCEMENT);
      return EXIT.nothingWritten;
    }
    try {
      const proof = await engine.canary({ calendarUrl: url }, connection, undefined, over.signal);
      await print(io, args.flag('json') ? jsonLine({ kind: 'canary', ...proof }) : proofText(proof));
      return proof.create && proof.update ? EXIT.done : EXIT.trouble;
    } catch (error) {
      if (!over.signal.aborted) throw error;
      tell(io, 'Stopped: the test events are removed again, and nothing was proved.');
      return EXIT.interrupted;
    }
  });
}

const ANNOUNCEMENT = [
  'This would put two test events into the calendar, with one guest at an address that cannot exist',
  '(canary@hushcal.invalid), read what the server notes about them, and remove both again:',
  '  1. one sent openly, to see whether the server shows whom it notifies. A mail server may return that message to the',
  '     owner of the calendar;',
  '  2. one with the “no messages” request, which is then changed with it, too.',
  'The result counts for seven days, for this server and this owner. Nothing was done yet: add --yes to do it.',
].join('\n');

function proofText({ control, create, update, seen, expiresAt }: CanaryProof): string {
  const word = (kept: boolean): string => (!control ? 'cannot be proved' : kept ? 'keeps quiet' : 'notifies people');
  return [
    `New events       ${word(create)}`,
    `Replaced events  ${word(update)}`,
    'Deleted events   cannot be proved: a deleted event leaves nothing to read',
    ...seen.map((sentence) => `  ${sentence}`),
    ...(control ? [`Counts until ${expiresAt.slice(0, 10)}, or until the server is another version.`] : []),
  ].join('\n');
}
