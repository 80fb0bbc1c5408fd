import type { AuditBy } from '../../shared/model/kept/audit.ts';
import type { Failure } from '../../shared/model/failure.ts';
import type { DayRange, Occurrences } from '../../shared/model/found/occurrences.ts';
import type { Totals } from '../../shared/model/outcome.ts';
import type { JobEvent, Phase, Rewrites, RunStatus } from '../../shared/model/job.ts';
import type { JobNote } from '../../shared/model/kept/job-note.ts';
import type {
  Action,
  ChosenRows,
  PlanRow,
  PlanRowDetail,
  PlanSummary,
  ResolutionChoice,
  RowFilter,
  RowSort,
  VariedColumns,
} from '../../shared/model/plan.ts';
import type { RunEntry } from '../../shared/model/kept/report.ts';
import type { SchedulingMode } from '../../shared/model/scheduling.ts';
import type { Pacer } from './caldav/transport/pace.ts';
import type { Connection, Network } from './caldav/types.ts';
import type { NotifiedItem } from './scheduling/types.ts';

/*
 * What the engine is asked with and what it gives back, for every room of it. `engine.ts` is the other half of its face:
 * what it can do. The window and the command line import these two and nothing behind them.
 */

/** What the engine needs from outside. Plain Node: the window and the command line give the same ports. */
export interface EnginePorts {
  /** Folder of the runs; made when missing. */
  readonly runsDir: string;
  readonly now: () => Date;
  /** How servers are reached where a connection does not say; directly when left out. */
  readonly network?: Network;
  /** For spooled input; made when missing, emptied by the engine. */
  readonly tempDir: string;
  /** Who is at this computer, and in which front end: it stands in reports and in the audit. */
  readonly operator?: AuditBy | undefined;
}

/** The name of the account, as the heads of runs and batches keep it. */
export function operatorIn({ operator }: Pick<EnginePorts, 'operator'>): { readonly operator?: string } {
  return operator?.user === undefined || operator.user === null ? {} : { operator: operator.user };
}

/** What is noted of a job while it runs. `started` and `ended` resolve when it is on the disk. */
export interface JobAudit {
  /** Before anything is sent. Throws HushError `AUDIT_NOT_WRITTEN`: then nothing is. */
  started(): Promise<void>;
  /** Somebody asked it to stop; said once, however often. */
  stopping(): void;
  ended(status: RunStatus, totals: Totals, problems: readonly Failure[]): Promise<void>;
}

export type Progress = (phase: Phase, done: number, of: number | null) => void;

/** How far a backup is. `calendar`: the shown name of the one that is read; null while the archive is read back. */
export type BackupProgress = (calendar: string | null, done: number, of: number | null) => void;

/** How far a canary is, of four steps. */
export type CanaryProgress = (step: 'control' | 'create' | 'update' | 'removing', done: number, of: number) => void;

/** The calendar in which a canary is tried. */
export interface CanarySpec {
  readonly calendarUrl: string;
}

/** A plan waiting for consent. Immutable but for what the person selects and settles, which changes its hash. */
export interface PreparedJob {
  readonly summary: PlanSummary;
  rows(
    filter: RowFilter,
    offset: number,
    limit: number,
    /** In the order of the plan when left out. */
    sort?: RowSort | null,
  ): Promise<{
    readonly rows: readonly PlanRow[];
    readonly matching: number;
    readonly matchingWrites: number;
    readonly matchingExcluded: number;
    readonly counts: Readonly<Record<Action, number>>;
    readonly varied: VariedColumns;
  }>;
  row(id: number): Promise<PlanRowDetail>;
  /** The calendar before and after, in some days; what is in no row is there only where nothing is filtered. */
  occurrences(filter: RowFilter, range: DayRange): Promise<Occurrences>;
  /** Resolves when the summary is that of the new selection. */
  select(rows: ChosenRows, include: boolean): Promise<void>;
  /**
   * Settles rows that are on the server with another meaning, each as far as it offers the choice (see
   * `PlanRowDetail.choices`). Rejects with a HushError (fix-input) when none of the rows does.
   */
  resolve(rows: ChosenRows, choice: ResolutionChoice): Promise<void>;
  /**
   * Runs exactly this plan. Refuses (HushError, nothing written) when `hash` is not the plan's, when the verdict is
   * blocked, when a safety stop stands, when the target changed since, or when it sends another number of messages.
   */
  start(consent: Consent, place?: RunPlace): Promise<RunHandle>;
  /** Whom each of its writes would tell, one after the other. */
  notified(): Iterable<NotifiedItem>;
  /** What the calendar holds now, to make a copy of it. */
  copyTarget(progress?: Progress, signal?: AbortSignal): Promise<TargetCopy>;
  /** Runs the very same steps on a copy of the calendar; the plan still waits for consent afterwards. */
  rehearse(stage: RehearsalStage): Promise<RunHandle>;
  discard(): Promise<void>;
}

/** A calendar as it is, and whose it is. */
export interface TargetCopy {
  readonly user: string;
  readonly addresses: readonly string[];
  /** Mail domains whose people have calendars on the same server. */
  readonly insideDomains: readonly string[];
  readonly calendar: string;
  readonly objects: readonly { readonly href: string; readonly text: string }[];
}

/** Where a rehearsal takes place: a server that announces scheduling-controls and holds a copy of the calendar. */
export interface RehearsalStage {
  readonly calendarUrl: string;
  readonly connection: Connection;
  readonly runsDir: string;
  /** Href of each object in the real calendar, as the copy names it → its path on the stage. */
  readonly places: ReadonlyMap<string, string>;
}

export interface Consent {
  readonly hash: string;
  /** The number of messages that the person named; null is enough only where none is sent. */
  readonly typedMessages: number | null;
  /** The ticket and the note to keep with the run; no part of what is consented to. */
  readonly jobNote?: JobNote | undefined;
}

/** What a run is given by the batch that it is a part of. */
export interface RunPlace {
  /** Chosen by the batch, which writes it down before the run begins. */
  readonly runId: string;
  readonly batch: string;
  /** The budget of requests that all runs on its origin share. */
  readonly pacer: Pacer;
}

export interface RunHandle {
  readonly runId: string;
  /** Every event from the first one, once; ends after `settled`. */
  events(): AsyncIterable<readonly JobEvent[]>;
  pause(paused: boolean): void;
  /** Ends after the requests under way; the run can be resumed. */
  stop(): void;
  /** Never rejects: a failure is in the events, and `settled` is the last one. */
  readonly finished: Promise<void>;
}

export interface RetryOptions {
  /** Whom to tell; as the run did when left out. */
  readonly mode?: SchedulingMode | undefined;
  /**
   * Also what is in conflict, or was saved and changed by the server: nothing becomes of it unless a person settles it. And
   * whole events that were rejected: the calendar may take them by now.
   */
  readonly attention?: boolean | undefined;
  /** Consented to now, besides what the run was consented to with. */
  readonly rewrites?: Pick<Rewrites, 'brokenLines'> | undefined;
}

export interface UndoOptions extends RetryOptions {
  /** Rules (docs/rules.md); all must hold for a change to be taken back. Empty: everything. */
  readonly only?: readonly string[] | undefined;
}

/** What is needed to log in for a run again, and to say what it was. */
export type RunWhere = Pick<RunEntry, 'server' | 'calendar' | 'calendarUrl' | 'user' | 'behalf' | 'sources'>;
