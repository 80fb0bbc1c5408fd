import { NOT_IN_BACKUP } from '../../../shared/model/found/inspection.ts';
import type { JobKind, RestoreSpec } from '../../../shared/model/job.ts';
import type { NewCalendar } from '../../../shared/model/plan.ts';
import type { EnginePorts, PreparedJob, Progress } from '../types.ts';
import type { Connection } from '../caldav/types.ts';
import { copyUidFor } from '../icalendar/rewrites/copy-uid.ts';
import type { CalendarIndex } from '../icalendar/types.ts';
import { completePlan, newUids, planSteps } from '../plan/make.ts';
import { resolveStep } from '../plan/steps/resource-step.ts';
import type { Plan, PlanInput, PlanStep } from '../plan/types.ts';
import { collect, runYielding } from '../yielding.ts';
import { newSha256 } from './consent/text-digest.ts';
import { factsOf, newCalendarOf } from './target/new-calendar.ts';
import { lookForObstacles, withObstacles } from './target/obstacles.ts';
import { planNotes } from './consent/plan-notes.ts';
import { prepareJob } from './consent/prepared.ts';
import { asSent } from './consent/rewrites.ts';
import { SentEvents } from './consent/sent-events.ts';
import { readBoth } from './target/read-both.ts';
import { selectByRules } from './consent/selection.ts';
import { limitsOf, listTarget, type Listing, type OpenTarget } from './target/target.ts';
import { whoLogsIn } from './consent/who-logs-in.ts';
import { formatNumber } from '../../../shared/words/format.ts';

/** What a job that is a restore of its own kind does otherwise. */
export interface Shape {
  readonly job: JobKind;
  /** The sources as this job sees them; closing it closes them. */
  view(index: CalendarIndex, target: OpenTarget): CalendarIndex;
  /** The steps after the table has decided, and what a person must know of them. */
  settle(input: PlanInput, steps: readonly PlanStep[], makes: NewCalendar | undefined): Promise<Settled>;
}

export interface Settled {
  readonly steps: readonly PlanStep[];
  readonly notes: readonly string[];
}

/** A restore with what it was asked for, and its sources and its calendar open. */
interface Order extends Awaited<ReturnType<typeof readBoth>> {
  readonly spec: RestoreSpec;
  readonly connection: Connection;
  readonly shape: Shape | undefined;
  readonly progress: Progress;
  readonly signal: AbortSignal | undefined;
}

/**
 * The restore, from files to a plan that waits for consent:
 *
 *   read     the sources become plain iCalendar files, and an index over their components
 *   check    meanwhile the calendar says what it takes, and whether its server keeps quiet when asked to
 *   list     what the calendar holds now; where events are new, what stands in their way outside the calendar, as far as
 *            the server needs that look
 *   plan     one row per event: what will be done, why, and who would be notified
 *
 * Nothing is written to the server. What `start` then runs is exactly this plan (see start.ts).
 *
 * @throws HushError with one sentence for a person
 */
export async function prepareRestore(
  ports: EnginePorts,
  spec: RestoreSpec,
  connection: Connection,
  progress: Progress = () => undefined,
  signal?: AbortSignal,
  shape?: Shape,
): Promise<PreparedJob> {
  const read = await readBoth(ports, spec, connection, progress, signal);
  const { index, target, early, listedAt } = read;
  try {
    const order: Order = { ...read, spec, connection, shape, progress, signal };
    const events = eventsToSend(order);
    const listing = await listTarget(target, progress, signal, early, events.recognise, events.keep);
    progress('planning', 0, index.size);
    const input = await planInput(order, events, listing);
    const plan = await makePlan(order, events, input);
    return prepareJob({
      ports,
      spec,
      connection,
      target,
      bodies: events.bodies(),
      plan,
      there: listing.byUid,
      resolve: (step, choice) => resolveStep(input, step, choice),
      parent: null,
      listedAt,
    });
  } catch (error) {
    await Promise.all([index.close(), target.close()]);
    throw error;
  }
}

/** The sources with the rewrites that a person consented to, as this job sees them. */
function eventsToSend({ index, spec, target, shape }: Order): SentEvents {
  const rewritten = asSent(index, spec, target.properties.ownerAddresses);
  return new SentEvents(shape?.view(rewritten, target) ?? rewritten);
}

/** All that a plan is made from: the events, the calendar, and what stands in the way of new ones outside of it. */
async function planInput(order: Order, events: SentEvents, listing: Listing): Promise<PlanInput> {
  const { index, spec, target, connection, shape, progress, signal } = order;
  const { ownerAddresses } = target.properties;
  // Rules name the events as the backup has them; a view has ordinals of its own.
  const named = shape === undefined ? index : events.index;
  const input: PlanInput = {
    resources: events.resources(),
    rejected: events.index.rejected,
    target: listing.byUid,
    unseen: listing.unseen,
    mode: spec.mode,
    identity: spec.identity,
    onConflict: spec.onConflict,
    only: await selectByRules(named, spec, ownerAddresses, signal),
    capability: target.capability,
    context: target.context,
    ownerAddresses,
    limits: limitsOf(target),
    workaround: spec.workaround,
    who: whoLogsIn(spec, connection),
    notes: planNotes(spec, target),
    merge: events.merge,
    newHref: (uid) => target.store.newHref(uid),
    copyUid: copyUidFor,
  };
  const uids = await runYielding(newUids(input), signal);
  return withObstacles(input, await lookForObstacles(target, connection, uids, progress, signal));
}

/** The plan as the table decides and this job shapes it. */
async function makePlan(order: Order, events: SentEvents, input: PlanInput): Promise<Plan> {
  const { shape, signal } = order;
  const decided = await collect(planSteps(input), signal);
  const makes = await newCalendar(order, events.kinds);
  const { steps, notes } = (await shape?.settle(input, decided, makes)) ?? { steps: decided, notes: [] };
  const complete = { ...input, makes, notes: [...(input.notes ?? []), ...notes, ...lackingNote(events.index)] };
  return runYielding(completePlan(complete, steps, newSha256, shape?.job));
}

/** The calendar that will be made; undefined where there is one. */
async function newCalendar(
  { spec: { makeCalendar }, target: { missing, store }, files }: Order,
  kinds: ReadonlySet<string>,
): Promise<NewCalendar | undefined> {
  if (missing === null || makeCalendar === undefined) return undefined;
  return newCalendarOf(store.url, makeCalendar, await factsOf(files), kinds);
}

/** What an incomplete backup lacks is in the plan, row by row. */
function lackingNote({ rejected }: Pick<CalendarIndex, 'rejected'>): readonly string[] {
  const count = rejected.filter(({ code }) => code === NOT_IN_BACKUP).length;
  if (count === 0) return [];
  const what = count === 1 ? 'One thing is' : `${formatNumber(count)} things are`;
  return [`The backup is not complete. ${what} missing in it, and named in an unreadable row each.`];
}
