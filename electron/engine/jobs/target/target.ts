import { hasCode } from '../../../../shared/model/failure.ts';
import type { RestoreSpec, RunSpec } from '../../../../shared/model/job.ts';
import type { PlanInput, TargetObject, UnseenObject } from '../../plan/types.ts';
import { readListed } from '../../caldav/objects/read-listed.ts';
import { openCalendar } from '../../scheduling/open-calendar.ts';
import type { CalendarStore, CollectionList, CollectionProperties, Connection, Unseen } from '../../caldav/types.ts';
import { pathKey } from '../../caldav/url.ts';
import { summarise } from '../../icalendar/summary/summarise.ts';
import type { ResourceSummary } from '../../icalendar/types.ts';
import { storesAnyDate } from '../../scheduling/date-rules.ts';
import { assess } from '../../scheduling/assurance.ts';
import { withWorkaround } from '../../scheduling/workaround.ts';
import type { Capability, NotifiedContext } from '../../scheduling/types.ts';
import type { CanaryProof } from '../../../../shared/model/scheduling.ts';
import type { EnginePorts, Progress } from '../../types.ts';
import { checkWay } from './login-check.ts';
import { lookForMissing, propertiesOf, type MissingCalendar } from './new-calendar.ts';
import { findProof, subjectOf } from './proofs.ts';
import { notifiedContext } from './message-context.ts';

/** A calendar ready to be written to, and what is known of it. */
export interface OpenTarget {
  readonly store: CalendarStore;
  readonly properties: CollectionProperties;
  readonly capability: Capability;
  /** What a canary showed here, as far as it still counts. */
  readonly proof: CanaryProof | null;
  readonly context: NotifiedContext;
  /** The calendar does not exist and may be made. */
  readonly missing: MissingCalendar | null;
  close(): Promise<void>;
}

/** What must be known to open a calendar. */
export type TargetSpec = Pick<
  RunSpec,
  'calendarUrl' | 'assume' | 'insideDomains' | 'aliases' | 'workaround' | 'inbox'
> &
  Pick<RestoreSpec, 'makeCalendar'>;

/**
 * Connects, and asks the calendar what it is and what its server can do. Throws HushError; nothing stays open then.
 *
 * @param meanwhile may read from the store while the answers are on their way
 */
export async function openTarget(
  spec: TargetSpec,
  { probes: _kept, ...connection }: Connection,
  ports: Pick<EnginePorts, 'now' | 'runsDir'>,
  meanwhile: (store: CalendarStore) => void = () => undefined,
): Promise<OpenTarget> {
  // What is written goes by what the server says now, not by what is kept of it.
  const store = openCalendar(spec.calendarUrl, connection, spec.inbox === true ? { kind: 'inbox' } : {});
  try {
    meanwhile(store);
    const { properties: said, missing } = await look(store, spec, connection);
    if (missing === null) checkWay(connection, said);
    const properties = withAliases(said, spec.aliases);
    const { evidence, ownerAddresses } = properties;
    const now = ports.now();
    const proof = await findProof(ports.runsDir, subjectOf(store.url, said), now);
    const capability = withWorkaround(assess({ server: evidence, assume: spec.assume, proof }), spec.workaround);
    // An alias is an address of the owner; its domain need not be one of this server's.
    const notified = notifiedContext(spec, said.ownerAddresses, evidence, now, said.shareeAddresses);
    const silent = capability.verdict('none', ['create']).assurance === 'noScheduling';
    const context = { ...notified, ownAddresses: ownerAddresses, silent };
    const close = async (): Promise<void> => {
      await Promise.all([store.close(), missing?.maker.close()]);
    };
    return { store, properties, capability, proof, context, missing, close };
  } catch (error) {
    await store.close();
    throw error;
  }
}

/** The addresses of the owner, with those that the administrator added. */
function withAliases(said: CollectionProperties, aliases: readonly string[] = []): CollectionProperties {
  return { ...said, ownerAddresses: [...new Set([...said.ownerAddresses, ...aliases])] };
}

/** What the calendar says about itself; where there is none, what its home says. */
async function look(
  store: CalendarStore,
  spec: Pick<RestoreSpec, 'calendarUrl' | 'makeCalendar'>,
  connection: Connection,
): Promise<Pick<OpenTarget, 'properties' | 'missing'>> {
  try {
    return { properties: await store.properties(), missing: null };
  } catch (error) {
    const missing = mayBeMissing(error) ? await lookForMissing(spec, connection) : null;
    if (missing === null) throw error;
    return { properties: propertiesOf(missing, store.url), missing };
  }
}

/** Nothing may stand at the address: servers say so by 404, 405, 409 or 410. */
function mayBeMissing(error: unknown): boolean {
  return hasCode(error, ['SERVER_NO_CALENDAR', 'SERVER_NO_DAV']);
}

/** Everything the calendar holds, by UID. */
export interface Listing {
  readonly byUid: ReadonlyMap<string, TargetObject>;
  /** What is there and could not be read. */
  readonly unseen: readonly UnseenObject[];
}

/** A calendar that is open, and the list of its objects on its way. */
export interface EarlyTarget {
  readonly target: OpenTarget;
  readonly early: Promise<CollectionList>;
  /** Milliseconds since 1970 before which nothing was listed. */
  readonly listedAt: number;
}

/** Opens a calendar, and has it listed meanwhile. Throws HushError; nothing stays open then. */
export async function openEarly(
  spec: TargetSpec,
  connection: Connection,
  ports: Pick<EnginePorts, 'now' | 'runsDir'>,
  progress: Progress,
  signal: AbortSignal | undefined,
): Promise<EarlyTarget> {
  progress('checking', 0, null);
  const listedAt = ports.now().getTime();
  let close = (): void => undefined;
  const onAbort = (): void => close();
  let early: Promise<CollectionList> | undefined;
  signal?.addEventListener('abort', onAbort);
  try {
    const target = await openTarget(spec, connection, ports, (store) => {
      close = () => void store.close();
      early = store.list(signal);
      // Where the calendar cannot be opened, that is the failure to be told.
      early.catch(() => undefined);
    });
    return { target, early: early ?? target.store.list(signal), listedAt };
  } finally {
    signal?.removeEventListener('abort', onAbort);
  }
}

/**
 * Lists the calendar and reads what it holds, in batches. What is gone meanwhile or is no event is left out.
 *
 * @param early the list of its objects, where somebody asked for it already
 * @param keep is told of each text that it did not know
 * @param recognise gives the summary of a text that it knows octet for octet
 */
export async function listTarget(
  { store, missing }: OpenTarget,
  progress: Progress = () => undefined,
  signal?: AbortSignal,
  early?: Promise<CollectionList>,
  recognise?: (text: string) => Promise<ResourceSummary | null>,
  keep?: (summary: ResourceSummary, text: string) => void,
): Promise<Listing> {
  progress('listing', 0, null);
  if (missing !== null) return { byUid: new Map(), unseen: [] };
  const list = await (early ?? store.list(signal));
  const byUid = new Map<string, TargetObject>();
  const unseen: Unseen[] = [...list.unseen];
  const doubted = new Set(list.unseen.map(({ href }) => pathKey(href)));
  /** UIDs of what could be read all the same. */
  const read = new Map<string, readonly string[]>();
  let done = 0;
  for await (const { objects, unread, asked } of readListed(store, list, signal)) {
    for (const { href, etag, text } of objects) {
      const known = (await recognise?.(text)) ?? null;
      const summaries = known === null ? summarise(text) : [known];
      if (doubted.has(pathKey(href)))
        read.set(
          pathKey(href),
          summaries.map(({ uid }) => uid),
        );
      const shared = summaries.length > 1 ? { shared: true as const } : {};
      for (const summary of summaries) {
        // A server that keeps a UID twice: the first one stands, both stay as they are.
        if (byUid.has(summary.uid)) continue;
        byUid.set(summary.uid, { href, etag, summary, ...shared });
        if (known === null) keep?.(summary, text);
      }
    }
    unseen.push(...unread);
    done += asked;
    progress('listing', done, list.objects.length);
  }
  return { byUid, unseen: await withUids(store, unseen, read, signal) };
}

/** A server that cannot give an object may still know its UID, from its index. */
async function withUids(
  store: CalendarStore,
  unseen: readonly Unseen[],
  read: ReadonlyMap<string, readonly string[]>,
  signal: AbortSignal | undefined,
): Promise<readonly UnseenObject[]> {
  const isAsked = unseen.some(({ href }) => !read.has(pathKey(href)));
  const known = isAsked ? await store.queryUids(signal) : null;
  const uids = new Map(known?.objects.map((object) => [pathKey(object.href), object.uids]));
  return unseen.map((one) => {
    const key = pathKey(one.href);
    return { ...one, uids: read.get(key) ?? uids.get(key) ?? [] };
  });
}

const ANY_DATE = { minDateMs: null, maxDateMs: null };

/** What the plan must know of the calendar's limits. */
export function limitsOf({ properties, store }: OpenTarget): PlanInput['limits'] {
  const { info, evidence, maxAttendees, maxInstances, quotaAvailable } = properties;
  const { minDateMs, maxDateMs } = storesAnyDate(evidence) ? ANY_DATE : properties;
  return {
    url: store.url,
    components: info.components,
    maxResourceSize: info.maxResourceSize,
    writable: info.writable,
    maxAttendees,
    minDateMs,
    maxDateMs,
    maxInstances,
    quotaAvailable,
  };
}
