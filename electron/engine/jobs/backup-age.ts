import { basename } from 'node:path';
import type { BackupAge, BackupAgeSeries } from '../../../shared/model/kept/backup.ts';
import { dateOfZip, lookAtBackup, zipsIn, type LookedBackup } from '../backup/kept-backups.ts';
import { nameWithoutDate } from '../search/backup-date.ts';
import type { EnginePorts } from '../types.ts';

/**
 * How old the backups of a folder are. Files whose names differ in their date only are one series, and each series is
 * judged by its newest backup that is whole and verified: what is incomplete or damaged does not count as fresh. It is
 * looked for from the newest on; what is older is not read, so that this may be asked often.
 *
 * @param mostMs how old the newest one of a series may be
 * @throws HushError `FOLDER_UNREADABLE`
 */
export async function backupAge(
  { now }: Pick<EnginePorts, 'now'>,
  folder: string,
  mostMs: number,
  signal?: AbortSignal,
): Promise<BackupAge> {
  const at = now();
  const byName = new Map<string, string[]>();
  for (const path of await zipsIn(folder)) {
    const name = nameWithoutDate(basename(path).replace(/(?:\.incomplete)?\.zip$/i, ''));
    byName.set(name, [...(byName.get(name) ?? []), path]);
  }
  const series: BackupAgeSeries[] = [];
  const problems: { name: string; reason: string }[] = [];
  for (const [name, paths] of byName) {
    const looked = await newestWhole(paths, at, signal);
    if (looked.length === 0) continue;
    const newest = looked.find(({ state }) => state === 'whole');
    const ageMs = newest === undefined ? null : Math.max(0, Number(at) - Number(newest.at));
    series.push({
      name,
      newest: newest === undefined ? null : { name: newest.name, at: newest.at.toISOString() },
      ageSeconds: ageMs === null ? null : Math.floor(ageMs / 1000),
      fresh: ageMs !== null && ageMs <= mostMs,
    });
    problems.push(...looked.flatMap((one) => (one.problem === null ? [] : [{ name: one.name, reason: one.problem }])));
  }
  return { folder, series, problems, state: stateOf(series, problems.length) };
}

/** The backups from the newest to the first whole one; what is no backup of ours is passed over. */
async function newestWhole(
  paths: readonly string[],
  now: Date,
  signal: AbortSignal | undefined,
): Promise<readonly LookedBackup[]> {
  const dated = await Promise.all(paths.map(async (path) => ({ path, ms: await dateOfZip(path) })));
  const looked: LookedBackup[] = [];
  for (const { path } of dated.sort((a, b) => b.ms - a.ms || (a.path < b.path ? 1 : -1))) {
    signal?.throwIfAborted();
    const one = await lookAtBackup(path, basename(path), now);
    if (one !== null) looked.push(one);
    if (one?.state === 'whole') break;
  }
  return looked;
}

function stateOf(series: readonly BackupAgeSeries[], problems: number): BackupAge['state'] {
  if (series.length === 0 || series.some(({ fresh }) => !fresh)) return 'stale';
  return problems === 0 ? 'fresh' : 'careful';
}
