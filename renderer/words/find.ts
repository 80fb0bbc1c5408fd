import { beganBetween, type FoundBackup, type FoundEvent, type Stretch } from '../../shared/model/find.ts';
import { formatDay, formatMoment, plural } from './format.ts';

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
export function versionNumber(stretches: readonly Stretch[], at: number): number {
  return stretches.slice(at).filter(({ kind }) => kind === 'version').length;
}

/** What is said of one stretch: its heading, and what it comes from. */
export interface StretchWords {
  readonly head: string;
  readonly under: string;
}

export function stretchWords(
  { stretches }: Pick<FoundEvent, 'stretches'>,
  at: number,
  backups: readonly Dated[],
  now: Date,
): StretchWords {
  const stretch = stretches[at];
  const ids = stretch?.backups ?? [];
  const dateOf = (id: number | undefined): string => {
    const backup = backups[id ?? -1];
    return backup === undefined ? '' : backupDate(backup, now);
  };
  if (stretch?.kind === 'absent') return absentWords(stretches, at, dateOf);
  const range = ids.length === 1 ? '' : `The same in ${String(ids.length)} backups, from ${dateOf(ids.at(-1))}`;
  const head = `As of ${dateOf(ids[0])}`;
  if (stretch?.kind === 'unreadable') return { head, under: 'It is in the backup, but cannot be read.' };
  return { head, under: range === '' ? 'In this backup only' : range };
}

function absentWords(stretches: readonly Stretch[], at: number, dateOf: (id: number) => string): StretchWords {
  const many = stretches[at]?.backups.length ?? 0;
  const lost = beganBetween(stretches, at);
  const newest = many === 1 ? 'the newest backup' : `the ${String(many)} newest backups`;
  const head = at === 0 ? `Not in ${newest}` : `Not in ${plural(many, 'backup')}`;
  if (lost !== null) return { head, under: `Lost between ${dateOf(lost.before)} and ${dateOf(lost.after)}` };
  const made = beganBetween(stretches, at - 1);
  if (made === null) return { head, under: '' };
  const oldest = many === 1 ? 'the oldest backup' : `the ${String(many)} oldest backups`;
  return {
    head: `Not yet in ${oldest}`,
    under: `New between ${dateOf(made.before)} and ${dateOf(made.after)}`,
  };
}

/** What the picture of an event says: oldest first. */
export function stripWords(stretches: readonly Stretch[]): string {
  const parts = stretches.map((stretch, at) => {
    const many = plural(stretch.backups.length, 'backup');
    if (stretch.kind === 'absent') return `not in ${many}`;
    if (stretch.kind === 'unreadable') return `unreadable in ${many}`;
    return `version ${String(versionNumber(stretches, at))} in ${many}`;
  });
  return `From the oldest backup on: ${parts.toReversed().join(', ')}`;
}

/** Chip of a found event. */
export const STATE_WORDS: Readonly<
  Record<FoundEvent['state'], { readonly label: string; readonly tone: 'bad' | 'warn' | 'upd' | 'same' }>
> = {
  lost: { label: 'Lost', tone: 'bad' },
  unreadable: { label: 'Not readable', tone: 'warn' },
  changed: { label: 'Changed', tone: 'upd' },
  same: { label: 'Unchanged', tone: 'same' },
};
