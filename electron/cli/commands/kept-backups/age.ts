import { resolve } from 'node:path';
import type { BackupAge } from '../../../../shared/model/kept/backup.ts';
import { explain } from '../../explain.ts';
import { print, type CliIo } from '../../io.ts';
import { readArgs, UsageError } from '../../options/args.ts';
import { withEngine } from '../../options/open-engine.ts';
import { jsonLine } from '../../output/json-line.ts';

export const BACKUP_AGE_USAGE = 'hushcal backup-age FOLDER --older-than 26h [--json]';

/** Those of monitoring plugins: ok, warning, critical, unknown. They are not those of the other commands. */
const STATE_EXIT = { fresh: 0, careful: 1, stale: 2 } as const;
const UNKNOWN = 3;

const UNIT_MS: Readonly<Record<string, number>> = { m: 60_000, h: 3_600_000, d: 86_400_000 };

/** For monitoring: whether the newest whole and verified backup of each series in a folder is young enough. */
export async function backupAgeCommand(argv: readonly string[], io: CliIo): Promise<number> {
  const over = new AbortController();
  io.onStop?.(() => {
    over.abort();
  });
  try {
    const args = readArgs(argv, { 'older-than': 'text', json: 'flag' });
    const [folder, ...more] = args.positionals;
    if (folder === undefined || more.length > 0) throw new UsageError('Name one folder of backups.');
    const mostMs = durationOf(args.required('older-than'));
    return await withEngine(args, io, async (engine) => {
      const found = await engine.backupAge(resolve(io.cwd, folder), mostMs, over.signal);
      await print(io, args.flag('json') ? jsonLine({ kind: 'backup-age', ...found }) : ageText(found));
      return STATE_EXIT[found.state];
    });
  } catch (error) {
    await explain(error, 'backup-age', argv, io);
    return UNKNOWN;
  }
}

/** Milliseconds. Throws UsageError. */
function durationOf(text: string): number {
  const [, count = '', unit = ''] = /^([1-9]\d{0,4})([mhd])$/.exec(text.trim()) ?? [];
  const ms = Number(count) * (UNIT_MS[unit] ?? NaN);
  if (Number.isNaN(ms)) throw new UsageError(`--older-than takes minutes, hours or days such as 26h, not "${text}".`);
  return ms;
}

const WORD = { fresh: 'OK', careful: 'WARNING', stale: 'CRITICAL' } as const;

/** The first line is what monitoring shows. */
function ageText({ state, series, problems }: BackupAge): string {
  const old = series.filter(({ fresh }) => !fresh);
  const head =
    series.length === 0
      ? 'no backup in this folder'
      : old.length > 0
        ? `${old.length} of ${series.length} too old or not whole`
        : `${series.length} of ${series.length} fresh`;
  return [
    `${WORD[state]}: ${head}`,
    ...series.map(({ name, newest, ageSeconds, fresh }) =>
      newest === null || ageSeconds === null
        ? `${name}: no whole backup`
        : `${name}: ${newest.name}, ${hours(ageSeconds)} old${fresh ? '' : ', too old'}`,
    ),
    ...problems.map(({ name, reason }) => `${name}: ${reason}`),
  ].join('\n');
}

function hours(seconds: number): string {
  return seconds < 3600 ? `${Math.floor(seconds / 60)} min` : `${Math.floor(seconds / 3600)} h`;
}
