import type { Connect, Engine, MappingDefaults, ResolvedMapping } from '../../../engine/engine.ts';
import { parseShard } from '../../options/shard.ts';
import { readFile } from 'node:fs/promises';
import { dirname, resolve as resolvePath } from 'node:path';
import type { BatchLimits } from '../../../../shared/model/batch/batch.ts';
import { BATCH_LIMITS } from '../../../../shared/model/defaults.ts';
import { HushError } from '../../../../shared/model/failure.ts';
import type { Mapping, MappingProblem, MigrateSpec } from '../../../../shared/model/batch/migrate.ts';
import type { MigrationProject } from '../../../../shared/model/batch/project.ts';
import { rewritesOf } from '../../../../shared/model/batch/mapping-view.ts';
import { CONFLICT_POLICIES } from '../../../../shared/model/plan.ts';
import { saveFile } from '../../../save-file.ts';
import { checkMode } from '../../../../shared/model/scheduling-checks.ts';
import { ASSUMPTIONS } from '../../../../shared/model/scheduling.ts';
import { oneOf, readArgs, UsageError, wholeNumber, type ParsedArgs } from '../../options/args.ts';
import { backupText } from '../backup.ts';
import { showAndRunBatch } from '../batch.ts';
import { EXIT, tell, type CliIo } from '../../io.ts';
import { connections } from '../../options/login.ts';
import {
  connectByName,
  foundDefaults,
  MIGRATE_LOGIN_OPTIONS,
  MIGRATE_LOGIN_USAGE,
  serverDefaults,
} from './migrate-login.ts';
import { mappingOf, projectOf } from './migrate-project.ts';
import { NETWORK_OPTIONS, NETWORK_USAGE } from '../../options/network.ts';
import { withEngine } from '../../options/open-engine.ts';
import { destinationText } from '../../output/destinations.ts';
import { backupProgressTo, progressTo } from '../../output/progress.ts';
import { VARIABLE_OPTIONS, VARIABLE_USAGE } from '../../options/variables.ts';
import { readRewrites, REWRITE_USAGE } from '../../options/rewrites.ts';
import { readIdentityOptions } from '../../options/identity-options.ts';
import { JOB_OPTIONS, JOB_USAGE, readNote } from '../../options/job-options.ts';
import { canaryRows, offerCanary } from '../../running/canary-rows.ts';

export const MIGRATE_USAGE =
  'hushcal migrate MAPPING.csv|--project NAME --scheduling none|internal-only|external-only|all|auto [--server URL|MAIL] [--source-server URL|MAIL]' +
  ` ${MIGRATE_LOGIN_USAGE} ${NETWORK_USAGE} ${VARIABLE_USAGE} [--as server|match|mailto:…] [--inside-domain DOMAIN] ${REWRITE_USAGE}` +
  ' [--on-conflict skip|replace|newer|copy] [--assume no-mail-hook] [--shard I/N] [--pass organizers|rest|both]' +
  ' [--members N] [--concurrency N] [--hours FROM-TO] [--stop-after N|never] [--after BATCH] [--delete-gone]' +
  ` [--backup-first FILE.zip] [--resolved-out FILE.csv] [--canary [--line N]] [--dry-run] ${JOB_USAGE}`;

export async function migrateCommand(argv: readonly string[], io: CliIo): Promise<number> {
  const args = readArgs(argv, {
    project: 'text',
    scheduling: 'text',
    server: 'text',
    'source-server': 'text',
    ...MIGRATE_LOGIN_OPTIONS,
    ...NETWORK_OPTIONS,
    ...VARIABLE_OPTIONS,
    as: 'text',
    'inside-domain': 'list',
    rewrite: 'list',
    'on-conflict': 'text',
    assume: 'list',
    shard: 'text',
    pass: 'text',
    members: 'text',
    hours: 'text',
    'stop-after': 'text',
    after: 'text',
    'delete-gone': 'flag',
    'backup-first': 'text',
    'resolved-out': 'text',
    canary: 'flag',
    line: 'list',
    ...JOB_OPTIONS,
  });
  const jobNote = readNote(args);
  const file = fileOf(args);
  return withEngine(args, io, async (engine) => {
    const project = file === null ? await projectOf(engine, args) : null;
    const asked = specOf(args, project);
    const path = resolvePath(io.cwd, file ?? '.');
    const named = defaultsOf(args, asked, project, dirname(path));
    const defaults = { ...named, ...(await foundDefaults(engine, named, io)) };
    const connect = connectByName(engine, args, io);
    const mapping = project === null ? engine.mappings.read(await textOf(path)) : mappingOf(project);
    const resolved = await resolve(engine, mapping, defaults, connect, io);
    const out = args.text('resolved-out');
    if (out !== undefined) {
      await saveFile(resolvePath(io.cwd, out), engine.mappings.write(resolved.moves));
    }
    if (args.flag('canary')) return canaryRows(engine, resolved, connect, args, io);
    offerCanary(engine, resolved, io);
    if (resolved.moves.length === 0) throw nothingLeft(resolved.problems);
    const spec: MigrateSpec = { ...asked, moves: resolved.moves, leftOut: resolved.leftOut };
    await backUpFirst(engine, args, spec, connect, io);
    const batch = await engine.prepareMigration(spec, connect, progressTo(io));
    try {
      if (spec.shard !== null && batch.members.length === 0) {
        tell(io, 'No mailbox of the mapping is in this part: there is nothing to do.');
        return EXIT.done;
      }
      return await showAndRunBatch(
        batch,
        { consent: args.consent, dryRun: args.flag('dry-run'), json: args.flag('json'), jobNote },
        io,
      );
    } finally {
      await batch.discard();
    }
  });
}

/** The CSV that was named; null where a project was. */
function fileOf(args: ParsedArgs): string | null {
  const [file, ...more] = args.positionals;
  if (args.text('project') !== undefined) {
    if (file === undefined) return null;
    throw new UsageError('Name a mapping or a project, not both.');
  }
  if (file !== undefined && more.length === 0) return file;
  throw new UsageError('Name one mapping: a CSV with a row per mailbox, or --project NAME.');
}

function specOf(args: ParsedArgs, project: MigrationProject | null): MigrateSpec {
  const setup = project?.setup;
  const scheduling = args.text('scheduling') ?? setup?.mode ?? args.required('scheduling');
  const inside = readIdentityOptions(args).insideDomains ?? [];
  const shard = args.text('shard');
  if (args.list('line').length > 0 && !args.flag('canary')) throw new UsageError('--line N goes with --canary.');
  const after = args.text('after') ?? null;
  if (args.flag('delete-gone') && after === null) {
    throw new UsageError('--delete-gone goes with --after BATCH: it deletes what an earlier run has brought along.');
  }
  return {
    moves: [],
    mode: scheduling === 'auto' ? scheduling : checkMode(scheduling),
    onConflict: oneOf(args.text('on-conflict') ?? setup?.onConflict ?? 'newer', 'on-conflict', CONFLICT_POLICIES),
    ...(setup === undefined || args.list('rewrite').length > 0
      ? readRewrites(args.list('rewrite'))
      : rewritesOf(setup)),
    insideDomains: inside.length > 0 ? inside : (setup?.insideDomains ?? []),
    assume: args.list('assume').map((word) => oneOf(word, 'assume', ASSUMPTIONS)),
    shard: shard === undefined ? null : parseShard(shard),
    pass: oneOf(args.text('pass') ?? 'both', 'pass', ['both', 'organizers', 'rest'] as const),
    limits: limitsOf(args, setup?.limits),
    after,
    deleteGone: args.flag('delete-gone'),
  };
}

/** What is not named here is as the project has it. */
function limitsOf(args: ParsedArgs, kept: BatchLimits = BATCH_LIMITS): BatchLimits {
  const [members, stopAfter, hours] = [args.text('members'), args.text('stop-after'), args.text('hours')];
  return {
    members: members === undefined ? kept.members : wholeNumber(members, 'members', 1, 32),
    perOrigin: args.text('concurrency') === undefined ? kept.perOrigin : connections(args),
    stopAfter: stopAfter === undefined ? kept.stopAfter : stopAfterOf(stopAfter),
    hours: hours === undefined ? kept.hours : hoursOf(hours),
  };
}

/** A number of failed events, or `never`: null. */
function stopAfterOf(text: string): number | null {
  return text === 'never' ? null : wholeNumber(text, 'stop-after', 1, 1_000_000);
}

function hoursOf(text: string): NonNullable<BatchLimits['hours']> {
  const [, from, to] = /^(\d{1,2})-(\d{1,2})$/.exec(text.trim()) ?? [];
  if (from === undefined || to === undefined || Number(from) > 23 || Number(to) > 24) {
    throw new UsageError(`--hours takes hours of the day such as 22-6, not "${text}".`);
  }
  return { from: Number(from), to: Number(to) };
}

function defaultsOf(
  args: ParsedArgs,
  spec: MigrateSpec,
  project: MigrationProject | null,
  baseDir: string,
): MappingDefaults {
  const { target, source } = serverDefaults(args, project);
  return {
    target,
    source,
    mode: spec.mode,
    identity: readIdentityOptions(args).identity,
    baseDir,
    assume: spec.assume ?? [],
  };
}

async function textOf(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch {
    throw new UsageError(`There is no mapping at ${path}.`);
  }
}

/** What the mapping means on the servers; rows that cannot be used are named on standard error. */
async function resolve(
  engine: Engine,
  mapping: Mapping,
  defaults: MappingDefaults,
  connect: Connect,
  io: CliIo,
): Promise<ResolvedMapping> {
  for (const one of engine.mappings.destinations(mapping.rows, defaults)) tell(io, destinationText(one));
  for (const column of mapping.unknownColumns) tell(io, `The column "${column}" is not known and was left out.`);
  const resolved = await engine.mappings.resolve(mapping, defaults, connect, { progress: progressTo(io) });
  for (const { line, column, message } of resolved.problems) {
    tell(io, `Line ${line}${column === '' ? '' : ` (${column})`} is left out: ${message}`);
  }
  for (const note of resolved.notes) tell(io, note);
  return resolved;
}

function nothingLeft(wrong: readonly MappingProblem[]): HushError {
  const [first] = wrong;
  const why = first === undefined ? 'The mapping has no rows.' : `Line ${first.line}: ${first.message}`;
  return new HushError({
    code: 'MAPPING_EMPTY',
    message: `No row of the mapping can be used. ${why}`,
    reaction: 'fix-input',
  });
}

/** A backup of the calendars that are there already; nothing is migrated when it does not come out whole. */
async function backUpFirst(
  engine: Engine,
  args: ParsedArgs,
  { moves }: MigrateSpec,
  connect: Connect,
  io: CliIo,
): Promise<void> {
  const file = args.text('backup-first');
  const there = moves.filter(({ makes }) => !makes);
  if (file === undefined || there.length === 0 || args.consent.kind === 'no' || args.flag('dry-run')) return;
  const places = there.map(({ to, calendarUrl }) => ({ login: { ...to, url: calendarUrl }, calendarUrl }));
  const result = await engine.backup(places, connect, resolvePath(io.cwd, file), {}, backupProgressTo(io));
  tell(io, backupText(result));
  if (result.failed.length > 0) {
    throw new HushError({
      code: 'BACKUP_INCOMPLETE',
      message: 'Nothing was migrated, since the backup before it is not complete.',
      reaction: 'fix-input',
    });
  }
}
