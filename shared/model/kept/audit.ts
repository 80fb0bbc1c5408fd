import { z } from 'zod';
import { BATCH_KINDS } from '../batch/batch.ts';
import { failureCode } from '../failure-codes.ts';
import { JOB_KINDS, runStatus } from '../job.ts';
import { loginWay } from '../login.ts';
import { fingerprint } from '../network.ts';
import { totals } from '../outcome.ts';
import { ASSURANCES, schedulingMode } from '../scheduling.ts';

/*
 * The audit of a folder of runs: who did what on this computer, one line each, only ever added to. A line names calendars,
 * people by number and plans by their hash; what an event says is in none of them, and no secret is.
 */

/** Who sat at the computer, and at which front end; null where the system does not say it. */
const auditBy = z.strictObject({
  user: z.string().nullable(),
  /** Numeric id of the account, where the system has such. */
  uid: z.int().nullable(),
  host: z.string().nullable(),
  tool: z.enum(['window', 'command line']).nullable(),
  /** Of Hushcal. */
  version: z.string().nullable(),
});
export type AuditBy = z.infer<typeof auditBy>;

const job = z.enum([...new Set([...JOB_KINDS, ...BATCH_KINDS])]);

/** The calendar that is written to, and who logs in for it. */
const target = z.strictObject({
  /** Its address; never with credentials in it. */
  calendarUrl: z.string(),
  user: z.string(),
  /** Whose it is, where somebody else logs in. */
  behalf: z.string().optional(),
});

/** What was asked, what the server will do, and how that is known; of several calendars everything that one of them has. */
const mode = z.strictObject({
  asked: schedulingMode,
  effective: schedulingMode.nullable(),
  assurance: z.array(z.enum(ASSURANCES)).readonly(),
  evidence: z.array(z.string()).readonly(),
});

const numbers = z.strictObject({ calendars: z.int(), events: z.int(), people: z.int(), messages: z.int() });

const line = z.strictObject({
  kind: z.literal('audit'),
  at: z.string(),
  by: auditBy,
  /** SHA-256 (hex) of the line before it, without its line end; null in the first one. */
  prev: z.string().nullable(),
});

/** Of one run, or of a job over several calendars. */
const ofRun = line.extend({
  job,
  /** The run or the batch. */
  id: z.string(),
  /** The batch that this run is one calendar of: that one was consented to. */
  batch: z.string().optional(),
});

const planned = ofRun.extend({
  /** Hash of the plan. */
  plan: z.string(),
  target: target.nullable(),
  mode,
  numbers,
  ticket: z.string().optional(),
  /** The run or the batch that is undone, tried again or announced. */
  of: z.string().optional(),
  /** It was begun before, and goes on. */
  resumed: z.boolean(),
});

export const auditLine = z.discriminatedUnion('what', [
  /** A person agreed to exactly this plan. */
  planned.extend({ what: z.literal('consent') }),
  /** Nothing was sent before this line. */
  planned.extend({ what: z.literal('start') }),
  /** A person, or a signal, asked it to stop. */
  ofRun.extend({ what: z.literal('stop') }),
  /** How it ended; one that has none goes on, or its program was killed. */
  ofRun.extend({
    what: z.literal('end'),
    status: runStatus,
    totals,
    /** Codes of what concerned it as a whole. */
    problems: z.array(failureCode).readonly(),
  }),
  /** Consent to a test event, and what came of it. */
  line.extend({ what: z.literal('canary'), id: z.string(), calendarUrl: z.string(), user: z.string() }),
  line.extend({
    what: z.literal('canary-end'),
    id: z.string(),
    /** What it proved; all false where it could not be tried. */
    control: z.boolean(),
    create: z.boolean(),
    update: z.boolean(),
    problems: z.array(failureCode).readonly(),
  }),
  /** A password or token is about to be used for somebody else's calendars. */
  line.extend({
    what: z.literal('login'),
    server: z.string(),
    actor: z.string(),
    user: z.string(),
    way: loginWay.exclude(['own']),
  }),
  /** A person trusts one certificate, whoever vouches for it. `host` null: shown by any server. */
  line.extend({ what: z.literal('trust'), host: z.string().nullable(), sha256: fingerprint }),
  /** Runs or backups are about to be deleted, as a person agreed to. */
  line.extend({
    what: z.literal('delete'),
    things: z.enum(['runs', 'backups']),
    names: z.array(z.string()).readonly(),
  }),
  /** A person says that whoever held this run is dead. */
  line.extend({ what: z.literal('unlock'), id: z.string() }),
  /** A crash tore the line before this one, after so many octets. */
  line.extend({ what: z.literal('mended'), octets: z.int() }),
]);
export type AuditLine = z.infer<typeof auditLine>;
export type AuditWhat = AuditLine['what'];
export const AUDIT_WORDS: readonly AuditWhat[] = auditLine.options.map(({ shape }) => shape.what.value);

type WithoutFrame<L> = L extends AuditLine ? Omit<L, 'kind' | 'at' | 'by' | 'prev'> : never;
/** What is noted; when, by whom and after what is added where it is written. */
export type AuditEntry = WithoutFrame<AuditLine>;

/** A line that cannot be read, or is not as it was written. */
const auditTrouble = z.strictObject({
  /** 1-based. */
  line: z.int(),
  reason: z.string(),
});
export type AuditTrouble = z.infer<typeof auditTrouble>;

/** A line that a crash tore. */
const auditTear = z.strictObject({
  /** 1-based. */
  line: z.int(),
  /** The line after it says so. Not of the last one: nothing was noted since. */
  named: z.boolean(),
});

/** Whether each line of an audit follows the one before it. */
export const auditVerdict = z.strictObject({
  path: z.string(),
  /** Without the torn ones. */
  lines: z.int(),
  /** SHA-256 of the last line: noted elsewhere, it proves later that nothing was cut off. Null of an empty one. */
  last: z.string().nullable(),
  sound: z.boolean(),
  torn: z.array(auditTear).readonly(),
  troubles: z.array(auditTrouble).readonly(),
});
export type AuditVerdict = z.infer<typeof auditVerdict>;

/** The end of an audit as the window shows it. */
export const auditPage = z.strictObject({
  /** Newest first. */
  lines: z.array(auditLine).readonly(),
  /** Older ones that are not among them. */
  more: z.int(),
  verdict: auditVerdict,
});
export type AuditPage = z.infer<typeof auditPage>;
