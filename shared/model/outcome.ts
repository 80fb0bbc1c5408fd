import { z } from 'zod';

/** The buckets. Every resource, and every component that could not become one, ends in exactly one of them. */
export const OUTCOMES = [
  'created',
  'updated',
  'altered',
  'deleted',
  'unchanged',
  'skipped',
  'superseded',
  'conflict',
  'rejected',
  'failed',
  'unknown',
  'cancelled',
] as const;
/**
 * `altered`: stored, and the server changed what it means. `superseded`: the backup holds a newer version of the same
 * event, which was used.
 */
export type Outcome = (typeof OUTCOMES)[number];
export const outcome = z.enum(OUTCOMES);

const count = z.int().min(0);
/** What runs of an older version do not name. */
const laterCount = count.default(0);

/** How many in each bucket. The sum is the number of rows of the plan. */
export const totals = z.strictObject({
  created: count,
  updated: count,
  altered: laterCount,
  deleted: count,
  unchanged: count,
  skipped: count,
  superseded: laterCount,
  conflict: count,
  rejected: count,
  failed: count,
  unknown: count,
  cancelled: count,
});
export type Totals = Record<Outcome, number>;

export const ZERO_TOTALS: Totals = {
  created: 0,
  updated: 0,
  altered: 0,
  deleted: 0,
  unchanged: 0,
  skipped: 0,
  superseded: 0,
  conflict: 0,
  rejected: 0,
  failed: 0,
  unknown: 0,
  cancelled: 0,
};

/** Buckets that mean a person has to look: the run is not a full success while one of them is not empty. */
export const TROUBLE: readonly Outcome[] = ['altered', 'conflict', 'rejected', 'failed', 'unknown'];

/** Buckets of what a run has stored: the calendar holds it by now. */
export const STORED: readonly Outcome[] = ['created', 'updated', 'altered'];

/** Resources that a run has changed on the server. */
export function countWritten(totals: Totals): number {
  return STORED.reduce((sum, bucket) => sum + totals[bucket], totals.deleted);
}

/** What is known of one row, as far as it says whether a person has to look. */
export interface RowEnd {
  readonly outcome: Outcome;
  /** `same`, `rewritten`, … or null when nothing was to be read back. */
  readonly verified: string | null;
  /** Nothing is settled yet: it is being written, or a resume reads what became of it. */
  readonly open?: boolean | undefined;
}

/** It was written, and nobody could read it back: that can be tried again. */
export function isUnread({ outcome, verified, open }: RowEnd): boolean {
  return verified === 'unreadable' && open !== true && (STORED.includes(outcome) || outcome === 'deleted');
}

/** The one answer to whether a row needs attention: in the headline, in the lists and in History alike. */
export function needsAttention({ outcome, verified, open }: RowEnd): boolean {
  const asSent = verified === null || verified === 'same' || verified === 'rewritten';
  return open !== true && (TROUBLE.includes(outcome) || !asSent);
}

/** The same in the numbers of a run; one that an older version kept does not say it. */
export function countAttention(run: { readonly totals: Totals; readonly attention?: number | undefined }): number {
  return run.attention ?? TROUBLE.reduce((sum, bucket) => sum + run.totals[bucket], 0);
}
