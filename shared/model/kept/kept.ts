import { z } from 'zod';
import { failureCode } from '../failure-codes.ts';

/** A run, or a job over many calendars, whose folder cannot be believed; History lists it with the way out. */
export const damagedRun = z.strictObject({
  runId: z.string(),
  /** When it was begun, as its name says. */
  at: z.string(),
  /** Stable, for programs: `RUN_DAMAGED`, `JOURNAL_DAMAGED`, `RUN_VERSION`. */
  code: failureCode,
  message: z.string(),
  /** What can be done, in a sentence. */
  advice: z.string(),
  /** What was there before the run is kept with it, and can be written out. */
  keepsOriginals: z.boolean(),
});
export type DamagedRun = z.infer<typeof damagedRun>;

/** What became of runs that a person wanted deleted. */
export const purged = z.strictObject({
  removed: z.array(z.string()).readonly(),
  /** Octets. */
  freed: z.int(),
  /** Those that stay, and why, in a sentence. */
  kept: z.array(z.strictObject({ id: z.string(), code: failureCode, message: z.string() })).readonly(),
});
export type Purged = z.infer<typeof purged>;

/** The undo that took a run or a batch back, whole. */
export const undone = z.strictObject({
  runId: z.string(),
  /** When it ended, ISO 8601. */
  at: z.string(),
  /** The batch that it is one calendar of. */
  batch: z.string().optional(),
});
export type Undone = z.infer<typeof undone>;

/** What `verify` found in one thing that was kept. */
export const verifiedThing = z.strictObject({
  name: z.string(),
  kind: z.enum(['backup', 'archive', 'run', 'batch']),
  /** Everything is as it was written. */
  sound: z.boolean(),
  /** Texts, lines or entries that were looked at. */
  looked: z.int(),
  /** It has no checksums of ours, so only its shape could be checked. */
  unchecked: z.boolean(),
  problems: z.array(z.string()).readonly(),
});
export type VerifiedThing = z.infer<typeof verifiedThing>;

/** What `unlock` found: nobody, a holder that lives on this computer and keeps its lock, or one that has lost it now. */
export const unlockedRun = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('free') }),
  z.strictObject({ kind: z.enum(['alive', 'removed']), pid: z.int().nullable(), host: z.string().nullable() }),
]);
export type UnlockedRun = z.infer<typeof unlockedRun>;
