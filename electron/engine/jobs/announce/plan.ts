import { lastSegment } from '../../../../shared/text/address.ts';
import { HushError } from '../../../../shared/model/failure.ts';
import type { RunSpec } from '../../../../shared/model/job.ts';
import type { Verdict } from '../../../../shared/model/scheduling.ts';
import { proveGone } from '../../caldav/objects/prove-gone.ts';
import type { Connection, FetchedObject, Unseen } from '../../caldav/types.ts';
import { pathKey } from '../../caldav/url.ts';
import type { EnginePorts, PreparedJob } from '../../types.ts';
import { timedOf } from '../../icalendar/recurrence/occurrences.ts';
import { meaningOf } from '../../icalendar/meaning/meaning.ts';
import { summarise } from '../../icalendar/summary/summarise.ts';
import { runYielding } from '../../yielding.ts';
import { finishPlan } from '../../plan/finish.ts';
import { unseenSteps } from '../../plan/make.ts';
import { rejectedRow, resourceRow } from '../../plan/rows.ts';
import { notifiedInMode } from '../../plan/summary.ts';
import type { PlanBasis, PlanStep } from '../../plan/types.ts';
import { actAs } from '../../scheduling/identity.ts';
import { notifiedBy } from '../../scheduling/notified/notified.ts';
import { runPartOf } from '../../run/types.ts';
import type { Capability } from '../../scheduling/types.ts';
import type { Announceable } from '../stored/written-rows.ts';
import { newSha256 } from '../consent/text-digest.ts';
import { proxyNote } from '../consent/plan-notes.ts';
import { prepareJob } from '../consent/prepared.ts';
import type { Bodies } from '../start/material.ts';
import type { OpenTarget } from '../target/target.ts';
import { withTarget } from '../target/with-target.ts';
import { whoLogsIn } from '../consent/who-logs-in.ts';

/**
 * Step 2 in one calendar, planned: each meeting that its owner organizes, that is still to come and has guests outside
 * is taken out silently and put in again, and those guests hear of it once. Nothing is written.
 *
 * @param events what a migration has put there and nobody was told of yet
 */
export async function planAnnouncement(
  ports: EnginePorts,
  asked: RunSpec,
  events: readonly Announceable[],
  connection: Connection,
): Promise<PreparedJob> {
  const spec: RunSpec = { ...runPartOf(asked), mode: 'external-only', only: undefined };
  return withTarget({ spec, connection, ports }, async (target) => {
    const listedAt = ports.now().getTime();
    const steps = await stepsOf(events, spec, target);
    const basis: PlanBasis = {
      job: 'announce',
      url: target.store.url,
      mode: spec.mode,
      capability: forAnnouncing(target.capability),
      stops: [],
      quotaAvailable: null,
      targetSize: events.length,
      who: whoLogsIn(spec, connection),
      ...(steps.length === 0 ? {} : { notes: [HOW, ...proxyNote(target.store)] }),
    };
    const plan = await runYielding(finishPlan(basis, steps, newSha256));
    const bodies = bodiesOf(target);
    const resolve = (): null => null;
    return prepareJob({
      ports,
      spec,
      connection,
      target,
      bodies,
      plan,
      resolve,
      parent: null,
      listedAt,
    });
  });
}

const HOW =
  'Each of these events is removed without a message and added again, as it stands, so that its external guests are notified. ' +
  'Its original is saved before.';

async function stepsOf(
  events: readonly Announceable[],
  spec: RunSpec,
  target: OpenTarget,
): Promise<readonly PlanStep[]> {
  const there = new Map<string, FetchedObject>();
  for await (const batch of target.store.fetch(events.map(({ href }) => href))) {
    for (const object of batch) there.set(pathKey(object.href), object);
  }
  const lacking = events.filter(({ href }) => isLacking(there.get(pathKey(href))));
  const proofs = await proveGone(target.store, lacking);
  const steps: PlanStep[] = [];
  const unseen: Unseen[] = [];
  for (const event of events) {
    const { href } = event;
    const object = there.get(pathKey(href));
    const doubt = proofs.get(href) ?? object?.unreadable;
    const isGone = doubt === undefined && isLacking(object);
    const step =
      object === undefined || isGone
        ? goneStep(steps.length, event)
        : stepOf(steps.length, event, object, spec, target);
    if (step === 'unreadable' || doubt !== undefined) unseen.push({ href, reason: doubt ?? NO_EVENT });
    else if (step !== null) steps.push(step);
  }
  return [...steps, ...unseenSteps(unseen, steps.length)];
}

/** The server says that there is nothing, or does not say. */
function isLacking(object: FetchedObject | undefined): boolean {
  return object === undefined || (object.text === null && object.unreadable === undefined);
}

function goneStep(id: number, { uid, href }: Announceable): PlanStep {
  const about = { uid, title: lastSegment(href), file: '', line: 0, code: 'gone', reason: GONE };
  const row = { ...rejectedRow(id, about), href, action: 'skip' } as const;
  return { ordinal: null, etag: null, notified: null, digest: '', bytes: 0, asCopy: false, row };
}

const GONE = 'It was deleted since the migration, so nobody is notified of it.';
const NO_EVENT = 'What the server gives for it cannot be read as an event. Nobody is notified of it.';

/** Null where nobody outside would hear of it, or it is over; `unreadable`: whether that is so cannot be told. */
function stepOf(
  id: number,
  event: Announceable,
  { href, etag, text }: FetchedObject,
  spec: RunSpec,
  { context, properties, capability }: OpenTarget,
): PlanStep | 'unreadable' | null {
  const all = text === null ? [] : summarise(text);
  const summary = all.find(({ uid }) => uid === event.uid) ?? all[0];
  if (text === null || summary === undefined) return 'unreadable';
  if (summary.cancelled) return null;
  if (summary.endsMs !== null && summary.endsMs < context.now) return null;
  const { address, standing } = actAs(summary, spec.identity, properties.ownerAddresses);
  const actingAs = capability.identity(spec.identity).sent ? address : null;
  const notified = notifiedBy('create', summary, null, context, actingAs);
  if (standing === 'organizer' && notified.perMode['external-only'].messages === 0) return null;
  const times = { own: timedOf(summary), before: timedOf(summary) };
  const base = { ordinal: id, etag, digest: meaningOf(text), asCopy: false, times };
  const facts = { id, href, actingAs, standing, notified: 0 };
  const quiet = (reason: string): PlanStep => {
    const row = resourceRow(summary, { ...facts, actingAs: null, action: 'skip', reason }, context.now);
    return { ...base, notified: null, bytes: 0, row };
  };
  const doubt = event.damaged ? DAMAGED : standing === 'organizer' ? null : NOT_ORGANIZED;
  if (doubt !== null) {
    const row = resourceRow(summary, { ...facts, actingAs: null, action: 'conflict', reason: doubt }, context.now);
    return { ...base, notified: null, bytes: 0, row };
  }
  if (base.digest !== event.meaning && (etag === null || etag !== event.etag)) {
    return quiet('It was changed since the migration, and its guests were notified of that by the server.');
  }
  if (all.length > 1) return quiet('Its object holds another event, too, whose guests would be notified.');
  if (etag === null) return quiet('The server gives no ETag for it, so it cannot be taken out safely.');
  const reason = 'Its external guests are notified, once.';
  const count = notifiedInMode(notified, spec.mode);
  const row = resourceRow(summary, { ...facts, action: 'update', reason, notified: count }, context.now);
  return { ...base, notified, bytes: Buffer.byteLength(text), row };
}

const NOT_ORGANIZED =
  'The migration found that its owner organizes it, and by what the server says now of the owner they do not. Nobody is notified.';

const DAMAGED =
  'What the migration wrote is damaged on this computer, so whether it was changed since is not known. Nobody is notified.';

/** The octets as they stand on the server, so that what is put in again is what was taken out. */
function bodiesOf({ store }: OpenTarget): Bodies {
  return {
    async text({ row, etag }) {
      const there = row.href === null ? null : await store.get(row.href);
      if (there === null || (there.etag !== null && there.etag !== etag)) throw expired(row.title);
      return there.bytes;
    },
    raw: () => Promise.resolve(''),
    close: () => Promise.resolve(),
  };
}

function expired(title: string): HushError {
  return new HushError({
    code: 'PLAN_EXPIRED',
    message: `"${title}" was changed since the plan was made. Make the plan again.`,
    reaction: 'fix-input',
  });
}

/** An announcement needs two modes of its server: silence when it takes out, people outside only when it puts in. */
function forAnnouncing(capability: Capability): Capability {
  return {
    ...capability,
    verdict(mode) {
      if (mode !== 'external-only') return notAnnouncing(capability.verdict('external-only', ['create']), mode);
      const silent = capability.verdict('none', ['delete', 'create']);
      const outside = capability.verdict('external-only', ['create']);
      if (outside.effective === null || silent.effective !== null) return outside;
      return { ...silent, asked: mode, because: `Taking an event out must be silent first. ${silent.because}` };
    },
  };
}

function notAnnouncing(known: Verdict, mode: Verdict['asked']): Verdict {
  return {
    ...known,
    asked: mode,
    effective: null,
    assurance: 'blocked',
    because: 'Step 2 notifies external guests only.',
  };
}
