import { HushError } from '../../../shared/model/failure.ts';

/*
 * Which backups of a folder stay. Pure: what is in them and whether they are sound was looked at before. Each calendar is
 * judged by itself, so that a folder may hold the backups of many users, and a calendar that is gone from its server
 * keeps its last one.
 */

const RETENTION_UNITS = ['day', 'week', 'month', 'year'] as const;
type RetentionUnit = (typeof RETENTION_UNITS)[number];

/** Of how many days, weeks, months and years one backup is kept; a period without a backup does not count. */
export type Retention = ReadonlyMap<RetentionUnit, number>;

/**
 * `whole`: complete, and every entry as it was written. `incomplete`: it says itself that it lacks something. `damaged`:
 * it cannot be believed.
 */
type BackupState = 'whole' | 'incomplete' | 'damaged';

export interface DatedBackup {
  /** Unique among those that are judged. */
  readonly name: string;
  readonly at: Date;
  /** Which calendars are in it, as user and address. */
  readonly calendars: readonly string[];
  readonly state: BackupState;
}

const LETTERS: Readonly<Record<string, RetentionUnit>> = { d: 'day', w: 'week', m: 'month', y: 'year' };

/** Reads `7d,4w,12m,3y`. Throws HushError `INPUT_RETENTION`. */
export function parseRetention(text: string): Retention {
  const found = new Map<RetentionUnit, number>();
  for (const part of text.split(',')) {
    const [, count = '', letter = ''] = /^([1-9]\d{0,3})([dwmy])$/.exec(part.trim()) ?? [];
    const unit = LETTERS[letter];
    if (unit === undefined || found.has(unit)) {
      throw new HushError({
        code: 'INPUT_RETENTION',
        message: `"${text}" does not say what to keep: numbers of days, weeks, months and years such as 7d,4w,12m, each once.`,
        reaction: 'fix-input',
      });
    }
    found.set(unit, Number(count));
  }
  return found;
}

/** Why a backup stays, in words for a list: `day 2026-11-29`, `the last one`. */
type Because = string;

/**
 * What stays, with its reasons; all others may be deleted. Of each calendar these stay:
 *
 * - of the newest days, weeks (from Monday), months and years that have a whole backup, so many as `retention` says: the
 *   newest whole one of each, by the calendar of this computer;
 * - within that reach, the newest incomplete one of a period without a whole one;
 * - the newest whole one, and whatever no newer whole one replaces;
 * - what is damaged: nobody knows what is in it.
 */
export function chooseKept(
  backups: readonly DatedBackup[],
  retention: Retention,
): ReadonlyMap<string, readonly Because[]> {
  const kept = new Map<string, Because[]>();
  const keep = ({ name }: DatedBackup, because: Because): void => {
    const reasons = kept.get(name) ?? [];
    if (!reasons.includes(because)) kept.set(name, [...reasons, because]);
  };
  const newestFirst = [...backups].sort((a, b) => Number(b.at) - Number(a.at) || (a.name < b.name ? 1 : -1));
  for (const one of newestFirst) {
    if (one.state === 'damaged' || one.calendars.length === 0) keep(one, 'it could not be verified');
  }
  const readable = newestFirst.filter(({ state }) => state !== 'damaged');
  for (const calendar of new Set(readable.flatMap(({ calendars }) => calendars))) {
    const series = readable.filter(({ calendars }) => calendars.includes(calendar));
    const last = series.findIndex(({ state }) => state === 'whole');
    const replaced = last === -1 ? series.length : last;
    for (const one of series.slice(0, replaced)) keep(one, 'no newer whole backup replaces it');
    const newest = series[last];
    if (newest !== undefined) keep(newest, 'the last one');
    for (const [unit, count] of retention) {
      for (const [period, one] of keptPeriods(series, unit, count)) keep(one, `${unit} ${period}`);
    }
  }
  return kept;
}

/** Of one calendar, newest first: the backup that stands for each period. */
function keptPeriods(
  series: readonly DatedBackup[],
  unit: RetentionUnit,
  count: number,
): ReadonlyMap<string, DatedBackup> {
  const whole = firstOfEach(
    series.filter(({ state }) => state === 'whole'),
    unit,
  );
  const chosen = [...whole].slice(0, count);
  const [oldest = ''] = chosen.length < count ? [] : (chosen.at(-1) ?? []);
  const lacking = [...firstOfEach(series, unit)].filter(([period]) => period > oldest && !whole.has(period));
  return new Map([...chosen, ...lacking]);
}

function firstOfEach(series: readonly DatedBackup[], unit: RetentionUnit): ReadonlyMap<string, DatedBackup> {
  const found = new Map<string, DatedBackup>();
  for (const one of series) {
    const period = periodOf(one.at, unit);
    if (!found.has(period)) found.set(period, one);
  }
  return found;
}

/** The period that a moment lies in, by the clock of this computer; periods of a unit sort by their names. */
export function periodOf(at: Date, unit: RetentionUnit): string {
  const year = at.getFullYear();
  const month = at.getMonth();
  if (unit === 'year') return pad(year, 4);
  if (unit === 'month') return `${pad(year, 4)}-${pad(month + 1, 2)}`;
  // Noon: no change of the clock moves it to another day.
  const back = unit === 'week' ? (at.getDay() + 6) % 7 : 0;
  const first = new Date(year, month, at.getDate() - back, 12);
  return `${pad(first.getFullYear(), 4)}-${pad(first.getMonth() + 1, 2)}-${pad(first.getDate(), 2)}`;
}

function pad(value: number, width: number): string {
  return String(value).padStart(width, '0');
}
