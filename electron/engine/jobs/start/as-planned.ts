import { HushError } from '../../../../shared/model/failure.ts';
import type { ETag } from '../../caldav/types.ts';
import { writingSteps } from '../../plan/rows.ts';
import type { Plan, PlanStep } from '../../plan/types.ts';
import type { Material } from './material.ts';

/** A listing younger than this, in milliseconds, is not taken again; If-Match and If-None-Match guard every write anyway. */
const FRESH = 5_000;

/** What the plan saw must still be so: a changed calendar expires the plan. */
export async function checkAsPlanned({ target, listedAt, ports }: Material, plan: Plan): Promise<void> {
  if (target.missing !== null) {
    if ((await target.missing.maker.look()) === 'nothing') return;
    throw planExpired('A calendar was made there since the plan was made.');
  }
  const writes = writingSteps(plan.steps);
  if (writes.length === 0 || ports.now().getTime() - listedAt < FRESH) return;
  const now = new Map((await target.store.list()).objects.map(({ href, etag }) => [href, etag]));
  const changed = writes.filter((step) => !isAsPlanned(step, now)).length;
  if (changed === 0) return;
  throw planExpired(
    `The calendar was changed since the plan was made: ${changed} of its events are no longer as they were.`,
  );
}

function isAsPlanned({ row, etag }: PlanStep, now: ReadonlyMap<string, ETag | null>): boolean {
  // What lies in the trash bin stays as it is as long as it lies there.
  if (row.href === null || row.bin === 'remove') return true;
  if (row.action === 'create') return !now.has(row.href);
  return now.get(row.href) === etag;
}

/** @param why a sentence */
export function planExpired(why: string): HushError {
  const message = `${why} Make the plan again.`;
  return new HushError({ code: 'PLAN_EXPIRED', message, reaction: 'fix-input' });
}
