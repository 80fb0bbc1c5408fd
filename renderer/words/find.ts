import { beganBetween, type FoundBackup, type FoundEvent, type VersionRange } from '../../shared/model/found/find.ts';
import { formatDay, formatMoment, formatNumber, plural } from './format.ts';

/* What became of an event over several backups, in words. Pure. */

type Dated = Pick<FoundBackup, 'at' | 'dateFrom' | 'name'>;

/** The day or moment of a backup: `20 Nov 2026`, `20 Nov 2026 02:00`; its name when nothing is known. */
export function backupDate({ at, name }: Dated, now: Date): string {
  if (at === null) return name;
  return at.length === 10 ? formatDay(at) : formatMoment(at, now);
}

const DATED: Readonly<Record<FoundBackup['dateFrom'], string>> = {
  manifest: 'as the backup says',
  name: 'as its name says',
  modified: 'when the file was last changed',
  unknown: 'no date is known',
};

/** How the date of a backup is known. */
export function datedWords({ dateFrom }: Pick<FoundBackup, 'dateFrom'>): string {
  return DATED[dateFrom];
}

/** `14 backups, 10 Nov 2026 to 23 Nov 2026`. */
export function listWords(backups: readonly Dated[], now: Date): string {
  const dated = backups.filter(({ at }) => at !== null);
  const [newest, oldest] = [dated[0], dated.at(-1)];
  const many = plural(backups.length, 'backup');
  if (newest === undefined || oldest === undefined) return many;
  if (newest === oldest) return `${many}, ${backupDate(newest, now)}`;
  return `${many}, ${backupDate(oldest, now)} to ${backupDate(newest, now)}`;
}

/** The oldest version of an event is 1. */
export function versionNumber(ranges: readonly VersionRange[], at: number): number {
  return ranges.slice(at).filter(({ kind }) => kind === 'version').length;
}

/** What is said of one range: its heading, and what it comes from. */
interface RangeWords {
  readonly head: string;
  readonly under: string;
}

export function rangeWords(
  { ranges }: Pick<FoundEvent, 'ranges'>,
  at: number,
  backups: readonly Dated[],
  now: Date,
): RangeWords {
  const range = ranges[at];
  const ids = range?.backups ?? [];
  const dateOf = (id: number | undefined): string => {
    const backup = backups[id ?? -1];
    return backup === undefined ? '' : backupDate(backup, now);
  };
  if (range?.kind === 'absent') return absentWords(ranges, at, dateOf);
  const since = ids.length === 1 ? '' : `The same in ${formatNumber(ids.length)} backups, from ${dateOf(ids.at(-1))}`;
  const head = `As of ${dateOf(ids[0])}`;
  if (range?.kind === 'unreadable') return { head, under: 'It is in the backup, but cannot be read.' };
  return { head, under: since === '' ? 'In this backup only' : since };
}

function absentWords(ranges: readonly VersionRange[], at: number, dateOf: (id: number) => string): RangeWords {
  const many = ranges[at]?.backups.length ?? 0;
  const lost = beganBetween(ranges, at);
  const newest = many === 1 ? 'the newest backup' : `the ${formatNumber(many)} newest backups`;
  const head = at === 0 ? `Not in ${newest}` : `Not in ${plural(many, 'backup')}`;
  if (lost !== null) return { head, under: `Deleted between ${dateOf(lost.before)} and ${dateOf(lost.after)}` };
  const made = beganBetween(ranges, at - 1);
  if (made === null) return { head, under: '' };
  const oldest = many === 1 ? 'the oldest backup' : `the ${formatNumber(many)} oldest backups`;
  return {
    head: `Not yet in ${oldest}`,
    under: `New between ${dateOf(made.before)} and ${dateOf(made.after)}`,
  };
}

/** What the picture of an event says: oldest first. */
export function stripWords(ranges: readonly VersionRange[]): string {
  const parts = ranges.map((range, at) => {
    const many = plural(range.backups.length, 'backup');
    if (range.kind === 'absent') return `not in ${many}`;
    if (range.kind === 'unreadable') return `unreadable in ${many}`;
    return `version ${String(versionNumber(ranges, at))} in ${many}`;
  });
  return `From the oldest backup on: ${parts.toReversed().join(', ')}`;
}

/** Chip of a found event. */
export const STATE_WORDS: Readonly<
  Record<FoundEvent['state'], { readonly label: string; readonly tone: 'bad' | 'warn' | 'upd' | 'same' }>
> = {
  lost: { label: 'Deleted', tone: 'bad' },
  unreadable: { label: 'Not readable', tone: 'warn' },
  changed: { label: 'Changed', tone: 'upd' },
  same: { label: 'Unchanged', tone: 'same' },
};
