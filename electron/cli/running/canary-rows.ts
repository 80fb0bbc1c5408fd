import type { Connect, Engine, ResolvedMapping, ResolvedRow } from '../../engine/engine.ts';
import { UsageError, wholeNumber, type ParsedArgs } from '../options/args.ts';
import { EXIT, print, tell, type CliIo } from '../io.ts';
import { jsonLine } from '../output/json-line.ts';
import { plural } from '../output/words.ts';

/** Says where a test event would open something. */
export function offerCanary(engine: Engine, { rows }: ResolvedMapping, io: CliIo): void {
  const users = engine.mappings.testable(rows).length;
  if (users === 0) return;
  tell(io, `A test event may open the rows of ${plural(users, 'user')}: the same command with --canary says how.`);
}

/**
 * `migrate --canary`: test events for the rows that are blocked until one shows that the server keeps quiet. Migrates
 * nothing. Exit code 0: every row that was tried is open; 1: some are not; 2: nothing was tried;
 * 3: ended by a person.
 */
export async function canaryRows(
  engine: Engine,
  { rows }: ResolvedMapping,
  connect: Connect,
  args: ParsedArgs,
  io: CliIo,
): Promise<number> {
  const groups = engine.mappings.testable(asked(rows, args));
  const [first] = groups;
  if (first === undefined) {
    tell(io, 'No row is blocked in a way that a test event could settle. Nothing was written.');
    return EXIT.nothingWritten;
  }
  if (args.consent.kind === 'no' || args.flag('dry-run')) {
    tell(io, announcement(groups));
    return EXIT.nothingWritten;
  }
  const over = new AbortController();
  io.onStop?.(() => {
    over.abort();
  });
  const isJson = args.flag('json');
  let printing = Promise.resolve();
  try {
    const tested = await engine.mappings.test(groups.flat(), connect, {
      signal: over.signal,
      onRow: (one, done, of) => {
        const { line, mailbox, opens, said } = one;
        tell(io, `${done} of ${of}: line ${line} (${mailbox}) ${opens ? 'is open now' : 'stays blocked'}. ${said}`);
        if (isJson) printing = printing.then(() => print(io, jsonLine({ kind: 'tested', ...one })));
      },
    });
    return tested.every(({ opens }) => opens) ? EXIT.done : EXIT.trouble;
  } catch (error) {
    if (!over.signal.aborted) throw error;
    tell(io, 'Stopped: the test events are removed again. What was shown before counts.');
    return EXIT.interrupted;
  } finally {
    await printing;
  }
}

/** The rows that were named by their lines, or all. Throws UsageError for one that a test event cannot open. */
function asked(rows: readonly ResolvedRow[], args: ParsedArgs): readonly ResolvedRow[] {
  const lines = args.list('line').map((text) => wholeNumber(text, 'line', 1, 1_000_000));
  if (lines.length === 0) return rows;
  return lines.map((line) => {
    const found = rows.find(({ row }) => row.line === line);
    if (found?.test !== undefined) return found;
    throw new UsageError(`--line ${line} is no row that a test event could open.`);
  });
}

function announcement(groups: readonly (readonly ResolvedRow[])[]): string {
  const users = groups.flatMap(([first]) => (first === undefined ? [] : [first.row.user]));
  const shown = users.slice(0, 10).join(', ');
  return [
    `This would put two test events into a calendar of ${plural(users.length, 'user')} (${shown}${users.length > 10 ? ', …' : ''}), one user after the other,`,
    'with one guest at an address that cannot exist (canary@hushcal.invalid), read what the server notes about them, and',
    'remove them again. One is sent openly: a mail server may return that message to the owner of the calendar. What one shows',
    'counts for seven days, for that user. Where one opens nothing, the other users of that server are spared. No event is',
    'migrated. Nothing was done yet: add --yes to do it, and --line N for one row of the mapping alone.',
  ].join('\n');
}
