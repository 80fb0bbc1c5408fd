import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import type { FoundBackup } from '../../../../shared/model/found/find.ts';
import { manifestIn } from '../../backup/origin.ts';
import { filesIn } from '../../read/folder.ts';
import { dateInName } from '../../search/backup-date.ts';

/** Files of a folder that are asked when they were changed. */
const ASKED = 2000;

/** When a backup was made, and how that is known. */
export interface BackupDate extends Pick<FoundBackup, 'at' | 'dateFrom'> {
  /** Milliseconds since 1970, to put backups in order; null when nothing is known. */
  readonly sortMs: number | null;
}

/**
 * What the backup says itself (`manifest.json` of Hushcal); else the date in its name, since copying changes the date of
 * a file; else when its newest file was changed. Never throws: of what is not there nothing is known.
 */
export async function dateOf(source: string): Promise<BackupDate> {
  const status = await stat(source).catch(() => null);
  if (status === null) return { at: null, dateFrom: 'unknown', sortMs: null };
  const isFolder = status.isDirectory();
  const manifest = isFolder || /\.zip$/i.test(source) ? await manifestIn(source, isFolder) : null;
  const said = manifest === null ? NaN : Date.parse(manifest.at);
  if (!Number.isNaN(said)) return { at: new Date(said).toISOString(), dateFrom: 'manifest', sortMs: said };
  const modified = isFolder ? await newestIn(source) : status.mtimeMs;
  const named = dateInName(basename(source));
  if (named !== null) return { at: named, dateFrom: 'name', sortMs: orderOf(named, modified) };
  if (modified === null) return { at: null, dateFrom: 'unknown', sortMs: null };
  return { at: new Date(modified).toISOString(), dateFrom: 'modified', sortMs: modified };
}

/** Of several backups of one day, the files say which one is newer. */
function orderOf(named: string, modified: number | null): number {
  if (named.length > 10) return Date.parse(named);
  const day = new Date(`${named}T00:00:00`);
  const sameDay = modified !== null && new Date(modified).toDateString() === day.toDateString();
  return sameDay ? modified : day.getTime();
}

const nothing = (): undefined => undefined;
/** What cannot be read is named when the folder is searched; here it only has no date. */
const PASSED_OVER = { unreadable: nothing, outside: nothing, broken: nothing, special: nothing };

async function newestIn(folder: string): Promise<number | null> {
  let newest: number | null = null;
  let asked = 0;
  for await (const file of filesIn(folder, PASSED_OVER)) {
    const status = await stat(file).catch(() => null);
    if (status !== null) newest = Math.max(newest ?? -Infinity, status.mtimeMs);
    asked += 1;
    if (asked >= ASKED) break;
  }
  return newest;
}
