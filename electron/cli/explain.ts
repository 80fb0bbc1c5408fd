import { hasCode, toFailure, type HushError } from '../../shared/model/failure.ts';
import type { FailureCode } from '../../shared/model/failure-codes.ts';
import { schedulingMode, type SchedulingMode } from '../../shared/model/scheduling.ts';
import { openLog } from '../diagnostics/log.ts';
import { userDataDir } from '../paths.ts';
import { UsageError } from './options/args.ts';
import { showFailure } from './running/consent.ts';
import { certificateText } from './output/certificate-text.ts';
import { EXIT, tell, type CliIo } from './io.ts';

/** Says what went wrong, in one sentence and without a stack. Gives the exit code. */
export async function explain(error: unknown, command: string, argv: readonly string[], io: CliIo): Promise<number> {
  openLog(userDataDir(io.env)).failed(`cli.${command}`, error);
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
  NOTHING_TO_VERIFY: '"hushcal inspect" looks at its events.',
  PROXY_INVALID: 'It is given with --proxy.',
  PROXY_UNAUTHORIZED: 'Its password is read from the variable that --proxy-password-env names.',
  PROXY_UNREACHABLE: 'Another one is named with --proxy, or none with --proxy none.',
  PROXY_UNSUPPORTED: 'Another one is named with --proxy, or none with --proxy none.',
  PROXY_UNTRUSTED: 'The certificate of its issuer is given with --ca FILE.',
  RUN_LOCKED: '"hushcal unlock" takes the lock from a dead process on another computer.',
  RUN_NOT_FOUND: '"hushcal runs" lists those that are there; --runs names another folder.',
  TLS_CHECK_OFF: 'An issuer is given with --ca FILE, a certificate trusted with --trust-fingerprint HOST=SHA256.',
  TLS_CLIENT_CERTIFICATE: 'Yours is given with --cert and --key.',
  TLS_SELF_SIGNED: 'It is given with --ca FILE.',
  TLS_UNTRUSTED: 'The certificate of its issuer is given with --ca FILE.',
  TLS_WHOSE_CERTIFICATE: 'Its name comes first: --trust-fingerprint HOST=SHA256.',
};

/** Words of the command line that the engine judges: rules, modes, addresses. */
function isInputError(error: unknown): boolean {
  return hasCode(error, ['INPUT_RULE', 'INPUT_RETENTION', 'MODE_UNKNOWN', 'ADDRESS_INVALID']);
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
