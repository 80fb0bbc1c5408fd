import type { CliIo } from './io.ts';

/** A command: what it takes, and what it does. */
interface Command {
  /** One line, from `hushcal` on. */
  readonly usage: string;
  run(argv: readonly string[], io: CliIo): Promise<number>;
}

/** Each is loaded when it is asked for: most of a start would otherwise be spent on what it does not use. */
const COMMANDS: Readonly<Record<string, () => Promise<Command>>> = {
  practice: () => import('../practice/command.ts').then((m) => ({ usage: m.PRACTICE_USAGE, run: m.practiceCommand })),
  inspect: () => import('./commands/inspect.ts').then((m) => ({ usage: m.INSPECT_USAGE, run: m.inspectCommand })),
  find: () => import('./commands/find.ts').then((m) => ({ usage: m.FIND_USAGE, run: m.findCommand })),
  missing: () => import('./commands/missing.ts').then((m) => ({ usage: m.MISSING_USAGE, run: m.missingCommand })),
  backup: () => import('./commands/backup.ts').then((m) => ({ usage: m.BACKUP_USAGE, run: m.backupCommand })),
  'backup-age': () =>
    import('./commands/kept-backups/age.ts').then((m) => ({ usage: m.BACKUP_AGE_USAGE, run: m.backupAgeCommand })),
  restore: () => import('./commands/restore.ts').then((m) => ({ usage: m.RESTORE_USAGE, run: m.restoreCommand })),
  canary: () => import('./commands/canary.ts').then((m) => ({ usage: m.CANARY_USAGE, run: m.canaryCommand })),
  migrate: () =>
    import('./commands/migrate/migrate.ts').then((m) => ({ usage: m.MIGRATE_USAGE, run: m.migrateCommand })),
  announce: () => import('./commands/announce.ts').then((m) => ({ usage: m.ANNOUNCE_USAGE, run: m.announceCommand })),
  cleanup: () => import('./commands/cleanup.ts').then((m) => ({ usage: m.CLEANUP_USAGE, run: m.cleanupCommand })),
  resume: () =>
    import('./commands/resume-undo/resume.ts').then((m) => ({ usage: m.RESUME_USAGE, run: m.resumeCommand })),
  undo: () => import('./commands/resume-undo/undo.ts').then((m) => ({ usage: m.UNDO_USAGE, run: m.undoCommand })),
  retry: () => import('./commands/resume-undo/undo.ts').then((m) => ({ usage: m.RETRY_USAGE, run: m.retryCommand })),
  runs: () => import('./commands/runs.ts').then((m) => ({ usage: m.RUNS_USAGE, run: m.runsCommand })),
  report: () => import('./commands/runs.ts').then((m) => ({ usage: m.REPORT_USAGE, run: m.reportCommand })),
  verify: () => import('./commands/verify.ts').then((m) => ({ usage: m.VERIFY_USAGE, run: m.verifyCommand })),
  unlock: () => import('./commands/unlock.ts').then((m) => ({ usage: m.UNLOCK_USAGE, run: m.unlockCommand })),
  audit: () => import('./commands/audit.ts').then((m) => ({ usage: m.AUDIT_USAGE, run: m.auditCommand })),
  purge: () => import('./commands/purge.ts').then((m) => ({ usage: m.PURGE_USAGE, run: m.purgeCommand })),
  diagnostics: () =>
    import('./commands/diagnostics.ts').then((m) => ({ usage: m.DIAGNOSTICS_USAGE, run: m.diagnosticsCommand })),
  schema: () => import('./commands/schema.ts').then((m) => ({ usage: m.SCHEMA_USAGE, run: m.schemaCommand })),
};

export const COMMAND_NAMES: readonly string[] = Object.keys(COMMANDS);

/** The command of that name; null where there is none. */
export async function loadCommand(name: string): Promise<Command | null> {
  return Object.hasOwn(COMMANDS, name) ? ((await COMMANDS[name]?.()) ?? null) : null;
}
