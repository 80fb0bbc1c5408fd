import { z } from 'zod';
import { runStatus } from './job.ts';
import { totals } from './outcome.ts';

/** A scheduling message that was caught: it would have gone into an inbox, or out as mail (iMIP, RFC 6047). */
export const capturedMessage = z.strictObject({
  at: z.string(),
  method: z.string(),
  from: z.string(),
  to: z.string(),
  uid: z.string(),
  summary: z.string(),
  kind: z.enum(['imip', 'inbox']),
});
export type CapturedMessage = z.infer<typeof capturedMessage>;

/** What came of running a plan on a copy of its calendar. Nothing of it happened. */
export const rehearsal = z.strictObject({
  status: runStatus,
  totals,
  verified: z.int(),
  /** Every message that would have gone out. */
  messages: z.array(capturedMessage).readonly(),
  /** Calendars of other people that would have changed: whose, and how many events of the plan they would hold then. */
  calendars: z.array(z.strictObject({ user: z.string(), events: z.int() })).readonly(),
  /** What went wrong on the way, one sentence each. */
  problems: z.array(z.string()).readonly(),
});
export type Rehearsal = z.infer<typeof rehearsal>;
