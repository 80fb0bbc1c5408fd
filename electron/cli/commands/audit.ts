import { AUDIT_WORDS, type AuditLine, type AuditVerdict } from '../../../shared/model/kept/audit.ts';
import { day } from '../../../shared/model/job.ts';
import { auditDetails, auditTitle, auditWho, verdictWords } from '../../../shared/words/audit.ts';
import type { AuditFilter, ReadAudit } from '../../engine/engine.ts';
import { EXIT, print, tell, type CliIo } from '../io.ts';
import { oneOf, readArgs, UsageError, type ParsedArgs } from '../options/args.ts';
import { withRuns } from '../options/open-engine.ts';
import { jsonLine } from '../output/json-line.ts';

export const AUDIT_USAGE =
  'hushcal audit [--since DATE] [--what WORD] [--run RUN] [--ticket TEXT] | --verify [--last HASH] [--runs DIR] [--json]';

/** Lists who did what with the runs of a folder, oldest first, or checks that nothing in that list was changed. */
export async function auditCommand(argv: readonly string[], io: CliIo): Promise<number> {
  const args = readArgs(argv, {
    since: 'text',
    what: 'text',
    run: 'text',
    ticket: 'text',
    verify: 'flag',
    last: 'text',
    runs: 'text',
    json: 'flag',
  });
  if (args.positionals.length > 0) throw new UsageError('audit takes options only; --run names a run.');
  const anchor = anchorOf(args);
  const filter = filterOf(args);
  return withRuns(args, io, async (engine) => {
    if (args.flag('verify')) return verify(await engine.verifyAudit(anchor), args, io);
    return list(await engine.audit(filter), args, io);
  });
}

async function list({ path, lines, troubles }: ReadAudit, args: ParsedArgs, io: CliIo): Promise<number> {
  const text = args.flag('json') ? jsonLine : auditText;
  // Some at a time: an audit of years is long.
  for (let at = 0; at < lines.length; at += AT_ONCE) {
    await print(
      io,
      lines
        .slice(at, at + AT_ONCE)
        .map(text)
        .join('\n'),
    );
  }
  const isAsked = ['since', 'what', 'run', 'ticket'].some((name) => args.text(name) !== undefined);
  if (lines.length === 0 && isAsked) tell(io, 'There is no such line in the audit.');
  else if (lines.length === 0 && troubles.length === 0) tell(io, `${path}: ${NO_LINES}`);
  for (const { line, reason } of troubles) tell(io, `${path}, line ${line}: ${reason}`);
  return troubles.length === 0 ? EXIT.done : EXIT.trouble;
}

const AT_ONCE = 500;
const NO_LINES = 'it has no lines yet.';

async function verify(verdict: AuditVerdict, args: ParsedArgs, io: CliIo): Promise<number> {
  if (args.flag('json')) await print(io, jsonLine({ kind: 'audit-verify', ...verdict }));
  else await print(io, verdictText(verdict));
  return verdict.sound && verdict.torn.every(({ named }) => named) ? EXIT.done : EXIT.trouble;
}

function auditText(line: AuditLine): string {
  return `${line.at}  ${auditWho(line.by)}  ${auditTitle(line)}: ${auditDetails(line)}`;
}

function verdictText(verdict: AuditVerdict): string {
  const { path, last, sound, troubles } = verdict;
  if (last === null && sound) return `${path}: ${NO_LINES}`;
  const named = troubles.map(({ line, reason }) => `  line ${line}: ${reason}`);
  return [`${path}: ${verdictWords(verdict)}`, ...named, ...(last === null ? [] : [`Last line: ${last}`])].join('\n');
}

/** Throws UsageError. */
function filterOf(args: ParsedArgs): AuditFilter {
  const since = args.text('since');
  const what = args.text('what');
  if (since !== undefined && !day.safeParse(since).success) {
    throw new UsageError(`--since takes a day like 2026-11-23, not "${since}".`);
  }
  const filter = { run: args.text('run'), ticket: args.text('ticket') };
  const given = [since, what, filter.run, filter.ticket].some((text) => text !== undefined);
  if (args.flag('verify') && given) throw new UsageError('--verify looks at every line: leave the other options out.');
  return {
    ...filter,
    // The day begins where this computer is.
    ...(since === undefined ? {} : { since: new Date(`${since}T00:00:00`) }),
    ...(what === undefined ? {} : { what: oneOf(what, 'what', AUDIT_WORDS) }),
  };
}

/** Throws UsageError. */
function anchorOf(args: ParsedArgs): string | null {
  const text = args.text('last');
  if (text === undefined) return null;
  if (!args.flag('verify')) throw new UsageError('--last goes with --verify.');
  if (/^[0-9a-f]{64}$/i.test(text.trim())) return text.trim().toLowerCase();
  throw new UsageError(`--last takes the hash that --verify printed, 64 hexadecimal digits, not "${text}".`);
}
