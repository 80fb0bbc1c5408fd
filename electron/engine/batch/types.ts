import type {
  BatchEvent,
  BatchKind,
  BatchLimits,
  BatchMember,
  BatchSummary,
} from '../../../shared/model/batch/batch.ts';
import type { JobNote } from '../../../shared/model/kept/job-note.ts';
import type { Login } from '../../../shared/model/login.ts';
import type { SafetyStop } from '../../../shared/model/plan.ts';
import type { SchedulingMode } from '../../../shared/model/scheduling.ts';
import type { Pacer } from '../caldav/transport/pace.ts';
import type { Connection } from '../caldav/types.ts';
import type { EnginePorts, PreparedJob, Progress, RunHandle } from '../types.ts';

/** Turns a login without a secret into a connection: the caller knows where the secret is kept. */
export type Connect = (login: Login) => Connection;

/** One calendar of a batch, as the kind of batch describes it; kept in the batch's folder, so never a secret in it. */
export interface MemberPlan {
  readonly mailbox: string;
  readonly calendar: string;
  readonly calendarUrl: string | null;
  readonly sources: readonly string[];
  /** Members of one stage begin only when all of the stage before have ended: organizers first, then the rest. */
  readonly stage: number;
  readonly origin: string;
  /** How its calendar is reached, for a resume and for an undo; null when that is not known (then `problem` says why). */
  readonly login: Login | null;
  readonly notCarried: readonly string[];
  /** Events on the old side that could not be read: they count as failed, and the member needs attention. */
  readonly unread?: number | undefined;
  /** Why it cannot run; null when it can. */
  readonly problem: string | null;
}

/**
 * What a kind of batch brings. `prepare` makes the plan of one member: once when the batch is planned, and again right
 * before that member runs; its hash must be the same then, or the member needs attention. Only one member's plan is in
 * memory per connection, so that two hundred mailboxes cost no more than one.
 */
export interface BatchWork {
  readonly kind: BatchKind;
  readonly asked: SchedulingMode;
  readonly limits: BatchLimits;
  readonly members: readonly MemberPlan[];
  readonly stops: readonly SafetyStop[];
  readonly notes: readonly string[];
  /** What `resume` needs to make the same work again; written to the batch's folder. JSON, never a secret. */
  readonly spec: unknown;
  prepare(member: number, progress?: Progress, signal?: AbortSignal): Promise<PreparedJob>;
  /**
   * For a plan that is no longer the one that was shown: null when the difference is only this batch's own doing (a
   * server that put the organizer's event into the calendar of a guest), else why it may not run. Left out: it may not.
   */
  judgeChange?(member: number, now: PreparedJob): Promise<string | null>;
  /** The connection with which a member's run is resumed. */
  connection(member: number): Connection;
  close(): Promise<void>;
}

/** What a batch is asked to do; `spec` is that of its kind, which checks it. */
export interface BatchOrder {
  readonly kind: BatchKind;
  readonly spec: unknown;
}

/** Makes the work of a batch from its spec: for a new one, and again for a resume. Parses the spec, asks no server. */
export type MakeWork = (
  ports: EnginePorts,
  spec: unknown,
  connect: Connect,
  progress?: Progress,
  signal?: AbortSignal,
) => Promise<BatchWork>;

/** What a batch needs of the rooms after it. */
export interface BatchPorts extends EnginePorts {
  resumeRun(runId: string, connection: Connection, pacer: Pacer): Promise<RunHandle>;
  /** Milliseconds between two looks at the clock, for allowed hours. */
  readonly lookAtClock?: number;
}

/** A batch waiting for consent. */
export interface PreparedBatch {
  readonly summary: BatchSummary;
  readonly members: readonly BatchMember[];
  /** The plan of one member, to look at; the caller discards it. */
  open(member: number): Promise<PreparedJob>;
  /** Runs exactly this; HushError, nothing written, when the hash is another one or a stop stands. */
  start(consent: BatchConsent): Promise<BatchHandle>;
  discard(): Promise<void>;
}

export interface BatchConsent {
  readonly hash: string;
  /** The number of messages that the person named; null is enough only where none is sent. */
  readonly typedMessages: number | null;
  /** The ticket and the note to keep with the batch. */
  readonly jobNote?: JobNote | undefined;
}

export interface BatchHandle {
  readonly batchId: string;
  /** Every event from the first one, once; ends after `settled`. */
  events(): AsyncIterable<readonly BatchEvent[]>;
  pause(paused: boolean): void;
  /** Ends after the requests under way; the batch can be resumed. */
  stop(): void;
  /** Never rejects. */
  readonly finished: Promise<void>;
}
