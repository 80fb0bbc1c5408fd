import { withScheme } from '../../shared/text/address.ts';
import { formatNumber, plural } from '../../shared/words/format.ts';

/* Sizes, spans and places as a person reads them. Pure; dates and numbers are those of shared/words/format.ts. */

export {
  daysHere,
  formatDay,
  formatMoment,
  formatMonth,
  formatNumber,
  formatPercent,
  formatStart,
  formatTime,
  listWords,
  plural,
} from '../../shared/words/format.ts';

/** Octets: `812 bytes`, `3.4 MB`. */
export function formatBytes(bytes: number): string {
  if (bytes < 1000) return plural(bytes, 'byte');
  const units = ['kB', 'MB', 'GB', 'TB'];
  let value = bytes / 1000;
  let unit = 0;
  while (value >= 1000 && unit < units.length - 1) {
    value /= 1000;
    unit += 1;
  }
  return `${formatNumber(value < 10 ? Math.round(value * 10) / 10 : Math.round(value))} ${units[unit] ?? ''}`;
}

/** Seconds as an estimate: `2 s`, `3 min`, `1 h 10 min`. */
export function formatDuration(seconds: number): string {
  if (seconds < 60) return `${String(Math.max(1, Math.round(seconds)))} s`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 60) return `${String(minutes)} min`;
  const rest = minutes % 60;
  return rest === 0 ? `${String(minutes / 60)} h` : `${String(Math.floor(minutes / 60))} h ${String(rest)} min`;
}

/** A calendar user address without its scheme: `mailto:anna@x.org` → `anna@x.org`. */
export function shortAddress(address: string): string {
  return address.replace(/^mailto:/i, '');
}

/** The last parts of a path: enough to know a file by; the whole path stands in the tooltip and in every copy. */
export function shortPath(path: string, keep = 1): string {
  return path
    .split(/[\\/]/)
    .filter((part) => part !== '')
    .slice(-keep)
    .join('/');
}

/** Where something stands: `file:line`; the file alone when all of it is meant. */
export function formatFileLine(entry: { readonly file: string; readonly line: number }): string {
  if (entry.file === '') return 'on the server';
  return entry.line === 0 ? entry.file : `${entry.file}:${String(entry.line)}`;
}

/** Host and port of an address as typed. */
export function hostOf(address: string): string {
  const url = withScheme(address);
  return URL.canParse(url) ? new URL(url).host : address;
}
