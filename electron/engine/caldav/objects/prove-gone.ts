import { HushError, toFailure } from '../../../../shared/model/failure.ts';
import { uidsOf } from '../../icalendar/summary/uids.ts';
import type { CalendarStore, CollectionList } from '../types.ts';
import { pathKey } from '../url.ts';
import { LISTED_AND_GONE, readListed } from './read-listed.ts';

/** An object that a list lacks. */
export interface GoneCandidate {
  readonly href: string;
  /** Empty: unknown. */
  readonly uid: string;
}

/** By href: null where it is proved that the object is gone, else why it is not. */
type GoneProofs = ReadonlyMap<string, string | null>;

/**
 * Proves that objects are gone, each for itself: a list that is read now lacks it, a GET of its very address says 404 or 410,
 * and its UID stands in no object that a calendar-query names. Whatever cannot be seen in the calendar forbids every proof.
 *
 * @throws what the signal says when it is stopped
 */
export async function proveGone(
  store: CalendarStore,
  candidates: readonly GoneCandidate[],
  signal?: AbortSignal,
): Promise<GoneProofs> {
  const proofs = new Map<string, string | null>();
  if (candidates.length === 0) return proofs;
  let there: Seen;
  try {
    there = await look(store, signal);
  } catch (error) {
    if (signal?.aborted === true || !(error instanceof HushError)) throw error;
    const reason = `Whether it is gone could not be proved: ${toFailure(error).message}`;
    return new Map(candidates.map(({ href }) => [href, reason]));
  }
  for (let at = 0; at < candidates.length; at += AT_ONCE) {
    const some = candidates.slice(at, at + AT_ONCE);
    const proved = await Promise.all(some.map((one) => proveOne(store, one, there, signal)));
    for (const [index, { href }] of some.entries()) proofs.set(href, proved[index] ?? null);
  }
  return proofs;
}

/** Objects asked for at the same time; the connection may allow fewer. */
const AT_ONCE = 16;

interface Seen {
  readonly hrefs: ReadonlySet<string>;
  readonly uids: ReadonlySet<string>;
}

async function look(store: CalendarStore, signal: AbortSignal | undefined): Promise<Seen> {
  const list = await store.list(signal);
  refuseDoubt(list);
  const uids = new Set<string>();
  const unnamed = new Map(list.objects.map((object) => [pathKey(object.href), object]));
  const hrefs = new Set(unnamed.keys());
  for await (const batch of store.uids(signal)) {
    for (const { href, uids: here } of batch) {
      for (const uid of here) uids.add(uid);
      unnamed.delete(pathKey(href));
    }
  }
  // What a list names and the query does not is read whole.
  for await (const { objects, unread } of readListed(store, { objects: [...unnamed.values()] }, signal)) {
    for (const { text } of objects) for (const uid of uidsOf(text)) uids.add(uid);
    refuseDoubt({ objects: [], unseen: unread });
  }
  return { hrefs, uids };
}

function refuseDoubt({ unseen: [first] }: CollectionList): void {
  if (first === undefined) return;
  throw new HushError({
    code: 'SERVER_NOT_ALL_SEEN',
    message: `Not all of the calendar can be seen: ${first.href}. ${first.reason}`,
    reaction: 'stop-job',
  });
}

async function proveOne(
  store: CalendarStore,
  { href, uid }: GoneCandidate,
  there: Seen,
  signal: AbortSignal | undefined,
): Promise<string | null> {
  try {
    const got = await store.get(href, signal, null);
    if (got !== null) return 'It exists: a list lacks it, and its address gives it.';
  } catch (error) {
    if (signal?.aborted === true || !(error instanceof HushError)) throw error;
    return `Whether it is gone could not be proved: ${toFailure(error).message}`;
  }
  if (there.hrefs.has(pathKey(href))) return LISTED_AND_GONE;
  return uid !== '' && there.uids.has(uid) ? 'An object of the same UID exists under another address.' : null;
}
