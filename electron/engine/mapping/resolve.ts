import { toFailure } from '../../../shared/model/failure.ts';
import type { MappingProblem, MappingRow, Move } from '../../../shared/model/batch/migrate.ts';
import type { Connect } from '../batch/types.ts';
import type { CanaryProof } from '../../../shared/model/scheduling.ts';
import type { Account, CollectionProperties } from '../caldav/types.ts';
import type { Progress } from '../types.ts';
import { Accounts } from './accounts.ts';
import { askedMode, checkPlace, identityOf } from './check.ts';
import type { MappingDefaults, ResolvedRow, ResolvedRows } from './defaults.ts';
import { calendarsFrom } from './from.ts';
import { targetLogin } from './logins.ts';
import { placeFor } from './calendar-target.ts';
import { orRefuse, RowRefusal } from './refusal.ts';
import { inRounds, limitNotes } from './calendar-limits.ts';

/** Rows looked at together. */
const TOGETHER = 4;
/** Logins that may be refused one after the other; the rows after them are not tried. */
const MOST_REFUSED = 3;

export interface ResolveOptions {
  readonly progress?: Progress | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Called with each row as it is done. */
  readonly onRow?: ((row: ResolvedRow) => void) | undefined;
  /** What a test event showed of a calendar, as far as it still counts. */
  readonly proofOf?: ((calendarUrl: string, about: ProofGround) => Promise<CanaryProof | null>) | undefined;
}

/** By what it is told of which server and of whose calendars a test event showed something. */
type ProofGround = Pick<CollectionProperties, 'evidence' | 'ownerAddresses'>;

/**
 * Looks at every row before anything is planned: the login works, the calendar exists or can be made, may be written to
 * and has room, the address is the user's, the server keeps quiet in the mode. Nothing is written. A row with a problem
 * is named and left out. Rejects only when `signal` says so.
 */
export async function resolveMapping(
  rows: readonly MappingRow[],
  defaults: MappingDefaults,
  connect: Connect,
  {
    progress = () => undefined,
    signal,
    onRow = () => undefined,
    proofOf = () => Promise.resolve(null),
  }: ResolveOptions = {},
): Promise<ResolvedRows> {
  const accounts = new Accounts(connect, signal);
  const servers = new Map<string, Account>();
  const resolved: ResolvedRow[] = [];
  let done = 0;
  let refused = 0;
  progress('checking', 0, rows.length);
  const next = rows.entries();
  const worker = async (): Promise<void> => {
    for (const [at, row] of next) {
      signal?.throwIfAborted();
      const one =
        refused >= MOST_REFUSED ? untried(row) : await resolveRow(row, defaults, connect, accounts, servers, proofOf);
      if (refused < MOST_REFUSED) refused = one.refusedLogin === true ? refused + 1 : 0;
      resolved[at] = one;
      done += 1;
      onRow(one);
      progress('checking', done, rows.length);
      if (refused === 0 && !together) return;
    }
  };
  // One row at a time until a login works: servers lock an address after a few wrong passwords.
  let together = false;
  await worker();
  together = true;
  await Promise.all(Array.from({ length: Math.min(TOGETHER, rows.length) }, worker));
  signal?.throwIfAborted();
  const { moves, problems } = joined(resolved.flatMap((one) => one.moves));
  return {
    moves: inRounds(moves, servers),
    problems: [...resolved.flatMap((one) => one.problems), ...problems],
    rows: resolved,
    notes: [...new Set([...resolved.flatMap((one) => one.notes), ...limitNotes(moves, servers)])],
  };
}

async function resolveRow(
  row: MappingRow,
  defaults: MappingDefaults,
  connect: Connect,
  accounts: Accounts,
  servers: Map<string, Account>,
  proofOf: NonNullable<ResolveOptions['proofOf']>,
): Promise<ResolvedRow> {
  try {
    const to = targetLogin(row, defaults.target);
    const sources = await calendarsFrom(row, defaults, accounts);
    const account = await orRefuse('user', () => accounts.of(to));
    servers.set(row.user, account);
    const moves: Move[] = [];
    const notes = new Set<string>();
    for (const from of sources) {
      const place = await placeFor(row, from, sources.length > 1, account, to, connect);
      const { calendar, url, name } = place;
      const found = calendar === null ? null : await orRefuse('calendar', () => accounts.properties(to, url));
      // A calendar that is to be made is one more of the same user.
      const proof = await proofOf(url, found ?? { evidence: account.evidence, ownerAddresses: account.addresses });
      for (const note of checkPlace(row, from, { place, account, login: to, found, proof }, defaults)) notes.add(note);
      moves.push({
        line: row.line,
        mailbox: row.user,
        from: from.from,
        to: { ...to, url },
        calendarUrl: url,
        calendarName: name,
        makes: calendar === null,
        identity: identityOf(row, defaults),
        mode: askedMode(row, defaults),
      });
    }
    return { row, moves, problems: [], notes: [...notes] };
  } catch (error) {
    const column = error instanceof RowRefusal ? error.column : '';
    const message = error instanceof RowRefusal ? error.message : toFailure(error).message;
    const refusedLogin = error instanceof RowRefusal && error.login;
    const test = error instanceof RowRefusal ? error.test : null;
    const problems = [{ line: row.line, column, message }];
    return { row, moves: [], problems, notes: [], refusedLogin, ...(test === null ? {} : { test }) };
  }
}

function untried(row: MappingRow): ResolvedRow {
  const message =
    'Not tried: three logins in a row were refused, and servers lock an address after a few more. Check the passwords first.';
  return { row, moves: [], problems: [{ line: row.line, column: 'user', message }], notes: [], refusedLogin: true };
}

/** Files that go into one calendar go there together; two calendars of a server cannot. */
function joined(moves: readonly Move[]): {
  readonly moves: readonly Move[];
  readonly problems: readonly MappingProblem[];
} {
  const byUrl = new Map<string, Move>();
  const problems: MappingProblem[] = [];
  for (const move of moves) {
    const before = byUrl.get(move.calendarUrl);
    if (before === undefined) byUrl.set(move.calendarUrl, move);
    else if (before.from.kind === 'files' && move.from.kind === 'files' && before.mailbox === move.mailbox) {
      const paths = [...before.from.paths, ...move.from.paths];
      byUrl.set(move.calendarUrl, { ...before, from: { kind: 'files', paths } });
    } else {
      const message = `It goes to the same calendar as line ${before.line}. Name another one.`;
      problems.push({ line: move.line, column: 'calendar', message });
    }
  }
  return { moves: [...byUrl.values()], problems };
}
