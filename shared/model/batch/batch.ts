import { z } from 'zod';
import { failure } from '../failure.ts';
import { keptEntry } from '../kept/entry.ts';
import { jobNote } from '../kept/job-note.ts';
import { itemEvent, settledEvent } from '../job.ts';
import { outcome, totals } from '../outcome.ts';
import { actionCounts, safetyStop } from '../plan.ts';
import { schedulingMode, notifiedByMode, verdict } from '../scheduling.ts';

/*
 * A batch is one job over many calendars: a migration, a clean-up, a restore of several calendars, the announcement of a
 * migration, or the undo of one of these. Each of its members is one calendar and becomes one run of the ordinary kind, with journal, originals,
 * resume, verify and undo of its own; the batch only says which, in what order, and adds up.
 */

export const BATCH_KINDS = ['migrate', 'cleanup', 'announce', 'undo', 'restore'] as const;
export const batchKind = z.enum(BATCH_KINDS);
export type BatchKind = z.infer<typeof batchKind>;

/**
 * - `queued`: not begun; `checking`: its plan is made anew and held against the one that was shown
 * - `moving`: writing; `verifying`: reading back
 * - `done`: everything done and verified; `needs-attention`: ended with trouble, or could not begin
 * - `stopped`: in the middle, can be resumed
 */
export const MEMBER_STATES = [
  'queued',
  'checking',
  'moving',
  'verifying',
  'done',
  'needs-attention',
  'stopped',
] as const;
const memberState = z.enum(MEMBER_STATES);
export type MemberState = z.infer<typeof memberState>;

/** One calendar of a batch, planned and as far as it is. */
export const batchMember = z.strictObject({
  /** Position in the batch, 0-based. */
  id: z.int(),
  /** Whose calendar, as the mapping or the person named it; a mailbox may have several members. */
  mailbox: z.string(),
  /** Shown name, and the collection; null while it is not known (it could not be resolved). */
  calendar: z.string(),
  calendarUrl: z.string().nullable(),
  /** Shown names of what its events come from; empty for a clean-up. */
  sources: z.array(z.string()).readonly(),
  state: memberState,
  /** The hash of its plan; null when it could not be planned. */
  hash: z.string().nullable(),
  verdict: verdict.nullable(),
  counts: actionCounts.nullable(),
  /** Resources that the plan will write, and how many of them are done and read back. */
  writes: z.int(),
  written: z.int(),
  verified: z.int(),
  notified: notifiedByMode.nullable(),
  totals: totals.nullable(),
  /** Runs it became, newest last. */
  runIds: z.array(z.string()).readonly(),
  /** Why it needs attention; null when it does not. */
  problem: failure.nullable(),
  /** What could not be carried along, one sentence each: shares, subscriptions, attachments on the old server. */
  notCarried: z.array(z.string()).readonly(),
});
export type BatchMember = z.infer<typeof batchMember>;

/** The batch in numbers: what consent is given to. */
export const batchSummary = z.strictObject({
  /** SHA-256 (hex) over the hashes of all members that can run. */
  hash: z.string(),
  kind: batchKind,
  asked: schedulingMode,
  members: z.int(),
  /** Members that cannot run: they are named, and the rest may go on. */
  blocked: z.int(),
  counts: actionCounts,
  /** What could not be read, in the calendars themselves or on an old side; absent where everything was seen. */
  unseen: z.int().optional(),
  /** People are distinct over all members. */
  notified: notifiedByMode,
  stops: z.array(safetyStop).readonly(),
  /** Sentences that a person must know before the run. */
  notes: z.array(z.string()).readonly(),
});
export type BatchSummary = z.infer<typeof batchSummary>;

/** One row of one member; `row` counts within the member. */
export const batchItem = itemEvent.extend({ member: z.int(), mailbox: z.string() });
export type BatchItem = z.infer<typeof batchItem>;

/** What a batch says while it goes on; for the window and for `--json`. */
export const batchEvent = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('started'),
    /** Of the batch: `resume`, `undo` and `report` take it as they take a run. */
    runId: z.string(),
    job: batchKind,
    at: z.string(),
    members: z.int(),
    ...jobNote.shape,
  }),
  z.strictObject({ kind: z.literal('plan'), hash: z.string(), notified: notifiedByMode, summary: batchSummary }),
  /** A member's new state, whole. */
  z.strictObject({ kind: z.literal('member'), member: batchMember }),
  batchItem,
  z.strictObject({ kind: z.literal('problem'), mailbox: z.string().nullable(), failure }),
  z.strictObject({ kind: z.literal('paused'), paused: z.boolean() }),
  /** Outside of the allowed hours it rests by itself; `until` is ISO 8601, null when it goes on. */
  z.strictObject({ kind: z.literal('resting'), until: z.string().nullable() }),
  settledEvent,
]);
export type BatchEvent = z.infer<typeof batchEvent>;
export type BatchEventOf<K extends BatchEvent['kind']> = Extract<BatchEvent, { kind: K }>;

/** What History lists of a batch. */
export const batchEntry = keptEntry.extend({
  batchId: z.string(),
  kind: batchKind,
  members: z.int(),
  done: z.int(),
  needsAttention: z.int(),
  canResume: z.boolean(),
  /** Step 2 of a migration is still to be done for some events. */
  canAnnounce: z.boolean(),
});
export type BatchEntry = z.infer<typeof batchEntry>;

/** One calendar in the report, reconciled: what was there = what is there now + the named differences. */
const memberReport = batchMember.extend({
  /** Events (resources and rejected components) on the old side; null where there is none. */
  before: z.int().nullable(),
  /** Of them, how many are on the new side now. */
  after: z.int().nullable(),
  differences: z.array(z.strictObject({ outcome, count: z.int(), what: z.string() })).readonly(),
});
export type MemberReport = z.infer<typeof memberReport>;

export const batchReport = z.strictObject({
  version: z.literal(1),
  batch: batchEntry,
  summary: batchSummary,
  members: z.array(memberReport).readonly(),
  notes: z.array(z.string()).readonly(),
});
export type BatchReport = z.infer<typeof batchReport>;

/** How a batch may go on: all bounds are the admin's. */
export const batchLimits = z.strictObject({
  /** Calendars at the same time. */
  members: z.int().min(1).max(32),
  /** Requests at the same time to one origin, over all its calendars. */
  perOrigin: z.int().min(1).max(64),
  /** Stop after this many failed events; null: never. */
  stopAfter: z.int().min(1).nullable(),
  /** Local hours of the day in which it may write, e.g. 22 to 6; null: always. */
  hours: z.strictObject({ from: z.int().min(0).max(23), to: z.int().min(0).max(24) }).nullable(),
});
export type BatchLimits = z.infer<typeof batchLimits>;
