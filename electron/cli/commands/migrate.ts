import type { Connect, Engine, MappingDefaults, ResolvedMapping } from '../../engine/engine.ts';
import { parseShard } from '../options/shard.ts';
import { readFile, writeFile } from 'node:fs/promises';
import { dirname, resolve as resolvePath } from 'node:path';
import type { BatchLimits } from '../../../shared/model/batch.ts';
import { MEMBERS, STOP_AFTER } from '../../../shared/model/defaults.ts';
import { HushError } from '../../../shared/model/failure.ts';
import type { MappingProblem, MigrateSpec } from '../../../shared/model/migrate.ts';
import { CONFLICT_POLICIES } from '../../../shared/model/plan.ts';
import { checkMode } from '../../../shared/model/scheduling-checks.ts';
import { ASSUMPTIONS } from '../../../shared/model/scheduling.ts';
import { oneOf, readArgs, UsageError, wholeNumber, type ParsedArgs } from '../options/args.ts';
import { backupText } from './backup.ts';
import { showAndRunBatch } from './batch.ts';
import { EXIT, tell, type CliIo } from '../io.ts';
import { connections } from '../options/login.ts';
import {
  connectByName,
  foundDefaults,
  MIGRATE_LOGIN_OPTIONS,
  MIGRATE_LOGIN_USAGE,
  serverDefaults,
} from './migrate-login.ts';
import { NETWORK_OPTIONS, NETWORK_USAGE } from '../options/network.ts';
import { withEngine } from '../options/open-engine.ts';
import { destinationText } from '../output/destinations.ts';
import { backupProgressTo, progressTo } from '../output/progress.ts';
import { VARIABLE_OPTIONS, VARIABLE_USAGE } from '../options/variables.ts';
import { readRewrites, REWRITE_USAGE } from '../options/rewrites.ts';
import { readWhose } from '../options/identity-options.ts';
import { NOTE_OPTIONS, NOTE_USAGE, readNote } from '../options/job-note.ts';

export const MIGRATE_USAGE =
  'hushcal migrate MAPPING.csv --scheduling none|internal-only|external-only|all|auto [--server URL|MAIL] [--source-server URL|MAIL]' +
  ` ${MIGRATE_LOGIN_USAGE} ${NETWORK_USAGE} ${VARIABLE_USAGE} [--as server|match|mailto:…] [--inside-domain DOMAIN] ${REWRITE_USAGE}` +
  ' [--on-conflict skip|replace|newer|copy] [--assume no-mail-hook] [--shard I/N] [--pass organizers|rest|both]' +
  ' [--members N] [--concurrency N] [--hours FROM-TO] [--stop-after N|never] [--after BATCH] [--delete-gone]' +
  ' [--backup-first FILE.zip] [--resolved-out FILE.csv] [--dry-run] [--yes[=HASH]] [--messages N]' +
  ` ${NOTE_USAGE} [--runs DIR] [--json]`;

export async function migrateCommand(argv: readonly string[], io: CliIo): Promise<number> {
  const args = readArgs(argv, {
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
    concurrency: 'text',
    hours: 'text',
    'stop-after': 'text',
    after: 'text',
    'delete-gone': 'flag',
    'backup-first': 'text',
    'resolved-out': 'text',
    'dry-run': 'flag',
    yes: 'flag',
    messages: 'text',
    ...NOTE_OPTIONS,
    runs: 'text',
    json: 'flag',
  });
  const [file, ...more] = args.positionals;
  if (file === undefined || more.length > 0) throw new UsageError('Name one mapping: a CSV with a row per mailbox.');
  const asked = specOf(args);
  const jobNote = readNote(args);
  const path = resolvePath(io.cwd, file);
  const named = defaultsOf(args, asked, dirname(path));
  return withEngine(args, io, async (engine) => {
    const defaults = { ...named, ...(await foundDefaults(engine, named, io)) };
    const connect = connectByName(engine, args, io);
    const resolved = await resolve(engine, await textOf(path), defaults, connect, io);
    const out = args.text('resolved-out');
    if (out !== undefined) {
      await writeFile(resolvePath(io.cwd, out), engine.mappings.write(resolved.moves), { mode: 0o600 });
    }
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

function specOf(args: ParsedArgs): MigrateSpec {
  const scheduling = args.required('scheduling');
  const shard = args.text('shard');
  const after = args.text('after') ?? null;
  if (args.flag('delete-gone') && after === null) {
    throw new UsageError('--delete-gone goes with --after BATCH: it deletes what an earlier run has brought along.');
  }
  return {
    moves: [],
    mode: scheduling === 'auto' ? scheduling : checkMode(scheduling),
    onConflict: oneOf(args.text('on-conflict') ?? 'newer', 'on-conflict', CONFLICT_POLICIES),
    ...readRewrites(args.list('rewrite')),
    insideDomains: readWhose(args).insideDomains ?? [],
    assume: args.list('assume').map((word) => oneOf(word, 'assume', ASSUMPTIONS)),
    shard: shard === undefined ? null : parseShard(shard),
    pass: oneOf(args.text('pass') ?? 'both', 'pass', ['both', 'organizers', 'rest'] as const),
    limits: limitsOf(args),
    after,
    deleteGone: args.flag('delete-gone'),
  };
}

function limitsOf(args: ParsedArgs): BatchLimits {
  const [members, stopAfter, hours] = [args.text('members'), args.text('stop-after'), args.text('hours')];
  return {
    members: members === undefined ? MEMBERS : wholeNumber(members, 'members', 1, 32),
    perOrigin: connections(args),
    stopAfter: stopAfter === undefined ? STOP_AFTER : stopAfterOf(stopAfter),
    hours: hours === undefined ? null : hoursOf(hours),
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

function defaultsOf(args: ParsedArgs, spec: MigrateSpec, baseDir: string): MappingDefaults {
  const { target, source } = serverDefaults(args);
  return { target, source, mode: spec.mode, identity: readWhose(args).identity, baseDir, assume: spec.assume ?? [] };
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
  text: string,
  defaults: MappingDefaults,
  connect: Connect,
  io: CliIo,
): Promise<ResolvedMapping> {
  const mapping = engine.mappings.read(text);
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
