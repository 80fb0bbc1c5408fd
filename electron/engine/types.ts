import type { DamagedRun, VerifiedThing } from '../../shared/model/kept.ts';
import type { BatchEntry, BatchReport } from '../../shared/model/batch.ts';
import type { BackupResult } from '../../shared/model/backup.ts';
import type { CleanupSpec, RuleSet, SearchPlace } from '../../shared/model/cleanup.ts';
import type { FindSpec } from '../../shared/model/find.ts';
import type { Login } from '../../shared/model/login.ts';
import type { Inspection } from '../../shared/model/inspection.ts';
import type { JobEvent, RestoreSpec } from '../../shared/model/job.ts';
import type { MigrateSpec } from '../../shared/model/migrate.ts';
import type { PlanRowDetail, PlanSummary, ResolutionChoice } from '../../shared/model/plan.ts';
import type { ReportFormat, RunEntry, RunReport } from '../../shared/model/report.ts';
import type { RowFilter } from '../../shared/ipc/contract.ts';
import type { PlanRow, Action } from '../../shared/model/plan.ts';
import type { CanaryProof, SchedulingMode } from '../../shared/model/scheduling.ts';
import type { BackupOptions } from './backup/write.ts';
import type { BackupPlace } from './backup/types.ts';
import type { BatchHandle, BatchOrder, Connect, PreparedBatch } from './batch/types.ts';
import type { Pacer } from './caldav/transport/pace.ts';
import type { Connection } from './caldav/types.ts';
import type { KnownAccount } from './jobs/account.ts';
import type { SearchOptions, SearchSpec } from './jobs/cleanup/search.ts';
import type { Backup } from './jobs/find/backups.ts';
import type { FindOptions, FindSession } from './jobs/find/find.ts';
import type { SearchSession } from './jobs/cleanup/session.ts';
import type { ReportView } from './report/view.ts';
import type { NotifiedItem } from './scheduling/types.ts';

/** What the engine needs from outside. Plain Node: the window and the command line give the same ports. */
export interface EnginePorts {
  /** Folder of the runs; made when missing. */
  readonly runsDir: string;
  readonly now: () => Date;
  /** For spooled input; made when missing, emptied by the engine. */
  readonly tempDir: string;
}

export type Progress = (phase: string, done: number, of: number | null) => void;

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
  ): Promise<{
    readonly rows: readonly PlanRow[];
    readonly matching: number;
    readonly matchingWrites: number;
    readonly matchingExcluded: number;
    readonly counts: Readonly<Record<Action, number>>;
  }>;
  row(id: number): Promise<PlanRowDetail>;
  /** Resolves when the summary is that of the new selection. */
  select(rows: readonly number[] | RowFilter, include: boolean): Promise<void>;
  /**
   * Settles rows that are on the server with another meaning, each as far as it offers the choice (see
   * `PlanRowDetail.choices`). Rejects with a HushError (fix-input) when none of the rows does.
   */
  resolve(rows: readonly number[] | RowFilter, choice: ResolutionChoice): Promise<void>;
  /**
   * Runs exactly this plan. Refuses (HushError, nothing written) when `hash` is not the plan's, when the verdict is
   * blocked, when a safety stop stands, when the target changed since, or when mode `all` and the number do not agree.
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
  /** Path of each object in the real calendar (as `pathKey` writes it) → its path on the stage. */
  readonly places: ReadonlyMap<string, string>;
}

export interface Consent {
  readonly hash: string;
  /** For mode `all`: the number of messages that the person typed. Null on the command line, where `--yes` says it. */
  readonly typedMessages: number | null;
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
}

export interface UndoOptions extends RetryOptions {
  /** Rules of DESIGN §7; all must hold for a change to be taken back. Empty: everything. */
  readonly only?: readonly string[] | undefined;
}

/** What is needed to log in for a run again. */
export type RunWhere = Pick<RunEntry, 'server' | 'calendarUrl' | 'user' | 'behalf'>;

export interface Engine {
  inspect(sources: readonly string[], progress?: Progress, signal?: AbortSignal): Promise<Inspection>;
  /** Which backups sources hold, newest first, and how their dates are known; none of them is read. */
  backupsIn(sources: readonly string[]): Promise<readonly Backup[]>;
  /** Looks for events over several backups: what became of each, from one backup to the next. Needs no server. */
  find(sources: readonly string[], spec: FindSpec, options?: FindOptions): Promise<FindSession>;
  discover(connection: Connection): Promise<KnownAccount>;
  /** Calendars into one zip, verified. What is missing in it is named in the result; then it is not complete. */
  backup(
    places: readonly BackupPlace[],
    connect: Connect,
    out: string,
    options?: BackupOptions,
    progress?: Progress,
    signal?: AbortSignal,
  ): Promise<BackupResult>;
  /**
   * Finds out with test events whether the server of a calendar keeps quiet; all are removed again. Only with consent:
   * one of them is sent openly. The result counts for plans of the next seven days.
   */
  canary(spec: CanarySpec, connection: Connection, progress?: Progress, signal?: AbortSignal): Promise<CanaryProof>;
  prepareRestore(
    spec: RestoreSpec,
    connection: Connection,
    progress?: Progress,
    signal?: AbortSignal,
  ): Promise<PreparedJob>;
  /** Goes on with a stopped or interrupted run; what is unknown is read, never sent again blindly. */
  resume(runId: string, connection: Connection): Promise<RunHandle>;
  prepareUndo(runId: string, connection: Connection, options?: UndoOptions): Promise<PreparedJob>;
  prepareRetry(runId: string, connection: Connection, options?: RetryOptions): Promise<PreparedJob>;
  /** The calendars and the schedule inbox that can be searched for one user. */
  searchPlaces(login: Login, connect: Connect): Promise<readonly SearchPlace[]>;
  /** Looks for events over many places; writes nothing. */
  search(spec: SearchSpec, connect: Connect, options?: SearchOptions): Promise<SearchSession>;
  /** The clean-up of one place of the spec; of several places it is a batch of the kind `cleanup`. */
  prepareCleanup(
    spec: CleanupSpec,
    place: number,
    connection: Connection,
    progress?: Progress,
    signal?: AbortSignal,
  ): Promise<PreparedJob>;
  /** Rules under a name: those of the program first. */
  ruleSets(): Promise<readonly RuleSet[]>;
  /** By name or id. Throws HushError when there is none. */
  ruleSet(name: string): Promise<RuleSet>;
  /** `id` null: new, or in the place of the one with that name. */
  saveRuleSet(
    set: Pick<RuleSet, 'name' | 'rules' | 'any'> & { readonly id: string | null },
  ): Promise<readonly RuleSet[]>;
  removeRuleSet(id: string): Promise<readonly RuleSet[]>;
  /** Plans one job over many calendars; nothing is written before its `start`. */
  prepareBatch(order: BatchOrder, connect: Connect, progress?: Progress, signal?: AbortSignal): Promise<PreparedBatch>;
  /** Act one of a migration: every calendar in place, and nobody outside hears of it. */
  prepareMigration(
    spec: MigrateSpec,
    connect: Connect,
    progress?: Progress,
    signal?: AbortSignal,
  ): Promise<PreparedBatch>;
  /** Goes on with a stopped or interrupted batch: what is done is not touched, what never began is planned anew. */
  resumeBatch(batchId: string, connect: Connect): Promise<BatchHandle>;
  batches(): Promise<readonly BatchEntry[]>;
  batchReport(batchId: string): Promise<BatchReport>;
  /** `mailbox`: the calendars of one mailbox only, with every event of them. */
  exportBatchReport(batchId: string, format: ReportFormat, mailbox?: string | null): Promise<string>;
  runs(): Promise<readonly RunEntry[]>;
  /** Runs and batches whose folders cannot be believed. */
  damaged(): Promise<readonly DamagedRun[]>;
  /** Checks a backup, a run or a batch, by path or name; asks no server. Throws HushError when there is none. */
  verify(name: string): Promise<VerifiedThing>;
  /** Writes what a run saved before it overwrote or deleted it into a folder, as files that can be restored. */
  saveOriginals(name: string, out: string): Promise<{ readonly saved: number; readonly damaged: number }>;
  /** Where a run goes to, and who logged in for it. Throws HushError when there is no such run. */
  whereOf(runId: string): Promise<RunWhere>;
  report(runId: string): Promise<RunReport>;
  /** The same to be read in pages. */
  openReport(runId: string): Promise<ReportView>;
  /**
   * A report as text, piece by piece: the whole would be many megabytes. `serverName` is how persons call the server, for
   * the formats that persons read.
   */
  exportReport(runId: string, format: ReportFormat, serverName?: string | null): Promise<AsyncIterable<string>>;
}
