import { behalfOf } from '../../../shared/model/login.ts';
import { day, type RestoreSpec } from '../../../shared/model/job.ts';
import { CONFLICT_POLICIES } from '../../../shared/model/plan.ts';
import { ASSUMPTIONS, WORKAROUNDS } from '../../../shared/model/scheduling.ts';
import { calendarName, serverName, sourceName } from '../../../shared/text/display-names.ts';
import { checkMode } from '../../../shared/model/scheduling-checks.ts';
import { oneOf, readArgs, UsageError, type ParsedArgs } from '../options/args.ts';
import { calendarUrl } from '../options/connection.ts';
import { checkSeveral, restoreSeveral } from './restore-several.ts';
import { showAndRun } from '../running/consent.ts';
import type { CliIo } from '../io.ts';
import { connections, LOGIN_OPTIONS, LOGIN_USAGE, readLogin } from '../options/login.ts';
import { resolveSources, withEngine } from '../options/open-engine.ts';
import { progressTo } from '../output/progress.ts';
import { rehearseAndShow } from '../running/rehearse.ts';
import { readSettlings, settle } from '../running/resolutions.ts';
import { readRewrites, REWRITE_USAGE } from '../options/rewrites.ts';
import { readIdentityOptions, IDENTITY_OPTIONS, IDENTITY_USAGE } from '../options/identity-options.ts';
import { JOB_OPTIONS, JOB_USAGE, readNote } from '../options/job-options.ts';

export const RESTORE_USAGE =
  `hushcal restore SOURCE… --calendar URL | --to-original --server URL [--leave-out NAME…] ${LOGIN_USAGE} --scheduling none|internal-only|external-only|all` +
  ` ${IDENTITY_USAGE} [--instead collection-switch|client-agent]` +
  ' [--on-conflict skip|replace|newer|copy] [--since DATE] [--resolve backup|server|copy:UID…] [--only RULE…]' +
  ` ${REWRITE_USAGE}` +
  ' [--make-calendar [--calendar-name NAME]] [--assume no-mail-hook]' +
  ` [--concurrency N] [--dry-run] [--rehearse] ${JOB_USAGE}`;

export async function restoreCommand(argv: readonly string[], io: CliIo): Promise<number> {
  const args = readArgs(argv, {
    calendar: 'text',
    'to-original': 'flag',
    server: 'text',
    'leave-out': 'list',
    ...LOGIN_OPTIONS,
    ...IDENTITY_OPTIONS,
    scheduling: 'text',
    instead: 'text',
    'on-conflict': 'text',
    only: 'list',
    rewrite: 'list',
    resolve: 'list',
    since: 'text',
    'make-calendar': 'flag',
    'calendar-name': 'text',
    assume: 'list',
    rehearse: 'flag',
    ...JOB_OPTIONS,
  });
  checkSeveral(args);
  const several = args.flag('to-original');
  const asked = restoreSpecOf(args, io);
  const settlings = readSettlings(args.list('resolve'));
  const jobNote = readNote(args);
  const json = args.flag('json');
  return withEngine(args, io, async (engine) => {
    engine.checkRules(asked.only);
    if (several) return restoreSeveral(asked, args, io, engine);
    const { login, connection } = await readLogin(engine, args, io, asked.calendarUrl, args.positionals.includes('-'));
    const spec: RestoreSpec = { ...asked, behalf: behalfOf(login) };
    const job = await engine.prepareRestore(spec, connection, progressTo(io));
    try {
      await settle(job, settlings);
      if (args.flag('rehearse')) return await rehearseAndShow(job, io, json);
      const shown = {
        job: 'restore',
        server: serverName(spec.calendarUrl),
        calendar: calendarName('', spec.calendarUrl),
        user: spec.user,
        behalf: spec.behalf,
        sources: spec.sources.map(sourceName),
      } as const;
      const request = { ...shown, jobNote, consent: args.consent, dryRun: args.flag('dry-run'), json };
      return await showAndRun(job, request, io);
    } finally {
      await job.discard();
    }
  });
}

function restoreSpecOf(args: ParsedArgs, io: CliIo): RestoreSpec {
  if (args.positionals.length === 0) throw new UsageError('Name at least one file, folder or archive to restore.');
  return {
    sources: resolveSources(args.positionals, io),
    calendarUrl: args.flag('to-original') ? '' : calendarUrl(args.required('calendar')),
    user: args.required('user'),
    mode: checkMode(args.required('scheduling')),
    ...readIdentityOptions(args),
    onConflict: oneOf(args.text('on-conflict') ?? 'newer', 'on-conflict', CONFLICT_POLICIES),
    only: args.list('only'),
    concurrency: connections(args),
    ...insteadOf(args),
    ...sinceOf(args),
    ...readRewrites(args.list('rewrite')),
    ...makingOf(args),
    assume: args.list('assume').map((word) => oneOf(word, 'assume', ASSUMPTIONS)),
  };
}

/** A named way to be quiet where no header is known to work. */
function insteadOf(args: ParsedArgs): Pick<RestoreSpec, 'workaround'> {
  const text = args.text('instead');
  return text === undefined ? {} : { workaround: oneOf(text, 'instead', WORKAROUNDS) };
}

/** Consent to make the calendar where there is none. */
function makingOf(args: ParsedArgs): Pick<RestoreSpec, 'makeCalendar'> {
  const name = args.text('calendar-name')?.trim() ?? null;
  if (!args.flag('make-calendar')) {
    if (name !== null) throw new UsageError('--calendar-name goes with --make-calendar.');
    return {};
  }
  if (name === '') throw new UsageError('--calendar-name takes the name of the new calendar.');
  return { makeCalendar: { name, color: null } };
}

function sinceOf(args: ParsedArgs): Pick<RestoreSpec, 'since'> {
  const text = args.text('since');
  if (text === undefined) return {};
  const since = day.safeParse(text.replace(/^(\d{4})(\d{2})(\d{2})$/, '$1-$2-$3'));
  if (!since.success) throw new UsageError(`--since takes a day like 2026-11-23, not "${text}".`);
  return { since: since.data };
}
