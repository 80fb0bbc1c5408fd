import { NOT_IN_BACKUP } from '../../../shared/model/found/inspection.ts';
import type { JobKind, RestoreSpec } from '../../../shared/model/job.ts';
import type { NewCalendar } from '../../../shared/model/plan.ts';
import type { EnginePorts, PreparedJob, Progress } from '../types.ts';
import type { Connection } from '../caldav/types.ts';
import { copyUidFor, withNewUid } from '../icalendar/rewrites/copy-uid.ts';
import { KnownTexts } from '../icalendar/index/known-texts.ts';
import type { CalendarIndex } from '../icalendar/types.ts';
import { completePlan, newUids, planSteps, resolveStep } from '../plan/make.ts';
import type { PlanInput, PlanResources, PlanStep } from '../plan/types.ts';
import type { SourceFile } from '../read/types.ts';
import { collect, runYielding } from '../yielding.ts';
import { newSha256 } from './consent/text-digest.ts';
import { factsOf, newCalendarOf } from './target/new-calendar.ts';
import { lookForObstacles, withObstacles } from './target/obstacles.ts';
import { planNotes } from './consent/plan-notes.ts';
import { prepareJob } from './consent/prepared.ts';
import type { Bodies } from './start/material.ts';
import { asSent } from './consent/rewrites.ts';
import { Merges } from './target/merges.ts';
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
  const { index, files, target, early, listedAt } = await readBoth(ports, spec, connection, progress, signal);
  try {
    const all = asSent(index, spec, target.properties.ownerAddresses);
    const sent = shape?.view(all, target) ?? all;
    const known = new KnownTexts(sent);
    const merges = new Merges(sent);
    const listing = await listTarget(target, progress, signal, early, (text) => known.recognise(text), merges.keep);
    progress('planning', 0, index.size);
    const kinds = new Set<string>();
    // Rules name the events as the backup has them; a view has ordinals of its own.
    const only = await selectByRules(
      shape === undefined ? index : sent,
      spec,
      target.properties.ownerAddresses,
      signal,
    );
    const resources = noting(sent, known, kinds);
    const wanted = {
      ...planInput(spec, resources, target, listing, only),
      who: whoLogsIn(spec, connection),
      merge: merges.merge,
    };
    const uids = await runYielding(newUids(wanted), signal);
    const input = withObstacles(wanted, await lookForObstacles(target, connection, uids, progress, signal));
    const decided = await collect(planSteps(input), signal);
    const makes = await newCalendar(spec, target, files, kinds);
    const { steps, notes } = (await shape?.settle(input, decided, makes)) ?? { steps: decided, notes: [] };
    const settled = { ...input, makes, notes: [...(input.notes ?? []), ...notes, ...lackingNote(sent)] };
    const plan = await runYielding(completePlan(settled, steps, newSha256, shape?.job));
    const bodies = bodiesOf(sent, merges);
    return prepareJob({
      ports,
      spec,
      connection,
      target,
      bodies,
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

/** What an incomplete backup lacks is in the plan, row by row. */
function lackingNote({ rejected }: Pick<CalendarIndex, 'rejected'>): readonly string[] {
  const count = rejected.filter(({ code }) => code === NOT_IN_BACKUP).length;
  if (count === 0) return [];
  const what = count === 1 ? 'One thing is' : `${formatNumber(count)} things are`;
  return [`The backup is not complete. ${what} missing in it, and named in an unreadable row each.`];
}

/** The calendar that will be made; undefined where there is one. */
async function newCalendar(
  { makeCalendar }: RestoreSpec,
  { missing, store }: OpenTarget,
  files: readonly SourceFile[],
  kinds: ReadonlySet<string>,
): Promise<NewCalendar | undefined> {
  if (missing === null || makeCalendar === undefined) return undefined;
  return newCalendarOf(store.url, makeCalendar, await factsOf(files), kinds);
}

/** The resources of an index, known texts recognised; which kinds of components it holds is noted on the way. */
function noting(index: CalendarIndex, known: KnownTexts, kinds: Set<string>): Resources {
  return {
    size: index.size,
    rejected: index.rejected,
    fingerprint: (ordinal) => index.fingerprint(ordinal),
    summary: (ordinal) => known.summary(ordinal),
    glance(ordinal) {
      const glance = known.glance(ordinal);
      kinds.add(glance.kind);
      return glance;
    },
  };
}

type Resources = PlanResources & Pick<CalendarIndex, 'rejected'>;

function planInput(
  spec: RestoreSpec,
  resources: Resources,
  target: OpenTarget,
  listing: Listing,
  only: PlanInput['only'],
): PlanInput {
  const { ownerAddresses } = target.properties;
  return {
    resources,
    rejected: resources.rejected,
    target: listing.byUid,
    unseen: listing.unseen,
    mode: spec.mode,
    identity: spec.identity,
    onConflict: spec.onConflict,
    only,
    capability: target.capability,
    context: target.context,
    ownerAddresses,
    limits: limitsOf(target),
    workaround: spec.workaround,
    notes: planNotes(spec, target),
    newHref: (uid) => target.store.newHref(uid),
    copyUid: copyUidFor,
  };
}

function bodiesOf(index: CalendarIndex, merges: Merges): Bodies {
  return {
    async text({ ordinal, asCopy, merged, row }) {
      if (ordinal === null) return null;
      if (merged === true) return merges.text(ordinal);
      const text = await index.text(ordinal);
      return asCopy ? withNewUid(text, row.uid) : text;
    },
    async raw({ row }) {
      const rejected = row.id - index.size;
      return rejected < index.rejected.length ? index.rejectedText(rejected) : '';
    },
    close: () => index.close(),
  };
}
