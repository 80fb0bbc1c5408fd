import type { BatchLimits } from '../../../../shared/model/batch/batch.ts';

type Hours = BatchLimits['hours'];

/** Whether a batch may write now, by the local clock. From 22 to 6 is a night; from 8 to 8 is always. */
export function mayWrite(hours: Hours, now: Date): boolean {
  if (hours === null || hours.from === hours.to) return true;
  const hour = now.getHours();
  const { from, to } = hours;
  return from < to ? hour >= from && hour < to : hour >= from || hour < to;
}

/** When it may write again; null: now. */
export function restsUntil(hours: Hours, now: Date): Date | null {
  if (hours === null || mayWrite(hours, now)) return null;
  const { from } = hours;
  const today = new Date(now.getFullYear(), now.getMonth(), now.getDate(), from);
  return today > now ? today : new Date(now.getFullYear(), now.getMonth(), now.getDate() + 1, from);
}
