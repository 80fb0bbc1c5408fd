import type { DamagedRun, Purged, UnlockedRun, VerifiedThing } from '../../shared/model/kept/kept.ts';
import type { AuditVerdict } from '../../shared/model/kept/audit.ts';
import type { BackupAge, BackupResult, RetentionResult } from '../../shared/model/kept/backup.ts';
import type { BatchEntry, BatchReport } from '../../shared/model/batch/batch.ts';
import type { CleanupSpec, RuleSet, SearchPlace } from '../../shared/model/batch/cleanup.ts';
import type { FindSpec } from '../../shared/model/found/find.ts';
import type { Inspection } from '../../shared/model/found/inspection.ts';
import type { RestoreSpec } from '../../shared/model/job.ts';
import type { JobNote } from '../../shared/model/kept/job-note.ts';
import type { Login } from '../../shared/model/login.ts';
import type { MissingSpec } from '../../shared/model/found/missing.ts';
import type { MigrateSpec } from '../../shared/model/batch/migrate.ts';
import type { OriginalPlace } from '../../shared/model/batch/restore-several.ts';
import type { ReportFormat, RunEntry, RunReport } from '../../shared/model/kept/report.ts';
import type { FoundServer, FoundUser } from '../../shared/model/server.ts';
import type { CanaryProof } from '../../shared/model/scheduling.ts';
import { AuditedLogins } from './audit/logins.ts';
import { readAudit, verifyAudit, type AuditFilter, type ReadAudit } from './audit/read.ts';
import { noteAudit } from './audit/write.ts';
import { parseRetention } from './backup/retention.ts';
import type { BackupPlace } from './backup/types.ts';
import type { BackupOptions } from './backup/write.ts';
import { isBatch } from './batch/kept/folder.ts';
import type { BatchHandle, BatchOrder, Connect, PreparedBatch } from './batch/types.ts';
import { findServer, type FindOptions as FindServerOptions } from './caldav/discovery/find-server.ts';
import { checkLogin, findUsers } from './caldav/discovery/find-users.ts';
import { connectionFor } from './caldav/login/login.ts';
import { tokenCommand } from './caldav/login/token-command.ts';
import type { Connection, Network } from './caldav/types.ts';
import { openAccount, type KnownAccount } from './jobs/account.ts';
import { backUp } from './jobs/backup.ts';
import { backupAge } from './jobs/backup-age.ts';
import { planOrder, resumeOrder } from './jobs/batches/batch.ts';
import {
  batchReportOf,
  batchText,
  exportBatch,
  listBatchHistory,
  listDamaged,
  listRunHistory,
  readHistory,
  type History,
} from './jobs/batches/history.ts';
import { countCalendars, originalPlaces } from './jobs/batches/original-places.ts';
import { mergeFolders } from './jobs/batches/merge.ts';
import { batchLogins, type BatchLogins } from './jobs/batches/logins.ts';
import { prepareMigration } from './jobs/batches/migration.ts';
import { canary } from './jobs/canary.ts';
import { placesOf } from './jobs/cleanup/places.ts';
import { prepareCleanup } from './jobs/cleanup/prepare.ts';
import { findRuleSet, listRuleSets, removeRuleSet, saveRuleSet } from './jobs/cleanup/rule-sets.ts';
import type { SearchOptions, SearchSpec } from './jobs/cleanup/search.ts';
import { search, type SearchSession } from './jobs/cleanup/session.ts';
import { backupsIn, type Backup } from './jobs/find/backups.ts';
import { find, type FindOptions, type FindSession } from './jobs/find/find.ts';
import { inspect } from './jobs/inspect.ts';
import { missing, type MissingOptions, type MissingSession } from './jobs/missing/missing.ts';
import { createMappings, type Mappings } from './jobs/mapping.ts';
import { openProjects, type Projects } from './mapping/projects.ts';
import { prepareRestore } from './jobs/restore.ts';
import { resume } from './jobs/resume.ts';
import { prepareRetry } from './jobs/retry.ts';
import { annotate } from './jobs/stored/annotate.ts';
import { purge, type PurgeOptions } from './jobs/stored/purge.ts';
import { messagesLeftIn } from './jobs/stored/messages-left.ts';
import { openReport, reportOf, whereOf } from './jobs/stored/history.ts';
import { openRunCalendar, type RunCalendar } from './jobs/stored/run-calendar.ts';
import { runText, type RunText } from './jobs/stored/run-text.ts';
import { unlockRun } from './jobs/stored/unlock.ts';
import { saveOriginals, verify } from './jobs/stored/verify.ts';
import { thinBackups } from './jobs/thin-backups.ts';
import { prepareUndo } from './jobs/undo/undo.ts';
import { parseRule } from './plan/rules/rules.ts';
import { exportReport } from './report/export.ts';
import type { Medium } from './report/html.ts';
import type { ReportView } from './report/view.ts';
import { knownProduct } from './scheduling/recognise.ts';
import { readRules } from './search/judge.ts';
import type {
  BackupProgress,
  CanaryProgress,
  CanarySpec,
  EnginePorts,
  PreparedJob,
  Progress,
  RetryOptions,
  RunHandle,
  RunWhere,
  UndoOptions,
} from './types.ts';
import { paced } from './yielding.ts';

/** What is said with the methods of an engine, beside the types of `types.ts`. */
export type { AuditFilter, ReadAudit } from './audit/read.ts';
export type { BackupPlace } from './backup/types.ts';
export type { BatchHandle, Connect, PreparedBatch } from './batch/types.ts';
export type { NetworkPorts } from './caldav/network/network.ts';
export type { Connection, Network, ProbeAnswers, ProbeMemory } from './caldav/types.ts';
export type { KnownAccount } from './jobs/account.ts';
export type { History } from './jobs/batches/history.ts';
export type { UndoBatchSpec } from './jobs/batches/undo.ts';
export type { SearchSession } from './jobs/cleanup/session.ts';
export type { MissingSession } from './jobs/missing/missing.ts';
export type { FindSession } from './jobs/find/find.ts';
export type { MappingDefaults, ResolvedMapping, ResolvedRow, ServerDefault } from './mapping/defaults.ts';
export type { RunCalendar } from './jobs/stored/run-calendar.ts';
export type { ReportView } from './report/view.ts';
export { openNetwork } from './caldav/network/network.ts';
export { openTempFolder, type TempFolder } from './temp-folder.ts';

/** Everything that Hushcal can do. */
export interface Engine {
  inspect(sources: readonly string[], progress?: Progress, signal?: AbortSignal): Promise<Inspection>;
  /** Which backups sources hold, newest first, and how their dates are known; none of them is read. */
  backupsIn(sources: readonly string[]): Promise<readonly Backup[]>;
  /** Looks for events over several backups: what became of each, from one backup to the next. Needs no server. */
  find(sources: readonly string[], spec: FindSpec, options?: FindOptions): Promise<FindSession>;
  /**
   * Holds backups against a calendar as it is now: what is gone, moved or changed, and since which backup. Writes nothing.
   */
  missing(
    sources: readonly string[],
    spec: MissingSpec,
    connection: Connection,
    options?: MissingOptions,
  ): Promise<MissingSession>;
  /**
   * The way to a server as a login describes it. `secret` reads the password or token; `again` when the last one was
   * refused; `network` is that of the engine when left out. Throws HushError for a template without places for both names.
   */
  connection(login: Login, secret: Connection['password'], concurrency: number, network?: Network): Connection;
  /** Tokens that a shell command prints, one each time that one is needed. Neither is ever written down. */
  tokensOf(command: string, env: NodeJS.ProcessEnv): Connection['password'];
  /** Throws HushError for a rule that is none, and for one that only a search over many calendars can answer. */
  checkRules(rules: readonly string[]): void;
  /**
   * Throws HushError for a rule of a clean-up that is none, and where there is none. `counts`: one of them is answered
   * by counting over all places, so that even one place is a batch.
   */
  checkSearchRules(rules: Pick<CleanupSpec, 'rules' | 'any'>): { readonly counts: boolean };
  /** From the text of a mapping to the calendars that are to be moved. */
  readonly mappings: Mappings;
  /** Migrations in the making under a name. */
  readonly projects: Projects;
  discover(connection: Connection, signal?: AbortSignal, whose?: 'own' | 'home'): Promise<KnownAccount>;
  /** Logs in and looks at nothing: an administrator need not have calendars. Throws HushError. */
  checkLogin(connection: Connection, signal?: AbortSignal): Promise<void>;
  /** Users whose name or address holds a text. Throws HushError `SERVER_NO_SEARCH`. */
  findUsers(connection: Connection, text: string, signal?: AbortSignal): Promise<readonly FoundUser[]>;
  /** The server of a mail address; nobody logs in for it. Throws HushError with all that was tried. */
  findServer(address: string, options?: FindServerOptions): Promise<FoundServer>;
  /** Calendars into one zip, verified. What is missing in it is named in the result; then it is not complete. */
  backup(
    places: readonly BackupPlace[],
    connect: Connect,
    out: string,
    options?: BackupOptions,
    progress?: BackupProgress,
    signal?: AbortSignal,
  ): Promise<BackupResult>;
  /** Throws HushError for a rule that says not what to keep. */
  checkRetention(rule: string): void;
  /**
   * Which backups of a folder stay by a rule such as `7d,4w,12m`; the others are deleted with `consent` only. All are
   * verified first, and nothing goes that no newer whole one replaces. Throws HushError for what is no rule or folder.
   */
  thinBackups(folder: string, rule: string, consent: boolean, signal?: AbortSignal): Promise<RetentionResult>;
  /** How old the newest whole and verified backups of a folder are. Throws HushError where it cannot be read. */
  backupAge(folder: string, mostMs: number, signal?: AbortSignal): Promise<BackupAge>;
  /**
   * Finds out with test events whether the server of a calendar keeps quiet; all are removed again. Only with consent:
   * one of them is sent openly. The result counts for plans of the next seven days.
   */
  canary(
    spec: CanarySpec,
    connection: Connection,
    progress?: CanaryProgress,
    signal?: AbortSignal,
  ): Promise<CanaryProof>;
  prepareRestore(
    spec: RestoreSpec,
    connection: Connection,
    progress?: Progress,
    signal?: AbortSignal,
  ): Promise<PreparedJob>;
  /**
   * The calendars of backups, and where each goes back on a server: by address, then by name, else to a new one. A restore
   * of several is a batch of the kind `restore`.
   */
  originalPlaces(
    sources: readonly string[],
    connection: Connection,
    signal?: AbortSignal,
    whose?: 'own' | 'home',
  ): Promise<readonly OriginalPlace[]>;
  /** How many calendars backups hold, as `originalPlaces` names them; loose files count as one. */
  countCalendars(sources: readonly string[]): Promise<number>;
  /** Messages that a stopped or interrupted run or batch has still to send, at most. */
  messagesLeft(id: string): Promise<number>;
  /**
   * Goes on with a stopped or interrupted run; what is unknown is read, never sent again blindly. `named`: the number of
   * messages left, as the person named it; null is enough where none is left.
   */
  resume(runId: string, connection: Connection, named: number | null): Promise<RunHandle>;
  prepareUndo(runId: string, connection: Connection, options?: UndoOptions): Promise<PreparedJob>;
  prepareRetry(runId: string, connection: Connection, options?: RetryOptions): Promise<PreparedJob>;
  /** The calendars and the schedule inbox that can be searched for one user. */
  searchPlaces(login: Login, connect: Connect, signal?: AbortSignal): Promise<readonly SearchPlace[]>;
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
  /** Step 1 of a migration: every calendar in place, and nobody outside hears of it. */
  prepareMigration(
    spec: MigrateSpec,
    connect: Connect,
    progress?: Progress,
    signal?: AbortSignal,
  ): Promise<PreparedBatch>;
  /** Goes on with a stopped or interrupted batch: what is done is not touched, what never began is planned anew. */
  resumeBatch(batchId: string, connect: Connect, named: number | null): Promise<BatchHandle>;
  /** The logins of a batch, and those that a resume of it needs. */
  batchLogins(batchId: string): Promise<BatchLogins>;
  /** Whether a name is that of a batch; its folder is not read, and may be damaged. */
  isBatch(id: string): Promise<boolean>;
  batches(): Promise<readonly BatchEntry[]>;
  batchReport(batchId: string): Promise<BatchReport>;
  /** `mailbox`: the calendars of one mailbox only, with every event of them. */
  exportBatchReport(batchId: string, format: ReportFormat, mailbox?: string | null, medium?: Medium): Promise<string>;
  /** One report of a job that was done in several places: each a folder of runs, or one batch in such a folder. */
  mergeReports(folders: readonly string[], format: ReportFormat): Promise<string>;
  /** Of what a server calls itself: the name of a known product and the digits of its version; null for any other. */
  knownProduct(product: string | null): string | null;
  /** What `runs`, `batches` and `damaged` give, for whoever wants all of it: it is read once. */
  history(): Promise<History>;
  runs(): Promise<readonly RunEntry[]>;
  /** Runs and batches whose folders cannot be believed. */
  damaged(): Promise<readonly DamagedRun[]>;
  /** Checks a backup, a run or a batch, by path or name; asks no server. Throws HushError when there is none. */
  verify(name: string): Promise<VerifiedThing>;
  /** Takes the lock of a run or a batch from a holder elsewhere that a person says is dead. */
  unlock(runId: string): Promise<UnlockedRun>;
  /** Who did what with these runs, oldest first; what cannot be read is named. */
  audit(filter?: AuditFilter): Promise<ReadAudit>;
  /** Whether each line of the audit follows the one before it; `anchor`: the hash of one that was once the last. */
  verifyAudit(anchor?: string | null): Promise<AuditVerdict>;
  /** Notes that a person trusts a certificate. Throws HushError `AUDIT_NOT_WRITTEN`: then it must not be trusted. */
  noteTrust(trusted: { readonly host: string | null; readonly sha256: string }): Promise<void>;
  /** Writes what a run saved before it overwrote or deleted it into a folder, as files that can be restored. */
  saveOriginals(name: string, out: string): Promise<{ readonly saved: number; readonly damaged: number }>;
  /** Where a run goes to, of what, and who logged in for it. Throws HushError when there is no such run. */
  whereOf(runId: string): Promise<RunWhere>;
  /** Puts a ticket and a note in the place of what a run or a batch has; what is left out is taken away. */
  annotate(id: string, note: JobNote): Promise<void>;
  /** Deletes runs and batches from this computer; what must stay is named. No server is asked. */
  purge(ids: readonly string[], options?: PurgeOptions): Promise<Purged>;
  report(runId: string): Promise<RunReport>;
  /** The event behind one row of a run, as the run keeps it; null where it keeps no text of it. */
  runText(runId: string, row: number): Promise<RunText | null>;
  /** The same to be read in pages. */
  openReport(runId: string): Promise<ReportView>;
  /** The calendar before and after a run, week by week. */
  openRunCalendar(runId: string): Promise<RunCalendar>;
  /**
   * A report as text, piece by piece: the whole would be many megabytes. `serverName` is how persons call the server, for
   * the formats that persons read.
   */
  exportReport(
    runId: string,
    format: ReportFormat,
    serverName?: string | null,
    medium?: Medium,
  ): Promise<AsyncIterable<string>>;
}

/** The engine behind the window and the command line. Plain Node; it keeps no state but what is in the runs folder. */
export function createEngine(ports: EnginePorts): Engine {
  const logins = new AuditedLogins(ports);
  return {
    inspect: (sources, progress, signal) => inspect(ports, sources, progress, signal),
    backupsIn: (sources) => backupsIn(sources),
    find: (sources, spec, options) => find(ports, sources, spec, options),
    missing: (sources, spec, connection, options) => missing(ports, sources, spec, connection, options),
    connection: (login, secret, concurrency, network = ports.network) =>
      connectionFor(login, logins.noting(login, secret), concurrency, network),
    tokensOf: tokenCommand,
    checkRules(rules) {
      for (const rule of rules) parseRule(rule);
    },
    checkSearchRules: (rules) => ({ counts: readRules(rules).crowd.length > 0 }),
    mappings: createMappings(ports),
    projects: openProjects(ports),
    discover: openAccount,
    checkLogin: (connection, signal) => checkLogin(connection, { signal }),
    findUsers: (connection, text, signal) => findUsers(connection, text, { signal }),
    findServer: (address, options) => findServer(address, { network: ports.network, ...options }),
    backup: (places, connect, out, options, progress, signal) =>
      backUp(ports, places, connect, out, options, progress, signal),
    checkRetention(rule) {
      parseRetention(rule);
    },
    thinBackups: (folder, rule, consent, signal) => thinBackups(ports, folder, rule, consent, signal),
    backupAge: (folder, mostMs, signal) => backupAge(ports, folder, mostMs, signal),
    canary: (spec, connection, progress, signal) => canary(ports, spec, connection, progress, signal),
    prepareRestore: (spec, connection, progress, signal) => prepareRestore(ports, spec, connection, progress, signal),
    originalPlaces: (sources, connection, signal, whose) => originalPlaces(sources, connection, signal, whose),
    countCalendars: (sources) => countCalendars(sources),
    messagesLeft: (id) => messagesLeftIn(ports.runsDir, id),
    resume: (runId, connection, named) => resume(ports, runId, connection, named),
    prepareUndo: (runId, connection, options) => prepareUndo(ports, runId, connection, options),
    prepareRetry: (runId, connection, options) => prepareRetry(ports, runId, connection, options),
    searchPlaces: (login, connect, signal) => placesOf(login, connect, signal),
    search: (spec, connect, options) => search(spec, connect, options),
    prepareCleanup: (spec, place, connection, progress, signal) =>
      prepareCleanup(ports, spec, place, connection, progress, signal),
    ruleSets: () => listRuleSets(ports),
    ruleSet: (name) => findRuleSet(ports, name),
    saveRuleSet: (set) => saveRuleSet(ports, set),
    removeRuleSet: (id) => removeRuleSet(ports, id),
    prepareBatch: (order, connect, progress, signal) => planOrder(ports, order, connect, progress, signal),
    prepareMigration: (spec, connect, progress, signal) => prepareMigration(ports, spec, connect, progress, signal),
    resumeBatch: (batchId, connect, named) => resumeOrder(ports, batchId, connect, named),
    batchLogins: (batchId) => batchLogins(ports.runsDir, batchId),
    isBatch: (id) => isBatch(ports.runsDir, id),
    batches: () => listBatchHistory(ports.runsDir),
    batchReport: (batchId) => batchReportOf(ports.runsDir, batchId),
    exportBatchReport: (batchId, format, mailbox, medium) =>
      exportBatch(ports.runsDir, batchId, format, mailbox, medium),
    mergeReports: async (folders, format) => batchText(await mergeFolders(folders), format),
    history: () => readHistory(ports.runsDir),
    runs: () => listRunHistory(ports.runsDir),
    damaged: () => listDamaged(ports.runsDir),
    knownProduct,
    verify: (name) => verify(ports.runsDir, name),
    unlock: (runId) => unlockRun(ports, runId),
    audit: (filter) => readAudit(ports.runsDir, filter),
    verifyAudit: (anchor) => verifyAudit(ports.runsDir, anchor),
    noteTrust: ({ host, sha256 }) => noteAudit(ports, { what: 'trust', host, sha256 }),
    saveOriginals: (name, out) => saveOriginals(ports.runsDir, name, out),
    whereOf: (runId) => whereOf(ports.runsDir, runId),
    annotate: (id, note) => annotate(ports.runsDir, id, note),
    purge: (ids, options) => purge(ports, ids, options),
    report: (runId) => reportOf(ports.runsDir, runId),
    openRunCalendar: (runId) => openRunCalendar(ports.runsDir, runId),
    openReport: (runId) => openReport(ports.runsDir, runId),
    runText: (runId, row) => runText(ports.runsDir, runId, row),
    exportReport: async (runId, format, name, medium) =>
      paced(exportReport(await reportOf(ports.runsDir, runId), format, name, medium)),
  };
}
