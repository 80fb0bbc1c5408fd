import type { PlanRowDetail, RowRecipients } from '../../../../shared/model/plan.ts';
import { LONGEST_RAW } from '../../../../shared/model/found/event-card.ts';
import { NOBODY } from '../../../../shared/model/scheduling.ts';
import type { ChosenRows } from '../../../../shared/model/plan.ts';
import { HushError } from '../../../../shared/model/failure.ts';
import type { Consent, PreparedJob, RunHandle, RunPlace } from '../../types.ts';
import { eventCard } from '../../icalendar/summary/event-card.ts';
import { fieldDifferences } from '../../icalendar/summary/field-differences.ts';
import { runYielding } from '../../yielding.ts';
import { idsInSpans, idsOf, pageOf } from '../../plan/rules/filter.ts';
import { resolveRows, selectRows } from '../../plan/finish.ts';
import { writingSteps } from '../../plan/rows.ts';
import type { Plan, PlanStep } from '../../plan/types.ts';
import type { NotifiedItem } from '../../scheduling/types.ts';
import { kindsByMode } from '../../scheduling/notified/kinds.ts';
import { newSha256 } from './text-digest.ts';
import { SerialQueue } from '../../serial-queue.ts';
import { isUnfiltered, PlanCalendar } from './plan-calendar.ts';
import { RowFinder } from './row-finder.ts';
import type { Material } from '../start/material.ts';
import { copyTarget, rehearseJob } from '../start/rehearse.ts';
import { startJob } from '../start/start.ts';
import type { OpenTarget } from '../target/target.ts';

/** A plan waiting for consent. */
export function prepareJob(material: Material): PreparedJob {
  let { plan } = material;
  let over = false;
  const finder = new RowFinder();
  const calendar = new PlanCalendar(material.there);
  const changes = new SerialQueue();
  const idsFor = async (rows: ChosenRows): Promise<ReadonlySet<number>> => {
    if (isIds(rows)) return new Set(rows);
    if (!('spans' in rows)) return idsOf(plan.steps, await finder.find(plan, rows));
    return idsInSpans(plan.steps, await finder.find(plan, rows.filter, rows.sort), rows.spans);
  };
  // What is sent stands in the folder of the run by then: texts that were unpacked for the plan are removed.
  const leave = async (): Promise<void> => {
    over = true;
    await material.bodies.close();
  };
  return {
    get summary() {
      return plan.summary;
    },
    async rows(filter, offset, limit, sort = null) {
      const shown = plan;
      return pageOf(shown.steps, await finder.find(shown, filter, sort), offset, limit);
    },
    async occurrences(filter, range) {
      const shown = plan;
      return calendar.show(shown, await finder.find(shown, filter), isUnfiltered(filter), range);
    },
    row: async (id) => rowDetail(material, stepOf(plan, id)),
    select: (rows, include) =>
      changes.after(async () => {
        plan = await runYielding(selectRows(plan, await idsFor(rows), include, newSha256));
      }),
    resolve: (rows, choice) =>
      changes.after(async () => {
        const resolve = (step: PlanStep): PlanStep | null => material.resolve(step, choice);
        const next = await runYielding(resolveRows(plan, await idsFor(rows), resolve, newSha256));
        if (next === null) throw nothingToSettle();
        plan = next;
      }),
    // What is being ticked counts: the plan that it makes is another one than the one that was shown.
    start: (consent: Consent, place?: RunPlace): Promise<RunHandle> =>
      changes.after(async () => {
        if (over) throw planGone();
        return startJob(material, plan, consent, leave, place);
      }),
    notified: () => notifiedOf(plan),
    copyTarget: (progress, signal) => copyTarget(material, progress, signal),
    async rehearse(stage) {
      if (over) throw planGone();
      return rehearseJob(material, plan, stage);
    },
    // What is put away while it is being started waits until it is known whether it was.
    discard: () =>
      changes.after(async () => {
        if (over) return;
        over = true;
        await Promise.all([material.bodies.close(), material.target.close()]);
      }),
  };
}

/** Only what is written tells anybody. */
function* notifiedOf(plan: Plan): Generator<NotifiedItem> {
  for (const { notified } of writingSteps(plan.steps)) if (notified !== null) yield notified;
}

function isIds(rows: ChosenRows): rows is readonly number[] {
  return Array.isArray(rows);
}

function stepOf(plan: Plan, id: number): PlanStep {
  const step = plan.steps[id];
  if (step !== undefined) return step;
  throw new HushError({ code: 'ROW_NOT_FOUND', message: `The plan has no row ${id}.`, reaction: 'our-bug' });
}

async function rowDetail({ bodies, target }: Material, step: PlanStep): Promise<PlanRowDetail> {
  const own = await bodies.text(step);
  const text = own === null ? await rawOf(bodies, target, step) : own.toString('utf8');
  const raw = text.length > LONGEST_RAW ? `${text.slice(0, LONGEST_RAW)}\n…` : text;
  const there = own === null ? null : await theirs(target, step);
  const original = step.asCopy ? ((await bodies.text({ ...step, asCopy: false }))?.toString('utf8') ?? text) : text;
  const difference = there === null ? null : fieldDifferences(there, original);
  const { against, choices = [] } = step;
  const recipients = recipientsOf(step);
  return {
    row: step.row,
    raw,
    card: eventCard(text),
    there: there === null ? null : eventCard(there),
    difference,
    recipients,
    choices,
    ...(against === undefined ? {} : { against }),
  };
}

/** Of a step without a text of its own: what lies in the trash bin and is taken out, or a rejected component. */
async function rawOf(bodies: Material['bodies'], { store }: OpenTarget, step: PlanStep): Promise<string> {
  const { bin, href } = step.row;
  if (bin !== 'remove' || href === null) return bodies.raw(step);
  return (await store.trash.get(href))?.bytes.toString('utf8') ?? '';
}

/** The calendar's own copy, or the deleted one, for a comparison; null when there is none that can be read. */
async function theirs({ store }: OpenTarget, step: PlanStep): Promise<string | null> {
  const { beside, etag, choices, row, against, deleted } = step;
  if (deleted !== undefined) return (await store.trash.get(deleted))?.bytes.toString('utf8') ?? null;
  if (against !== undefined) return null;
  const href = beside ?? (etag === null && choices === undefined ? null : row.href);
  const there = href === null ? null : await store.get(href);
  return there === null ? null : there.bytes.toString('utf8');
}

function recipientsOf({ notified }: PlanStep): RowRecipients {
  if (notified !== null) {
    const { inside, outside } = notified;
    return { inside, outside, perMode: notified.perMode, kinds: kindsByMode([notified]) };
  }
  const perMode = { none: NOBODY, 'internal-only': NOBODY, 'external-only': NOBODY, all: NOBODY };
  return { inside: [], outside: [], perMode };
}

function nothingToSettle(): HushError {
  return new HushError({
    code: 'NOTHING_TO_SETTLE',
    message:
      'None of these events can be settled so: they do not differ from the calendar, or cannot be replaced safely.',
    reaction: 'fix-input',
  });
}

function planGone(): HushError {
  return new HushError({
    code: 'PLAN_USED',
    message: 'This plan has already been run or put away. Make a new one.',
    reaction: 'fix-input',
  });
}
