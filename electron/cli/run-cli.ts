import { hasCode, toFailure, type HushError } from '../../shared/model/failure.ts';
import type { FailureCode } from '../../shared/model/failure-codes.ts';
import { schedulingMode, type SchedulingMode } from '../../shared/model/scheduling.ts';
import { runPracticeCommand, PRACTICE_USAGE } from '../practice/command.ts';
import { ANNOUNCE_USAGE, announceCommand } from './commands/announce.ts';
import { UsageError } from './options/args.ts';
import { CANARY_USAGE, canaryCommand } from './commands/canary.ts';
import { BACKUP_USAGE, backupCommand } from './commands/backup.ts';
import { CLEANUP_USAGE, cleanupCommand } from './commands/cleanup.ts';
import { showFailure } from './running/consent.ts';
import { FIND_USAGE, findCommand } from './commands/find.ts';
import { commandHelp, overview } from './output/help.ts';
import { INSPECT_USAGE, inspectCommand } from './commands/inspect.ts';
import { certificateText } from './output/certificate-text.ts';
import { EXIT, print, tell, type CliIo } from './io.ts';
import { RESTORE_USAGE, restoreCommand } from './commands/restore.ts';
import { RESUME_USAGE, resumeCommand } from './commands/resume.ts';
import { MIGRATE_USAGE, migrateCommand } from './commands/migrate.ts';
import { REPORT_USAGE, reportCommand, RUNS_USAGE, runsCommand } from './commands/runs.ts';
import { PURGE_USAGE, purgeCommand } from './commands/purge.ts';
import { UNLOCK_USAGE, unlockCommand } from './commands/unlock.ts';
import { VERIFY_USAGE, verifyCommand } from './commands/verify.ts';
import { RETRY_USAGE, retryCommand, UNDO_USAGE, undoCommand } from './commands/undo.ts';

interface Command {
  readonly usage: string;
  run(argv: readonly string[], io: CliIo): Promise<number>;
}

const COMMANDS: Readonly<Record<string, Command>> = {
  practice: { usage: PRACTICE_USAGE.replace(/^Usage: /, ''), run: (argv) => runPracticeCommand(argv) },
  inspect: { usage: INSPECT_USAGE, run: inspectCommand },
  find: { usage: FIND_USAGE, run: findCommand },
  backup: { usage: BACKUP_USAGE, run: backupCommand },
  canary: { usage: CANARY_USAGE, run: canaryCommand },
  restore: { usage: RESTORE_USAGE, run: restoreCommand },
  migrate: { usage: MIGRATE_USAGE, run: migrateCommand },
  announce: { usage: ANNOUNCE_USAGE, run: announceCommand },
  cleanup: { usage: CLEANUP_USAGE, run: cleanupCommand },
  resume: { usage: RESUME_USAGE, run: resumeCommand },
  undo: { usage: UNDO_USAGE, run: undoCommand },
  retry: { usage: RETRY_USAGE, run: retryCommand },
  runs: { usage: RUNS_USAGE, run: runsCommand },
  report: { usage: REPORT_USAGE, run: reportCommand },
  verify: { usage: VERIFY_USAGE, run: verifyCommand },
  unlock: { usage: UNLOCK_USAGE, run: unlockCommand },
  purge: { usage: PURGE_USAGE, run: purgeCommand },
};

/**
 * Runs one command line. Gives the exit code (docs/exit-codes.md); never throws, and never shows a stack: what goes wrong is one
 * sentence on standard error.
 */
export async function runCli(argv: readonly string[], io: CliIo): Promise<number> {
  const [name = '', ...rest] = argv;
  if (name === '--help' || name === '-h' || name === 'help') {
    await print(io, overview());
    return EXIT.done;
  }
  const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (command === undefined) {
    tell(io, name === '' ? overview() : `There is no command "${name}".\n\n${overview()}`);
    return EXIT.nothingWritten;
  }
  if (rest.includes('--help') || rest.includes('-h')) {
    await print(io, commandHelp(name, command.usage));
    return EXIT.done;
  }
  try {
    return await command.run(rest, io);
  } catch (error) {
    return explain(error, name, rest, io);
  }
}

async function explain(error: unknown, command: string, argv: readonly string[], io: CliIo): Promise<number> {
  const usage = error instanceof UsageError || isInputError(error);
  const failure = error instanceof UsageError ? usageFailure(error) : toFailure(error);
  const sentence = [failure.message, OPTION_FOR[failure.code]].filter(Boolean).join(' ');
  const message = [sentence, ...certificateText(failure)].join('\n');
  tell(io, usage ? `${message}\nAll options: hushcal ${command} --help` : message);
  if (argv.includes('--json')) await showFailure(failure, modeIn(argv), io);
  return EXIT.nothingWritten;
}

/** What the engine advises, in the words of the command line. */
const OPTION_FOR: Partial<Record<FailureCode, string>> = {
  CALENDAR_MISSING: 'A new one is made with --make-calendar.',
  FILE_EXISTS: 'It is replaced with --overwrite.',
  PROXY_INVALID: 'It is given with --proxy.',
  PROXY_UNAUTHORIZED: 'Its password is read from the variable that --proxy-password-env names.',
  PROXY_UNREACHABLE: 'Another one is named with --proxy, or none with --proxy none.',
  PROXY_UNSUPPORTED: 'Another one is named with --proxy, or none with --proxy none.',
  TLS_CHECK_OFF: 'An issuer is given with --ca FILE, a certificate trusted with --trust-fingerprint SHA256.',
  TLS_CLIENT_CERTIFICATE: 'Yours is given with --cert and --key.',
  TLS_SELF_SIGNED: 'It is given with --ca FILE.',
  TLS_UNTRUSTED: 'The certificate of its issuer is given with --ca FILE.',
};

/** Words of the command line that the engine judges: rules, modes, addresses. */
function isInputError(error: unknown): boolean {
  return hasCode(error, ['INPUT_RULE', 'MODE_UNKNOWN', 'ADDRESS_INVALID']);
}

/** The mode that was asked for, as far as the arguments say it; what cannot be one counts as `none`. */
function modeIn(argv: readonly string[]): SchedulingMode {
  const at = argv.findLastIndex((arg) => arg === '--scheduling' || arg.startsWith('--scheduling='));
  const text = argv[at] === '--scheduling' ? argv[at + 1] : argv[at]?.slice('--scheduling='.length);
  const mode = schedulingMode.safeParse(text);
  return mode.success ? mode.data : 'none';
}

function usageFailure(error: UsageError): HushError['failure'] {
  return { code: 'USAGE', message: error.message, reaction: 'fix-input' };
}
