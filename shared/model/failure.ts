import { z } from 'zod';

/**
 * Failures are named by the reaction they demand, not by where they came from:
 * - `retry-now`, `retry-after`: passing; the engine tries again by itself.
 * - `skip-item`: this resource cannot be done, the rest goes on.
 * - `stop-job`: nothing more can be done in this run.
 * - `fix-input`: the person must change something first.
 * - `our-bug`: should not happen; please report it.
 */
export const REACTIONS = ['retry-now', 'retry-after', 'skip-item', 'stop-job', 'fix-input', 'our-bug'] as const;
export type Reaction = (typeof REACTIONS)[number];

export const failure = z.strictObject({
  /** Stable, for programs: DOMAIN_REASON, e.g. `SERVER_UNAUTHORIZED`. */
  code: z.string(),
  /** One sentence for a person: what happened and what to do. Never a stack trace, never a secret. */
  message: z.string(),
  reaction: z.enum(REACTIONS),
  /** The other side's own words, shortened, where there are any. */
  detail: z.string().optional(),
});
export type Failure = z.infer<typeof failure>;

/** The one exception class of the house: carries a failure through code that throws. */
export class HushError extends Error {
  readonly failure: Failure;
  /** Seconds that the server asks to wait; null where it says nothing. */
  readonly retryAfter: number | null;
  constructor(failure: Failure, options: { readonly cause?: unknown; readonly retryAfter?: number | null } = {}) {
    super(failure.message, options);
    this.name = 'HushError';
    this.failure = failure;
    this.retryAfter = options.retryAfter ?? null;
  }
}

/** Anything thrown, as a failure. What is not a HushError is our bug, said without its stack. */
export function toFailure(thrown: unknown): Failure {
  if (thrown instanceof HushError) return thrown.failure;
  const text = thrown instanceof Error ? thrown.message : String(thrown);
  return { code: 'INTERNAL', message: `Something unexpected happened: ${text}`, reaction: 'our-bug' };
}
