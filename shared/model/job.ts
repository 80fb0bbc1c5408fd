import { z } from 'zod';
import { action, conflictPolicy, planSummary, BIN_DEEDS } from './plan.ts';
import { outcome, totals } from './outcome.ts';
import { assumption, identityChoice, schedulingMode, notifiedByMode, workaround } from './scheduling.ts';
import { failure } from './failure.ts';
import { jobNote } from './kept/job-note.ts';
import { behalf } from './login.ts';

/** `migrate` is a restore of one mailbox of a batch; `announce` tells the guests outside about what was migrated. */
export const JOB_KINDS = ['restore', 'undo', 'retry', 'migrate', 'cleanup', 'announce'] as const;
export const jobKind = z.enum(JOB_KINDS);
export type JobKind = z.infer<typeof jobKind>;

/** `YYYY-MM-DD`, a day that exists. */
export const day = z.iso.date();

export const makeCalendar = z.strictObject({
  name: z.string().min(1).max(200).nullable(),
  /** `#rrggbb`. */
  color: z
    .string()
    .regex(/^#[0-9a-fA-F]{6}$/)
    .nullable(),
});
export type MakeCalendar = z.infer<typeof makeCalendar>;

/** Changes of the events themselves that a person consented to; each is listed per event as a repair. */
export const rewrites = z.strictObject({
  /** Alarms that send e-mail (RFC 5545 §3.8.6.1) become alarms that show a text: they would go out past every header. */
  emailAlarms: z.boolean().optional(),
  /** Broken lines are mended as the plan shows; without it their events are refused. */
  brokenLines: z.boolean().optional(),
  /** What was cancelled for the calendar's owner (RFC 5546 §3.2.5) is stored as cancelled; without it it is left out. */
  cancellations: z.boolean().optional(),
  /** Organizers and guests of one mail domain get the other. Lower case, without `@`. */
  domains: z
    .array(z.strictObject({ from: z.string().min(1), to: z.string().min(1) }))
    .readonly()
    .optional(),
});
export type Rewrites = z.infer<typeof rewrites>;

/** What every run is asked: where, as whom and how. Undo, resume and report of whatever job need no more. */
export const runSpec = z.strictObject({
  /** Known to the main process only. */
  calendarUrl: z.url(),
  /** Who logs in. */
  user: z.string(),
  /** For whom, where that is somebody else. */
  behalf: behalf.optional(),
  mode: schedulingMode,
  identity: identityChoice,
  concurrency: z.int().min(1).max(64),
  /** Said once per server by the admin, e.g. `no-mail-hook` (Radicale). */
  assume: z.array(assumption).readonly(),
  /** Of an undo: rules (`FIELD OP VALUE`, docs/rules.md) that choose what is taken back; all must hold. Empty: everything. */
  only: z.array(z.string()).readonly().optional(),
  /** More addresses of the calendar's owner, said by the admin: the recorded consent to act as them. */
  aliases: z.array(z.string()).readonly().optional(),
  /** Mail domains that count as inside, besides those of the owner's addresses. Lower case. */
  insideDomains: z.array(z.string()).readonly().optional(),
  /** Chosen by a person where the mode is blocked. */
  workaround: workaround.optional(),
  /** Not a calendar but a schedule inbox (RFC 6638 §2.2): only a clean-up goes there. */
  inbox: z.literal(true).optional(),
});
export type RunSpec = z.infer<typeof runSpec>;

/** What a restore, its retry and a migration are asked besides. */
export const restoreSpec = runSpec.extend({
  /** Paths are known to the main process only; a run keeps their names. */
  sources: z.array(z.string()).readonly(),
  onConflict: conflictPolicy,
  /** Rules that choose what is restored; all must hold. Empty: everything. */
  only: z.array(z.string()).readonly(),
  /** Only what starts on or after this day, or repeats beyond it. */
  since: day.optional(),
  /** Consent to make the calendar when it does not exist; what is null is taken from the backup. */
  makeCalendar: makeCalendar.optional(),
  rewrites: rewrites.optional(),
});
export type RestoreSpec = z.infer<typeof restoreSpec>;

const RUN_STATUSES = ['complete', 'incomplete', 'stopped', 'interrupted', 'refused'] as const;
/**
 * - `complete`: everything done and verified, no bucket of trouble
 * - `incomplete`: finished, but with conflicts, rejected, failed or unknown items
 * - `stopped`: by a person or by the guard; can be resumed
 * - `interrupted`: the program ended in the middle; can be resumed
 * - `refused`: nothing was written
 */
export const runStatus = z.enum(RUN_STATUSES);
export type RunStatus = z.infer<typeof runStatus>;

/** What is being done, from the sources to the end of a run. A rehearsal is `copying` first, a clean-up `searching`. */
export const PHASES = [
  'reading',
  'checking',
  'searching',
  'listing',
  'planning',
  'copying',
  'writing',
  'verifying',
] as const;
export const phase = z.enum(PHASES);
export type Phase = z.infer<typeof phase>;

/** What became (or, in a dry run, would become) of one row of the plan. */
export const itemEvent = z.strictObject({
  kind: z.literal('item'),
  /** The row's id in the plan. */
  row: z.int(),
  uid: z.string(),
  href: z.string().nullable(),
  action,
  outcome: z.union([outcome, z.literal('planned')]),
  reason: z.string(),
  file: z.string(),
  line: z.int(),
  title: z.string(),
  /** What it does with the trash bin; absent for a row that is about the calendar alone. */
  bin: z.enum(BIN_DEEDS).optional(),
  /** What is sent as it is, and a person should know. Absent where there is nothing. */
  warnings: z.array(z.string()).readonly().optional(),
  /** What is changed in the event because a person consented to it. Absent where there is nothing. */
  changes: z.array(z.string()).readonly().optional(),
  /** HTTP status of the last answer, where there was one. */
  status: z.int().optional(),
  ms: z.number().optional(),
});

/** How a job ended. */
export const settledEvent = z.strictObject({
  kind: z.literal('settled'),
  runId: z.string(),
  status: runStatus,
  totals,
  verified: z.int(),
  mode: z.strictObject({ asked: schedulingMode, effective: schedulingMode.nullable(), because: z.string() }),
  at: z.string(),
});

/** What a job says while it goes on: the same events for the window, for `--json` and for the report. */
export const jobEvent = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('started'),
    runId: z.string(),
    job: jobKind,
    at: z.string(),
    /** Shown names: no secrets, no credentials in URLs. */
    server: z.string(),
    calendar: z.string(),
    /** Who logged in; `behalf`: for whom, where that is somebody else. */
    user: z.string(),
    behalf: behalf.optional(),
    sources: z.array(z.string()).readonly(),
    ...jobNote.shape,
  }),
  z.strictObject({ kind: z.literal('phase'), phase, done: z.int(), of: z.int().nullable() }),
  z.strictObject({
    kind: z.literal('plan'),
    hash: z.string(),
    notified: notifiedByMode,
    summary: planSummary,
  }),
  itemEvent,
  /** Read back and compared: `same`, `rewritten` (equal in meaning), or not what was written. */
  z.strictObject({
    kind: z.literal('verified'),
    row: z.int(),
    verdict: z.enum(['same', 'rewritten', 'changed', 'missing', 'unreadable']),
    /** Names of the properties that differ; empty when `same`. */
    properties: z.array(z.string()).readonly(),
  }),
  /** An item waits: the server asked for it, or a connection broke. `row` null: the calendar, which is to be made first. */
  z.strictObject({
    kind: z.literal('waiting'),
    row: z.int().nullable(),
    title: z.string(),
    reason: z.string(),
    seconds: z.number(),
  }),
  z.strictObject({ kind: z.literal('pace'), connections: z.int(), because: z.string(), at: z.string() }),
  z.strictObject({ kind: z.literal('paused'), paused: z.boolean() }),
  z.strictObject({ kind: z.literal('problem'), failure }),
  settledEvent,
]);
export type JobEvent = z.infer<typeof jobEvent>;
export type JobEventOf<K extends JobEvent['kind']> = Extract<JobEvent, { kind: K }>;
