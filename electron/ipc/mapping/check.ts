import type { Engine, MappingDefaults, ResolvedMapping, ResolvedRow, ServerDefault } from '../../engine/engine.ts';
import { IDENTITY } from '../../../shared/model/defaults.ts';
import { isUrl, type MappingRow } from '../../../shared/model/batch/migrate.ts';
import type { CheckedRow, ServerLogin, TestedRow } from '../../../shared/model/batch/mapping-view.ts';
import type { Logins } from '../servers/logins.ts';
import { pathOf, type BookRow, type CheckedBook, type MappingBook } from './book.ts';
import { viewOf } from './view.ts';
import type { Servers } from '../servers/servers.ts';

interface CheckResult {
  readonly resolved: CheckedBook;
  readonly rows: readonly CheckedRow[];
}

/**
 * Looks at every row of a mapping that has no problem of its own; those that have one are left out, and named as such.
 * Nothing is written.
 */
export async function checkMapping(
  engine: Pick<Engine, 'mappings'>,
  book: MappingBook,
  servers: Servers,
  logins: Logins,
  signal: AbortSignal,
  onRow: (done: number, of: number, row: CheckedRow) => void,
): Promise<CheckResult> {
  const view = viewOf(engine, '', book, logins);
  const good = book.rows.filter((_, at) => view.rows[at]?.problems.length === 0);
  const numbers = linesOf(good);
  const rowOf = new Map(good.map((row, at) => [numbers[at], row.row]));
  const rows = good.map((row, at) => cellsFor(row, numbers[at] ?? 0, book, logins));
  let done = 0;
  const resolved = await engine.mappings.resolve(
    { rows, problems: [] },
    defaultsOf(book, servers, logins),
    logins.connect,
    {
      signal,
      onRow: (row) => {
        done += 1;
        onRow(done, rows.length, checkedRow(row, rowOf.get(row.row.line) ?? -1, row.problems));
      },
    },
  );
  const bad = book.rows.flatMap((row, at) => unusable(row, view.rows[at]?.problems ?? []));
  const leftOut = [...book.leftOut.map(untaken), ...bad, ...resolved.leftOut];
  const rowIds = resolved.rows.map(({ row }) => rowOf.get(row.line) ?? -1);
  return {
    resolved: { ...resolved, leftOut, rowIds },
    rows: resolved.rows.map((row, at) => checkedRow(row, rowIds[at] ?? -1, resolved.problems)),
  };
}

type LeftOut = ResolvedMapping['leftOut'][number];

/** A line that could not be taken for a row. */
function untaken({ line, message }: MappingBook['leftOut'][number]): LeftOut {
  return { mailbox: `line ${line}`, source: '', message: `Line ${line}: ${message}` };
}

/** A row that has a problem of its own; one in which nothing was typed yet is none. */
function unusable({ row, cells }: BookRow, [first]: readonly { readonly message: string }[]): readonly LeftOut[] {
  if (first === undefined || (cells.source === '' && cells.user === '')) return [];
  const line = cells.line > 0 ? cells.line : row + 1;
  const mailbox = cells.user === '' ? `line ${line}` : cells.user;
  return [{ mailbox, source: cells.source, message: `Line ${line}: ${first.message}` }];
}

/** Lines of the CSV where they name each row; else the rows' numbers. */
function linesOf(rows: readonly BookRow[]): readonly number[] {
  const lines = rows.map(({ cells }) => cells.line);
  const named = lines.every((line) => line > 0) && new Set(lines).size === lines.length;
  return named ? lines : rows.map(({ row }) => row + 1);
}

function cellsFor(row: BookRow, line: number, book: MappingBook, logins: Logins): MappingRow {
  const { cells } = row;
  const { target, source } = book.setup;
  const { credential: _credential, ...plain } = cells;
  return {
    ...plain,
    line,
    source: isUrl(cells.source) ? cells.source : (pathOf(row, book.folder) ?? ''),
    secret: ownSecret(target, cells.user, logins),
    sourceSecret: ownSecret(source, cells.sourceUser || cells.user, logins),
  };
}

/** The name under which the user's own password is found; empty where an administrator logs in. */
function ownSecret(way: ServerLogin | null, user: string, logins: Logins): string {
  return way?.way === 'own' ? logins.loginFor(way, user).secret : '';
}

/** What the person has confirmed of the new server; the check and the migration go by the same. */
export function assumedOf(
  { target }: Pick<MappingBook['setup'], 'target'>,
  servers: Servers,
): MappingDefaults['assume'] {
  return target !== null && servers.info(target.serverId).assumeNoMailHook ? ['no-mail-hook'] : [];
}

function defaultsOf({ setup }: MappingBook, servers: Servers, logins: Logins): MappingDefaults {
  return {
    target: setup.target === null ? null : serverDefault(setup.target, logins, servers),
    source: setup.source === null ? null : serverDefault(setup.source, logins, servers),
    mode: setup.mode,
    identity: IDENTITY,
    baseDir: '',
    assume: assumedOf(setup, servers),
  };
}

function serverDefault(way: ServerLogin, logins: Logins, servers: Servers): ServerDefault {
  const { url, user } = servers.info(way.serverId);
  const { actor, credential, secret, template } = logins.loginFor(way, user);
  const base = { url, credential };
  if (way.way === 'own') return { ...base, admin: null };
  return { ...base, admin: { way: way.way, actor, secret, ...(template === undefined ? {} : { template }) } };
}

/**
 * Test events for rows of a mapping that was checked, one user after the other. Gives what was found out so far where
 * `signal` ends it.
 */
export async function testMapping(
  engine: Pick<Engine, 'mappings'>,
  { rows: all, rowIds }: CheckedBook,
  asked: readonly number[],
  logins: Logins,
  signal: AbortSignal,
  onRow: (done: number, of: number, row: TestedRow) => void,
): Promise<readonly TestedRow[]> {
  const wanted = new Set(asked);
  const idOf = new Map(all.map(({ row }, at) => [row.line, rowIds[at] ?? -1]));
  const rows = all.filter((_, at) => wanted.has(rowIds[at] ?? -1));
  const tested: TestedRow[] = [];
  try {
    await engine.mappings.test(rows, logins.connect, {
      signal,
      onRow: ({ line, mailbox, opens, said }, done, of) => {
        const row: TestedRow = { row: idOf.get(line) ?? -1, mailbox, opens, said };
        tested.push(row);
        onRow(done, of, row);
      },
    });
  } catch (error) {
    if (!signal.aborted) throw error;
  }
  return tested;
}

function checkedRow(
  { row, moves, notes, test }: ResolvedRow,
  id: number,
  problems: ResolvedMapping['problems'],
): CheckedRow {
  const problem = problems.find(({ line }) => line === row.line)?.message ?? null;
  return {
    row: id,
    mailbox: row.user,
    calendars: moves.map(({ calendarName, makes }) => ({ name: calendarName, makes })),
    problem,
    notes,
    testable: test !== undefined,
  };
}
