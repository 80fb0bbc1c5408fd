import type { BatchKind } from '../../../../shared/model/batch/batch.ts';
import type { JobKind, RunSpec } from '../../../../shared/model/job.ts';
import type { SafetyStop } from '../../../../shared/model/plan.ts';
import { proveGone, type GoneCandidate } from '../../caldav/objects/prove-gone.ts';
import type { Connection, FetchedObject } from '../../caldav/types.ts';
import { pathKey } from '../../caldav/url.ts';
import type { EnginePorts, PreparedJob, UndoOptions } from '../../types.ts';
import { runYielding, paced } from '../../yielding.ts';
import { finishPlan } from '../../plan/finish.ts';
import { createdUids, putBackObstacle } from '../../plan/obstacles.ts';
import { parseRule } from '../../plan/rules/rules.ts';
import type { PlanBasis, PlanStep } from '../../plan/types.ts';
import { sameMeaning } from '../../run/writing/compare.ts';
import { PackReader, readUndamaged } from '../../run/kept/pack.ts';
import { runPaths } from '../../run/kept/folder.ts';
import type { RowState } from '../../run/kept/replay.ts';
import { runPartOf, type RunStep, type Slice } from '../../run/types.ts';
import { damageNotes } from '../../run/kept/damage-notes.ts';
import { switchesLeftOff } from '../../run/writing/switching.ts';
import { wasApplied } from '../../run/tally.ts';
import { newSha256 } from '../consent/text-digest.ts';
import { lookForObstacles } from '../target/obstacles.ts';
import { leftOutNotes } from '../../plan/left-out.ts';
import { planNotes } from '../consent/plan-notes.ts';
import { prepareJob } from '../consent/prepared.ts';
import type { Bodies } from '../start/material.ts';
import type { StoredRun } from '../../run/kept/read-run.ts';
import { refuseUndone } from '../stored/undone.ts';
import { openIdleRun } from '../stored/stored-run.ts';
import { limitsOf, type OpenTarget } from '../target/target.ts';
import { withTarget } from '../target/with-target.ts';
import { NotifiedByRun } from './notified.ts';
import { refillStep, storedFor } from './refill.ts';
import { leaveOut, undoStep, type Applied } from './step.ts';
import { whoLogsIn } from '../consent/who-logs-in.ts';

/**
 * A plan that takes back what a run did: what was created is deleted, what was overwritten or deleted is put back. It is
 * a plan like any other, with a preview and consent, in the mode of the run unless another is asked for, and the run it
 * becomes can be undone too. What was changed on the server since is left alone, and so is what the rules do not name.
 */
export async function prepareUndo(
  ports: EnginePorts,
  runId: string,
  connection: Connection,
  { mode, only = [] }: UndoOptions = {},
): Promise<PreparedJob> {
  const run = await openIdleRun(ports.runsDir, runId);
  await refuseUndone(ports.runsDir, runId);
  const asked = mode ?? undoModeOf(run.head.job, run.head.spec.mode);
  const spec: RunSpec = {
    ...runPartOf(run.head.spec),
    mode: asked,
    only,
    // What it did for new events cannot be done for deleting them.
    workaround: run.head.spec.workaround === 'client-agent' ? undefined : run.head.spec.workaround,
  };
  const rules = only.map(parseRule);
  const packs = openPacks(run);
  return withTarget({ spec, connection, ports, others: [packs.sent, packs.originals] }, async (target) => {
    const listedAt = ports.now().getTime();
    const taken: PlanStep[] = [];
    const notified = new NotifiedByRun(run, target.context);
    const ids = new Map<number, number>();
    for await (const applied of paced(changesOf(run, target, packs))) {
      ids.set(applied.ordinal, applied.id);
      taken[applied.id] = await leaveOut(undoStep(applied, spec), applied, rules);
      await notified.add(applied);
    }
    const bin = await refills(run, target, packs, ids, taken.length);
    const obstacles = await lookForObstacles(target, connection, createdUids(taken));
    const steps = [...taken.map((step) => putBackObstacle(step, obstacles, spec.mode)), ...bin];
    const undoes = notified.total();
    const notes = [
      ...(run.journal.calendar.made ? [LEFT_EMPTY] : []),
      ...(switchesLeftOff(run.journal).length === 0 ? [] : [STILL_OFF]),
      ...damageNotes(run),
      ...planNotes(spec, target),
      ...leftOutNotes(target.context, spec.mode, steps),
      ...obstacles.notes,
    ];
    const basis: PlanBasis = {
      job: 'undo',
      url: target.store.url,
      mode: spec.mode,
      capability: target.capability,
      stops: undoStops(steps, target),
      quotaAvailable: null,
      targetSize: steps.length,
      ...(undoes === null ? {} : { undoes }),
      workaround: spec.workaround,
      who: whoLogsIn(spec, connection),
      ...(notes.length === 0 ? {} : { notes }),
    };
    const plan = await runYielding(finishPlan(basis, steps, newSha256));
    const bodies = undoBodies(run, packs);
    return prepareJob({
      ports,
      spec,
      connection,
      target,
      bodies,
      plan,
      resolve: () => null,
      parent: runId,
      listedAt,
    });
  });
}

/** What an undo asks for by itself: the mode of its run; nobody is told of the undo of an announcement. */
export function undoModeOf(kind: BatchKind | JobKind, mode: RunSpec['mode']): RunSpec['mode'] {
  return kind === 'announce' ? 'none' : mode;
}

const LEFT_EMPTY =
  'The run made this calendar. The undo takes its events out one by one and leaves the calendar itself there, empty.';

const STILL_OFF =
  'The run left the scheduling of this calendar switched off. The switch is put on again before anything is undone.';

interface RunPacks {
  readonly sent: PackReader;
  readonly originals: PackReader;
}

function openPacks({ folder }: StoredRun): RunPacks {
  const paths = runPaths(folder);
  return { sent: new PackReader(paths.bodies), originals: new PackReader(paths.originals) };
}

/** One write, and the number it has among them. */
interface Change {
  readonly id: number;
  readonly row: number;
  readonly step: RunStep;
}

/**
 * Every write that the run made or may have made, with what was there before and what is there now; in the order in
 * which the server gives what is there, so that nobody has to hold all of it.
 */
async function* changesOf(run: StoredRun, target: OpenTarget, packs: RunPacks): AsyncGenerator<Applied> {
  const waiting = new Map<string, Change[]>();
  const hrefs: string[] = [];
  let id = 0;
  for await (const [row, planned] of paced(run.steps.entries())) {
    const state = run.journal.rows.get(row);
    // What was taken out of the trash bin was not in the calendar: see `refills`.
    if (!wasApplied(state) || planned.row.bin === 'remove') continue;
    const step = whereStored(planned, state);
    const { href } = step.row;
    const key = pathKey(href ?? '');
    waiting.set(key, [...(waiting.get(key) ?? []), { id, row, step }]);
    if (href !== null) hrefs.push(href);
    id += 1;
  }
  for await (const batch of target.store.fetch(hrefs)) {
    for (const object of batch) {
      const key = pathKey(object.href);
      // What is not there is asked for once more below.
      if (object.text === null && object.unreadable === undefined) continue;
      for (const change of waiting.get(key) ?? []) yield appliedOf(run, target, packs, change, object);
      waiting.delete(key);
    }
  }
  const left = [...waiting.values()].flat();
  // Nothing is put back into an inbox, so nothing need be proved there.
  const doubtful = run.head.spec.inbox === true ? [] : left.flatMap(lackingHere);
  const proofs = await proveGone(target.store, doubtful);
  for (const change of left) {
    const doubt = proofs.get(change.step.row.href ?? '') ?? null;
    const object = doubt === null ? undefined : { href: '', etag: null, text: null, unreadable: doubt };
    yield appliedOf(run, target, packs, change, object);
  }
}

/**
 * What the run created counts as taken back, and what it deleted or took out is put back, only when it is proved that it is
 * gone: it would be there a second time otherwise.
 */
function lackingHere({ step: { row } }: Change): readonly GoneCandidate[] {
  return row.href === null ? [] : [{ href: row.href, uid: row.uid }];
}

async function appliedOf(
  run: StoredRun,
  target: OpenTarget,
  packs: RunPacks,
  { id, row, step }: Change,
  object: FetchedObject | undefined,
): Promise<Applied> {
  const state = run.journal.rows.get(row);
  // Of a create it is what the server removed from its trash bin: that has a row of its own.
  const saved = step.dropped === undefined ? (state?.original ?? null) : null;
  const original = saved === null ? null : await textOf(packs.originals, saved.body);
  const sent = (): Promise<string | null> =>
    step.body === null ? Promise.resolve(null) : textOf(packs.sent, step.body);
  const current = object?.text === null || object === undefined ? null : { text: object.text, etag: object.etag };
  const text = current === null ? null : await sent();
  const asSent = current !== null && text !== null && sameMeaning(current.text, text, step.meaning);
  const lost = {
    original: saved !== null && original === null,
    sent: current !== null && step.body !== null && text === null,
  };
  const damage = damageOf(step, state, lost);
  const unreadable = object?.unreadable ?? null;
  const seen = { current, unreadable, asSent };
  return { job: run.head.job, id, ordinal: row, step, state, original, sent, ...seen, damage, target };
}

/** One step for each thing that went out of the trash bin for the run, however it went. */
async function refills(
  run: StoredRun,
  target: OpenTarget,
  packs: RunPacks,
  ids: ReadonlyMap<number, number>,
  firstId: number,
): Promise<readonly PlanStep[]> {
  const stored = storedFor(run);
  const steps: PlanStep[] = [];
  for (const [row, step] of run.steps.entries()) {
    const removed = step.row.bin === 'remove';
    const state = run.journal.rows.get(row);
    const href = removed ? step.row.href : (step.dropped ?? null);
    if (href === null || !wasApplied(state)) continue;
    const lies = (await target.store.trash.get(href)) !== null;
    if (lies && !removed) continue;
    const saved = state?.original ?? null;
    const original = saved === null ? null : await textOf(packs.originals, saved.body);
    // Nothing was there to be dropped.
    if (saved === null && !removed) continue;
    const pair = ids.get(removed ? (stored.get(row) ?? -1) : row);
    const taken = { ordinal: row, id: firstId + steps.length, uid: step.row.uid, original, lies, pair };
    steps.push(refillStep(taken, target, step.row));
  }
  return steps;
}

/** Null where the text is damaged. */
async function textOf(pack: PackReader, slice: Slice): Promise<string | null> {
  return (await readUndamaged(pack, slice))?.toString('utf8') ?? null;
}

function damageOf(
  step: RunStep,
  state: RowState | undefined,
  lost: { readonly original: boolean; readonly sent: boolean },
): string | null {
  if (step.damaged === true) return step.row.reason;
  if (state?.doubt === true) return IN_DOUBT;
  if (lost.original) return ORIGINAL_DAMAGED;
  // Without it nobody can tell whether what stands there is still what the run left.
  return lost.sent ? SENT_DAMAGED : null;
}

const IN_DOUBT =
  'The journal of the run is damaged where it may have said whether this was written, so it is left alone.';
const ORIGINAL_DAMAGED =
  'Its saved original is damaged on this computer: it is not what was saved, so it is not restored.';
const SENT_DAMAGED =
  'What the run sent is damaged on this computer, so whether it was changed since is not known. It is left alone.';

/** The step with the address at which the server keeps it, which need not be the one it was sent to. */
function whereStored(step: RunStep, state: RowState | undefined): RunStep {
  const href = state?.final?.href ?? step.row.href;
  return href === step.row.href ? step : { ...step, row: { ...step.row, href } };
}

function undoStops(steps: readonly PlanStep[], target: OpenTarget): PlanBasis['stops'] {
  const stops: SafetyStop[] = [];
  if (steps.length === 0) {
    stops.push({
      code: 'NOTHING_TO_UNDO',
      message: 'This run wrote nothing that could be undone.',
      override: false,
    });
  }
  if (limitsOf(target).writable === false) {
    stops.push({ code: 'READ_ONLY', message: 'This calendar is read-only for this user.', override: false });
  }
  return stops;
}

function undoBodies(run: StoredRun, packs: RunPacks): Bodies {
  return {
    async text({ ordinal, row }) {
      if (ordinal === null || (run.steps[ordinal]?.dropped !== undefined && row.bin !== 'refill')) return null;
      const original = run.journal.rows.get(ordinal)?.original ?? null;
      return original === null || row.action === 'delete' ? null : packs.originals.read(original.body);
    },
    async raw({ ordinal }) {
      const slice = ordinal === null ? null : (run.steps[ordinal]?.body ?? null);
      return slice === null ? '' : ((await textOf(packs.sent, slice)) ?? '');
    },
    async close() {
      await Promise.all([packs.sent.close(), packs.originals.close()]);
    },
  };
}
