import { z } from 'zod';

/** The buckets. Every resource, and every component that could not become one, ends in exactly one of them. */
export const OUTCOMES = [
  'created',
  'updated',
  'deleted',
  'unchanged',
  'skipped',
  'conflict',
  'rejected',
  'failed',
  'unknown',
  'cancelled',
] as const;
export type Outcome = (typeof OUTCOMES)[number];
export const outcome = z.enum(OUTCOMES);

/** How many in each bucket. The sum is the number of rows of the plan. */
export const totals = z.record(outcome, z.int().min(0));
export type Totals = z.infer<typeof totals>;

export const ZERO_TOTALS: Totals = {
  created: 0,
  updated: 0,
  deleted: 0,
  unchanged: 0,
  skipped: 0,
  conflict: 0,
  rejected: 0,
  failed: 0,
  unknown: 0,
  cancelled: 0,
};

/** Buckets that mean a person has to look: the run is not a full success while one of them is not empty. */
export const TROUBLE: readonly Outcome[] = ['conflict', 'rejected', 'failed', 'unknown'];
