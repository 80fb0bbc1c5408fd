import { originOf } from '../../../shared/text/address.ts';
import { HushError, toFailure } from '../../../shared/model/failure.ts';
import type { CanaryProof } from '../../../shared/model/scheduling.ts';
import type { Connect } from '../batch/types.ts';
import type { ResolvedRow, TestPlace } from '../mapping/defaults.ts';
import type { EnginePorts } from '../types.ts';
import { canary } from './canary.ts';

/** What a test event of one row showed. */
export interface TestedRow {
  readonly line: number;
  readonly mailbox: string;
  /** Null where it was not tried, or could not be. */
  readonly proof: CanaryProof | null;
  /** It showed that nobody is notified: the row is open from now on. */
  readonly opens: boolean;
  /** What was seen, for a person. */
  readonly said: string;
}

export interface TestOptions {
  readonly signal?: AbortSignal | undefined;
  /** Called with each row as it is done, in the order of the rows. */
  readonly onRow?: ((row: TestedRow, done: number, of: number) => void) | undefined;
}

/** Rows that a test event may open, those of one user on one server together. */
export function rowsToTest(rows: readonly ResolvedRow[]): readonly (readonly ResolvedRow[])[] {
  const groups = new Map<string, ResolvedRow[]>();
  for (const row of rows) {
    if (row.test === undefined) continue;
    const { url, user } = row.test.login;
    const key = `${originOf(url)} ${user.toLowerCase()}`;
    groups.set(key, [...(groups.get(key) ?? []), row]);
  }
  return [...groups.values()];
}

/**
 * Tries a test event for every user whose rows one may open, one user after the other: what it proves counts for that user
 * alone. Where one shows that the server notifies people all the same, or does not say whom it notifies, and where one
 * fails, the other users of that server are spared it. Only with consent. Rejects only when `signal` says so.
 */
export async function testRows(
  ports: Pick<EnginePorts, 'now' | 'runsDir'>,
  rows: readonly ResolvedRow[],
  connect: Connect,
  { signal, onRow = () => undefined }: TestOptions = {},
): Promise<readonly TestedRow[]> {
  const groups = rowsToTest(rows);
  const of = groups.flat().length;
  /** By server: whose test event ended it there. */
  const ended = new Map<string, string>();
  const tested: TestedRow[] = [];
  for (const group of groups) {
    signal?.throwIfAborted();
    const [first] = group;
    if (first?.test === undefined) continue;
    const origin = originOf(first.test.login.url);
    const by = ended.get(origin);
    const result = by === undefined ? await tryOne(ports, first.test, connect, signal) : spared(by);
    if (result.ends) ended.set(origin, by ?? first.row.user);
    for (const { row } of group) {
      const { proof, opens, said } = result;
      const one: TestedRow = { line: row.line, mailbox: row.user, proof, opens, said };
      tested.push(one);
      onRow(one, tested.length, of);
    }
  }
  return tested;
}

interface Tried extends Pick<TestedRow, 'proof' | 'opens' | 'said'> {
  /** Nothing else is to be expected of the same server. */
  readonly ends: boolean;
}

async function tryOne(
  ports: Pick<EnginePorts, 'now' | 'runsDir'>,
  { login, calendarUrl }: TestPlace,
  connect: Connect,
  signal: AbortSignal | undefined,
): Promise<Tried> {
  try {
    const proof = await canary(ports, { calendarUrl }, connect({ ...login, url: calendarUrl }), undefined, signal);
    const opens = proof.create && proof.update;
    return { proof, opens, said: proof.seen.join(' '), ends: !opens };
  } catch (error) {
    if (signal?.aborted === true) throw error;
    const { code, message } = toFailure(error);
    // A user without an address says nothing of the others.
    const ends = !(error instanceof HushError && code === 'CANARY_NO_ADDRESS');
    return { proof: null, opens: false, said: message, ends };
  }
}

function spared(by: string): Tried {
  return {
    proof: null,
    opens: false,
    said: `Not tried: the test event of ${by} showed enough of this server.`,
    ends: true,
  };
}
