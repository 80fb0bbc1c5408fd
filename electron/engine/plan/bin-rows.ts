import type { PlanRow } from '../../../shared/model/plan.ts';
import { countsAs } from './rows.ts';
import type { PlanStep } from './types.ts';

/**
 * The steps with their rows about the trash bin as they stand now. A new event on whose UID the server would fail has a row
 * before it that takes the deleted one out; its tick is that of the event. What an undo puts into the bin again goes there
 * when the event that took its place is gone.
 */
export function withBinRows(steps: readonly PlanStep[]): readonly PlanStep[] {
  if (!steps.some(({ row, purges }) => row.bin !== undefined || purges === true)) return steps;
  const others = steps.filter(({ row }) => row.bin !== 'remove');
  const refilled = new Set<number>();
  const settled = others.map((step) => (step.row.bin === 'refill' ? refill(step, others, refilled) : step));
  const shown =
    refilled.size === 0
      ? settled
      : settled.map((step): PlanStep => {
          if (!refilled.has(step.row.id) || step.row.action !== 'delete') return step;
          return { ...step, forGood: true };
        });
  const all = [...shown];
  for (const step of shown) {
    const { deleted, row } = step;
    if (step.purges !== true || deleted === undefined || !isStored(step)) continue;
    all.push(removal(row, deleted, all.length));
  }
  return all;
}

/** The ids with those of the events that rows about the trash bin go along with: neither is ticked without the other. */
export function withPairs(steps: readonly PlanStep[], ids: ReadonlySet<number>): ReadonlySet<number> {
  const all = new Set(ids);
  for (const { row, pair } of steps) if (row.bin === 'remove' && ids.has(row.id) && pair !== undefined) all.add(pair);
  return all;
}

/** Whether the event itself is to be stored, ticked or not. */
function isStored({ row, asCopy }: PlanStep): boolean {
  return row.action === 'create' && !asCopy && row.bin === undefined;
}

function removal(event: PlanRow, href: string, id: number): PlanStep {
  const row: PlanRow = {
    ...event,
    id,
    href,
    action: 'delete',
    reason: REMOVED,
    components: 0,
    organizer: null,
    guests: 0,
    actingAs: null,
    standing: 'plain',
    notified: 0,
    past: false,
    findings: [],
    bin: 'remove',
  };
  delete row.decided;
  return { ...QUIET, row, pair: event.id };
}

function refill(step: PlanStep, steps: readonly PlanStep[], refilled: Set<number>): PlanStep {
  const { row, pair } = step;
  const event = pair === undefined ? undefined : steps[pair]?.row;
  const stays = event !== undefined && !['delete', 'unchanged'].includes(countsAs(event));
  if (stays) return { ...step, bytes: 0, row: { ...row, action: 'skip', reason: STAYS } };
  if (pair !== undefined && !row.excluded) refilled.add(pair);
  return { ...step, row: { ...row, action: 'create', reason: REFILLED } };
}

const QUIET = { ordinal: null, etag: null, notified: null, digest: '', bytes: 0, asCopy: false } as const;

const REMOVED =
  'A deleted event with this UID lies in the trash bin, and the server would fail on the new one. It is taken out of the ' +
  'bin for good before that, without messages; its text is saved with the run.';
const REFILLED =
  'The run took it out of the trash bin. It is stored and deleted again, without messages, so that it lies there as before, ' +
  'with another date.';
const STAYS = 'The event that took its place stays in the calendar, so it is not put into the trash bin again.';
