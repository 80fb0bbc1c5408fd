import { resolve } from 'node:path';
import type { RetentionResult } from '../../../../shared/model/kept/backup.ts';
import type { Engine } from '../../../engine/engine.ts';
import { EXIT, print, tell, type CliIo } from '../../io.ts';
import { UsageError, type ParsedArgs } from '../../options/args.ts';
import { withEngine } from '../../options/open-engine.ts';
import { jsonLine } from '../../output/json-line.ts';
import { plural } from '../../output/words.ts';

/** What a backup into a folder takes; beside `--keep` nothing of it makes sense where no backup is made. */
const OF_A_BACKUP = ['calendar', 'all', 'server', 'user', 'out', 'since', 'overwrite'] as const;

/** Thins the backups of a folder, and makes none: lists what stays and what goes, and deletes only with consent. */
export async function keepCommand(args: ParsedArgs, signal: AbortSignal, io: CliIo): Promise<number> {
  const rule = args.required('keep');
  const odd = OF_A_BACKUP.find(
    (name) => args.flag(name) || args.text(name) !== undefined || args.list(name).length > 0,
  );
  if (odd !== undefined) throw new UsageError(`--${odd} does not go with --folder: that makes no backup.`);
  const folder = resolve(io.cwd, args.required('folder'));
  const dry = args.flag('dry-run');
  const consent = args.consent.kind === 'yes' && !dry;
  return withEngine(args, io, async (engine) => {
    const result = await engine.thinBackups(folder, rule, consent, signal).catch((error: unknown) => {
      if (!signal.aborted) throw error;
      tell(io, 'Stopped: nothing was deleted.');
      return null;
    });
    if (result === null) return EXIT.interrupted;
    await show(result, args, io);
    if (consent) return exitOf(result, signal);
    const none = result.wouldRemove?.length === 0;
    tell(io, none ? 'There is nothing to delete.' : 'Nothing was deleted. Add --yes to delete them.');
    return dry ? EXIT.done : EXIT.nothingWritten;
  });
}

/** Before a backup is begun: `--keep` deletes others after it, so its rule is read and consent wanted first. */
export function checkKeep(args: ParsedArgs): void {
  const { consent } = args;
  if (consent.kind === 'yes' && consent.hash !== null) throw new UsageError('backup takes --yes without a value.');
  if (args.text('keep') === undefined) {
    for (const name of ['folder', 'dry-run'] as const) {
      if (args.flag(name) || args.text(name) !== undefined) throw new UsageError(`--${name} goes with --keep.`);
    }
    if (consent.kind === 'yes') throw new UsageError('--yes goes with --keep: a backup alone changes nothing.');
  } else if (args.text('folder') === undefined && (consent.kind === 'no' || args.flag('dry-run'))) {
    throw new UsageError(
      'After a backup, --keep deletes earlier ones: add --yes. With --folder FOLDER --dry-run it lists them, and makes no backup.',
    );
  }
}

/** Thins the folder of a backup that was just made. Gives the exit code. */
export async function keepAfter(
  engine: Engine,
  folder: string,
  args: ParsedArgs,
  signal: AbortSignal,
  io: CliIo,
): Promise<number> {
  const result = await engine.thinBackups(folder, args.required('keep'), true, signal);
  await show(result, args, io);
  return exitOf(result, signal);
}

function exitOf({ problems }: RetentionResult, signal: AbortSignal): number {
  if (signal.aborted) return EXIT.interrupted;
  return problems.length === 0 ? EXIT.done : EXIT.trouble;
}

async function show(result: RetentionResult, args: ParsedArgs, io: CliIo): Promise<void> {
  await print(io, args.flag('json') ? jsonLine({ kind: 'retention', ...result }) : retentionText(result));
}

function retentionText({ kept, removed, wouldRemove, freed, problems }: RetentionResult): string {
  const going = wouldRemove ?? removed;
  const verb = wouldRemove === undefined ? 'Deleted' : 'Would be deleted';
  return [
    ...kept.map(({ name, because }) => `stays    ${name}  ${because.join(', ')}`),
    ...going.map((name) => `${wouldRemove === undefined ? 'deleted' : 'goes   '}  ${name}`),
    `${plural(kept.length, 'backup')} stay${kept.length === 1 ? 's' : ''}. ${verb}: ${going.length}${
      wouldRemove === undefined && removed.length > 0 ? ` (${freed} octets)` : ''
    }.`,
    ...problems.map(({ name, reason }) => `Careful: ${name}: ${reason}`),
  ].join('\n');
}
