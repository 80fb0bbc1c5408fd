/**
 * A date in a name, with or without separators and a time: `alice-2026-11-24.ics`, `backup_20261124T0230.zip`. Years
 * from 1990 to 2099, so that other numbers are rarely taken for one.
 */
const DATE =
  /(?<!\d)((?:199|20\d)\d)[-_.]?(0[1-9]|1[0-2])[-_.]?(0[1-9]|[12]\d|3[01])(?:[T_ .-]{0,3}([01]\d|2[0-3])[-:._h]?([0-5]\d)(?:[-:._m]?([0-5]\d))?(Z)?)?(?!\d)/;

/**
 * The date that a name carries: a day (`YYYY-MM-DD`), or with a time a moment (ISO 8601), where the time counts as that
 * of this computer unless it ends in `Z`. Null when there is none.
 */
export function dateInName(name: string): string | null {
  const found = DATE.exec(name);
  if (found === null) return null;
  const [, year = '', month = '', day = '', hour, minute = '00', second = '00', zulu = ''] = found;
  const date = `${year}-${month}-${day}`;
  // 31 February is no day.
  if (new Date(`${date}T00:00:00Z`).toISOString().slice(0, 10) !== date) return null;
  if (hour === undefined) return date;
  return new Date(`${date}T${hour}:${minute}:${second}${zulu}`).toISOString();
}

/** Whether there are at least so many names, and all are the same but for a date: a series of backups. */
export function areSeries(names: readonly string[], least: number): boolean {
  const dated = names.every((name) => dateInName(name) !== null);
  return names.length >= least && dated && new Set(names.map(nameWithoutDate)).size === 1;
}

/** The name with a `*` in the place of its date: what the backups of a series have in common. */
export function nameWithoutDate(name: string): string {
  return name.replace(DATE, '*');
}
