import type { Connect, Engine } from '../../engine/engine.ts';
import { behalfOf, type Login } from '../../../shared/model/login.ts';
import type { CleanupSpec } from '../../../shared/model/batch/cleanup.ts';
import { BATCH_LIMITS, CLEANUP_SHARE, percent } from '../../../shared/model/defaults.ts';
import { HushError } from '../../../shared/model/failure.ts';
import type { SafetyStop } from '../../../shared/model/plan.ts';
import { serverName } from '../../../shared/text/display-names.ts';
import { checkMode } from '../../../shared/model/scheduling-checks.ts';
import { ASSUMPTIONS } from '../../../shared/model/scheduling.ts';
import { oneOf, readArgs, UsageError, type ParsedArgs } from '../options/args.ts';
import { showAndRunBatch } from './batch.ts';
import { firstUser, readPlaces, type NamedUser } from './cleanup-places.ts';
import { foundText } from '../output/cleanup-text.ts';
import { calendarUrl } from '../options/connection.ts';
import { showAndRun } from '../running/consent.ts';
import { EXIT, print, type CliIo } from '../io.ts';
import { connections, LOGIN_OPTIONS, LOGIN_USAGE, readLogin, SECRET_OPTIONS } from '../options/login.ts';
import { withEngine } from '../options/open-engine.ts';
import { progressTo } from '../output/progress.ts';
import { VARIABLE_OPTIONS, VARIABLE_USAGE, variableOf } from '../options/variables.ts';
import { readIdentityOptions } from '../options/identity-options.ts';
import { JOB_OPTIONS, JOB_USAGE, readNote } from '../options/job-options.ts';

export const CLEANUP_USAGE =
  `hushcal cleanup --calendar URL… | --server URL [--users FILE|alice,bob | --mapping FILE.csv ${VARIABLE_USAGE}] [--inbox] ${LOGIN_USAGE}` +
  ' --match RULE… [--any] [--rules NAME] [--save-rules NAME] --scheduling none|internal-only|external-only|all' +
  ' [--include-own] [--max-share P] [--alias mailto:…] [--inside-domain DOMAIN] [--assume no-mail-hook]' +
  ` [--concurrency N] [--dry-run] ${JOB_USAGE}`;

/** Deletes what the rules name, without a word to anybody; every original is kept for an undo. */
export async function cleanupCommand(argv: readonly string[], io: CliIo): Promise<number> {
  const args = readArgs(argv, {
    calendar: 'list',
    server: 'text',
    users: 'text',
    mapping: 'text',
    inbox: 'flag',
    ...LOGIN_OPTIONS,
    ...VARIABLE_OPTIONS,
    match: 'list',
    any: 'flag',
    rules: 'text',
    'save-rules': 'text',
    scheduling: 'text',
    'include-own': 'flag',
    'max-share': 'text',
    alias: 'list',
    'inside-domain': 'list',
    assume: 'list',
    ...JOB_OPTIONS,
  });
  checkWhere(args);
  const asked = askedOf(args);
  readNote(args);
  return withEngine(args, io, async (engine) => {
    const rules = await rulesOf(args, engine);
    engine.checkSearchRules(rules);
    const { base, connect } = await readWay(engine, args, io);
    const name = args.text('save-rules');
    if (name !== undefined) await engine.saveRuleSet({ id: null, name, ...rules });
    const { places, missed } = await readPlaces(args, io, base, engine, connect);
    if (places.length === 0) throw nowhere();
    const code = await cleanUp({ ...asked, ...rules, places }, args, io, engine, connect);
    // Done is only what was done for everybody.
    return missed > 0 && code === EXIT.done && !args.flag('dry-run') ? EXIT.trouble : code;
  });
}

/** One place is a run as any other; several are a batch of runs, with the same words. */
async function cleanUp(
  spec: CleanupSpec,
  args: ParsedArgs,
  io: CliIo,
  engine: Engine,
  connect: Connect,
): Promise<number> {
  const request = {
    consent: args.consent,
    dryRun: args.flag('dry-run'),
    json: args.flag('json'),
    jobNote: readNote(args),
  };
  const runs = !request.dryRun && request.consent.kind !== 'no';
  if (!runs && !request.json) await print(io, foundText((await engine.search(spec, connect)).result()));
  const [place, ...others] = spec.places;
  const alone = others.length === 0 && !engine.checkSearchRules(spec).counts;
  if (place === undefined || !alone) {
    const batch = await engine.prepareBatch({ kind: 'cleanup', spec }, connect, progressTo(io));
    try {
      if (runs) heed(batch.summary.stops);
      return await showAndRunBatch(batch, request, io);
    } finally {
      await batch.discard();
    }
  }
  const { login, url, name } = place;
  const job = await engine.prepareCleanup(spec, 0, connect({ ...login, url }), progressTo(io));
  try {
    if (runs) heed(job.summary.stops);
    const shown = { job: 'cleanup', server: serverName(url), calendar: name, sources: [] } as const;
    return await showAndRun(job, { ...shown, user: login.actor, behalf: behalfOf(login), ...request }, io);
  } finally {
    await job.discard();
  }
}

/** More of a calendar than was said is not deleted on a plain `--yes`. */
function heed(stops: readonly SafetyStop[]): void {
  const stop = stops.find(({ code }) => code === 'MASS_DELETE');
  if (stop === undefined) return;
  throw new HushError({
    code: stop.code,
    message: `Nothing was written. ${stop.message} If that is what you want, say so: --max-share 100%.`,
    reaction: 'fix-input',
  });
}

interface ServerLogin {
  readonly base: Login;
  readonly connect: Connect;
}

/** How to log in for each user: by the variable that a mapping names for them, else by the secret of the command line. */
async function readWay(engine: Engine, args: ParsedArgs, io: CliIo): Promise<ServerLogin> {
  const url = args.list('calendar').map(calendarUrl)[0] ?? args.required('server');
  const first = await firstUser(engine, args, io);
  const own = first === undefined ? args : forUser(args, first);
  const isFromList = first !== undefined && own.text('password-env') !== args.text('password-env');
  if (isFromList) variableOf(first, args, io);
  const { login, connection } = await readLogin(engine, own, io, url);
  return {
    base: login,
    connect(one) {
      const isOwn = one.secret !== '' && one.secret !== login.secret;
      const secret = isOwn ? variableOf(one, args, io).trim() : undefined;
      const password = secret === undefined ? connection.password : () => Promise.resolve(secret);
      return engine.connection(one, password, connections(args));
    },
  };
}

/** The arguments as if they named one of the users of a list, and where nothing else is said, that user's secret. */
function forUser(args: ParsedArgs, { user, secret }: NamedUser): ParsedArgs {
  if (args.text('for') !== undefined)
    throw new UsageError('--for names one user; leave it out where a list names them.');
  const isAdmin = (args.text('way') ?? 'own') !== 'own';
  const given = Object.keys(SECRET_OPTIONS).some((name) => args.text(name) !== undefined);
  const instead = new Map([[isAdmin ? 'for' : 'user', user]]);
  if (!given && secret !== '') instead.set('password-env', secret);
  return {
    ...args,
    text: (name) => instead.get(name) ?? args.text(name),
    required: (name) => instead.get(name) ?? args.required(name),
  };
}

function checkWhere(args: ParsedArgs): void {
  if (args.positionals.length > 0)
    throw new UsageError('Name the calendar with --calendar, or a server with --server.');
  const calendars = args.list('calendar').length > 0;
  const server = args.text('server') !== undefined;
  if (calendars === server) {
    throw new UsageError(
      'Name calendars with --calendar URL, or with --server URL all calendars of a user or of a list.',
    );
  }
  if (calendars && (args.text('users') !== undefined || args.text('mapping') !== undefined)) {
    throw new UsageError('--users and --mapping go with --server.');
  }
}

/** All but where and what to look for. Throws UsageError and HushError. */
function askedOf(args: ParsedArgs): Omit<CleanupSpec, 'places' | 'rules' | 'any'> {
  const { aliases, insideDomains } = readIdentityOptions(args);
  return {
    mode: checkMode(args.required('scheduling')),
    includeOwn: args.flag('include-own'),
    maxShare: shareOf(args.text('max-share') ?? percent(CLEANUP_SHARE)),
    keep: [],
    assume: args.list('assume').map((word) => oneOf(word, 'assume', ASSUMPTIONS)),
    limits: { ...BATCH_LIMITS, perOrigin: connections(args) },
    ...(aliases === undefined ? {} : { aliases }),
    ...(insideDomains === undefined ? {} : { insideDomains }),
  };
}

/** The rules of `--match`, or those that were saved under the name of `--rules`, or both together. */
async function rulesOf(args: ParsedArgs, engine: Engine): Promise<Pick<CleanupSpec, 'rules' | 'any'>> {
  const [typed, name, any] = [args.list('match'), args.text('rules'), args.flag('any')];
  if (name === undefined) return { rules: typed, any };
  const saved = await engine.ruleSet(name);
  if (typed.length > 0 && saved.any !== any && saved.rules.length > 1) {
    throw new UsageError(
      `"${saved.name}" wants ${saved.any ? 'one of its rules (add --any)' : 'all of its rules (leave out --any)'}.`,
    );
  }
  return { rules: [...saved.rules, ...typed], any: saved.any || any };
}

/** `50%` or `0.5`. */
function shareOf(text: string): number {
  const percent = /^(\d+(?:\.\d+)?)%$/.exec(text.trim());
  const share = percent === null ? Number(text) : Number(percent[1]) / 100;
  if (text.trim() === '' || Number.isNaN(share) || share < 0 || share > 1) {
    throw new UsageError(`--max-share takes a share such as 50%, not "${text}".`);
  }
  return share;
}

function nowhere(): HushError {
  return new HushError({
    code: 'NO_PLACES',
    message: 'There is no calendar to look in. Check the server, and whose calendars are meant.',
    reaction: 'fix-input',
  });
}
