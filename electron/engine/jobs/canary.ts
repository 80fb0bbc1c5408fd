import { randomBytes } from 'node:crypto';
import { HushError, toFailure } from '../../../shared/model/failure.ts';
import type { CanaryProof } from '../../../shared/model/scheduling.ts';
import { auditOfCanary } from '../audit/canary.ts';
import type { AuditPorts } from '../audit/write.ts';
import { openCalendar } from '../scheduling/open-calendar.ts';
import type { CalendarStore, Connection, ETag, Precondition } from '../caldav/types.ts';
import type { CanaryProgress, CanarySpec } from '../types.ts';
import { PAST_THE_BIN, QUIET_BUNDLE } from '../scheduling/bundle.ts';
import {
  canaryEvents,
  canaryText,
  conclude,
  isCanaryUid,
  markOf,
  type CanaryEvent,
  type CanarySeen,
} from '../scheduling/canary.ts';
import { summarise } from '../icalendar/summary/summarise.ts';
import { keepProof, PROOF_LASTS, subjectOf } from './target/proofs.ts';

/**
 * Finds out by test events whether a server keeps quiet when it is asked to: one is sent openly, as the positive control,
 * one with the request to stay quiet, which is then changed. All are removed again, also when something fails on the way
 * or `signal` ends it; what a killed process left, the next canary removes. The result counts for later plans.
 *
 * The control is really sent: its guest stands at an address that cannot exist, so a mail server may return it to the
 * owner of the calendar. Only with consent.
 *
 * @throws HushError when it cannot be tried, was ended, or a test event could not be removed
 */
export async function canary(
  ports: AuditPorts,
  { calendarUrl }: CanarySpec,
  connection: Connection,
  progress: CanaryProgress = () => undefined,
  signal?: AbortSignal,
): Promise<CanaryProof> {
  const audit = await auditOfCanary(ports, calendarUrl, connection.user);
  const store = openCalendar(calendarUrl, connection);
  let proof: CanaryProof | null = null;
  try {
    const properties = await store.properties(signal);
    const organizer = properties.ownerAddresses.find((address) => /^mailto:/i.test(address));
    if (organizer === undefined) throw noAddress();
    const testEvents = new TestEvents(store, organizer, ports.now());
    let seen: CanarySeen;
    try {
      await testEvents.clean();
      seen = await tryOut(testEvents, progress, signal);
    } finally {
      progress('removing', 3, 4);
      await testEvents.clean();
    }
    const at = ports.now();
    const shown: CanaryProof = {
      ...subjectOf(store.url, properties),
      ...conclude(seen),
      at: at.toISOString(),
      expiresAt: new Date(at.getTime() + PROOF_LASTS).toISOString(),
    };
    await keepProof(ports.runsDir, shown, at);
    // What is not kept proves nothing.
    proof = shown;
    await audit.ended(proof, null);
    return proof;
  } catch (error) {
    // Why it failed is what a person must hear.
    if (proof === null) await audit.ended(null, toFailure(error)).catch(() => undefined);
    throw error;
  } finally {
    await store.close();
  }
}

async function tryOut(
  testEvents: TestEvents,
  progress: CanaryProgress,
  signal: AbortSignal | undefined,
): Promise<CanarySeen> {
  const { control: open, quiet, moved } = canaryEvents(randomBytes(6).toString('hex'));
  progress('control', 0, 4);
  signal?.throwIfAborted();
  const control = await testEvents.put(open, {});
  if (control === null) return { control };
  progress('create', 1, 4);
  signal?.throwIfAborted();
  const create = await testEvents.put(quiet, QUIET_BUNDLE);
  // A mark that is there already would hide what the change does.
  if (create !== null) return { control, create };
  progress('update', 2, 4);
  signal?.throwIfAborted();
  return { control, create, update: await testEvents.put(moved, QUIET_BUNDLE) };
}

/** A test event is not kept in a trash bin either. */
const FOR_GOOD = { ...QUIET_BUNDLE, ...PAST_THE_BIN };

/** The test events of one calendar. */
class TestEvents {
  readonly #store: CalendarStore;
  readonly #organizer: string;
  readonly #now: Date;
  /** Where the server keeps them, which need not be where they were put. */
  readonly #places = new Map<string, string>();
  /** Every href at which one was put or found: a server's list by UID need not name them. */
  readonly #hrefs = new Set<string>();

  constructor(store: CalendarStore, organizer: string, now: Date) {
    this.#store = store;
    this.#organizer = organizer;
    this.#now = now;
  }

  /** Stores a test event and reads it back; gives the mark that the server set. Throws HushError when either fails. */
  async put(event: CanaryEvent, headers: Readonly<Record<string, string>>): Promise<string | null> {
    const body = Buffer.from(canaryText(event, this.#organizer, this.#now), 'utf8');
    const there = await this.#find(event.uid);
    const when: Precondition =
      there === null ? { kind: 'absent' } : { kind: 'etag', etag: await this.#etagOf(there.href, there.etag) };
    const href = there?.href ?? this.#store.newHref(event.uid);
    this.#hrefs.add(href);
    const answer = await this.#store.put(href, body, when, headers);
    if (answer.kind !== 'done') throw notTried(answer.message);
    const stored = await this.#find(event.uid);
    if (stored === null) throw notTried('It was stored, but it is not there.');
    return markOf(stored.text);
  }

  /**
   * Removes every test event that is in the calendar, quietly where the server can, also what earlier canaries left.
   * Throws HushError naming what is still there, and why.
   */
  async clean(): Promise<void> {
    const left: string[] = [];
    for (const href of await this.#all()) {
      try {
        const there = await this.#store.get(href);
        if (there === null || !summarise(there.bytes.toString('utf8')).every(({ uid }) => isCanaryUid(uid))) continue;
        const answer = await this.#store.remove(href, await this.#etagOf(href, there.etag), FOR_GOOD);
        if ((await this.#store.get(href)) === null) continue;
        left.push(answer.kind === 'done' ? href : `${href} (${answer.message})`);
      } catch (error) {
        left.push(`${href} (${toFailure(error).message})`);
      }
    }
    if (left.length > 0) throw leftOver(this.#store.url, left);
  }

  /** Hrefs of all test events, those of earlier canaries included. */
  async #all(): Promise<ReadonlySet<string>> {
    const found = new Set(this.#hrefs);
    for await (const batch of this.#store.uids()) {
      for (const { href, uids } of batch) if (uids.length > 0 && uids.every(isCanaryUid)) found.add(href);
    }
    return found;
  }

  /** A test event, where it was put or, on a server that names objects itself, anywhere in the calendar. */
  async #find(
    uid: string,
  ): Promise<{ readonly href: string; readonly etag: ETag | null; readonly text: string } | null> {
    const href = this.#places.get(uid) ?? this.#store.newHref(uid);
    const there = await this.#store.get(href);
    if (there !== null) {
      const text = there.bytes.toString('utf8');
      return isOurs(text, uid) ? { href, etag: there.etag, text } : null;
    }
    const hrefs = (await this.#store.list()).objects.map((object) => object.href);
    for await (const batch of this.#store.fetch(hrefs)) {
      for (const { href: other, etag, text } of batch) {
        if (text === null || !isOurs(text, uid)) continue;
        this.#places.set(uid, other);
        this.#hrefs.add(other);
        return { href: other, etag, text };
      }
    }
    return null;
  }

  async #etagOf(href: string, etag: ETag | null): Promise<ETag> {
    const found = etag ?? (await this.#store.list()).objects.find((object) => object.href === href)?.etag ?? null;
    if (found === null) throw notTried('The server gives no strong ETag, so a test event could not be removed safely.');
    return found;
  }
}

/** Nothing but a test event of ours is ever changed or removed. */
function isOurs(text: string, uid: string): boolean {
  return text.includes(uid) && summarise(text).some((summary) => summary.uid === uid);
}

function noAddress(): HushError {
  return new HushError({
    code: 'CANARY_NO_ADDRESS',
    message: 'The server does not say which mail address the owner of this calendar has, so no test event can be made.',
    reaction: 'fix-input',
  });
}

function notTried(why: string): HushError {
  return new HushError({
    code: 'CANARY_FAILED',
    message: `The test event could not be tried: ${why}`,
    reaction: 'stop-job',
  });
}

function leftOver(calendarUrl: string, left: readonly string[]): HushError {
  return new HushError({
    code: 'CANARY_LEFT',
    message: `A test event is still in the calendar ${calendarUrl}: ${left.join(', ')}. Delete it by hand, or try again: that removes it first.`,
    reaction: 'stop-job',
  });
}
