import { withScheme } from '../../shared/text/address.ts';

/* Numbers, dates and sizes as a person reads them. Pure; dates of events are shown as written, never converted. */

const numbers = new Intl.NumberFormat('en');
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'] as const;

/** `4118` → `4,118`. */
export function formatNumber(value: number): string {
  return numbers.format(value);
}

/** `1 event`, `2 events`, `1,204 people`. */
export function plural(count: number, one: string, many = `${one}s`): string {
  return `${formatNumber(count)} ${count === 1 ? one : many}`;
}

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
  return `${value < 10 ? value.toFixed(1) : String(Math.round(value))} ${units[unit] ?? ''}`;
}

/** A date or date-time as written in an event: `23 Nov 2026 09:30`, `23 Nov 2026 all day`, `–` when there is none. */
export function formatStart(start: string | null): string {
  const parts = start === null ? null : /^(\d{4})-(\d{2})-(\d{2})(?:T(\d{2}):(\d{2}))?/.exec(start);
  if (parts === null) return start ?? '–';
  const day = dayWords(parts[1] ?? '', parts[2] ?? '', parts[3] ?? '');
  return parts[4] === undefined ? `${day} all day` : `${day} ${parts[4]}:${parts[5] ?? '00'}`;
}

/** The day of a date or date-time as written: `23 Nov 2026`. */
export function formatDay(start: string | null): string {
  const parts = start === null ? null : /^(\d{4})-(\d{2})-(\d{2})/.exec(start);
  return parts === null ? (start ?? '–') : dayWords(parts[1] ?? '', parts[2] ?? '', parts[3] ?? '');
}

/** `2026-11` → `Nov 2026`. */
export function formatMonth(month: string): string {
  return `${MONTHS[Number(month.slice(5, 7)) - 1] ?? month.slice(5, 7)} ${month.slice(0, 4)}`;
}

function dayWords(year: string, month: string, day: string): string {
  return `${String(Number(day))} ${MONTHS[Number(month) - 1] ?? month} ${year}`;
}

/** A moment of this computer's clock: `today 14:02`, `18 Nov 2026 14:02`. */
export function formatMoment(iso: string, now: Date): string {
  const at = new Date(iso);
  if (Number.isNaN(at.getTime())) return iso;
  const time = `${twoDigits(at.getHours())}:${twoDigits(at.getMinutes())}`;
  if (at.toDateString() === now.toDateString()) return `today ${time}`;
  return `${String(at.getDate())} ${MONTHS[at.getMonth()] ?? ''} ${String(at.getFullYear())} ${time}`;
}

/** `14:02`, in this computer's time zone. */
export function formatTime(iso: string): string {
  const at = new Date(iso);
  return Number.isNaN(at.getTime()) ? iso : `${twoDigits(at.getHours())}:${twoDigits(at.getMinutes())}`;
}

function twoDigits(value: number): string {
  return String(value).padStart(2, '0');
}

/** Seconds as an estimate: `2 s`, `3 min`, `1 h 10 min`. */
export function formatDuration(seconds: number): string {
  if (seconds < 60) return `${String(Math.max(1, Math.round(seconds)))} s`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 60) return `${String(minutes)} min`;
  const rest = minutes % 60;
  return rest === 0 ? `${String(minutes / 60)} h` : `${String(Math.floor(minutes / 60))} h ${String(rest)} min`;
}

/** `64 %`; never 100 % before the last one is done. */
export function formatPercent(done: number, of: number): string {
  if (of === 0) return '100 %';
  return `${String(Math.min(done >= of ? 100 : 99, Math.floor((done / of) * 100)))} %`;
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
export function formatPlace(entry: { readonly file: string; readonly line: number }): string {
  if (entry.file === '') return 'on the server';
  return entry.line === 0 ? entry.file : `${entry.file}:${String(entry.line)}`;
}

/** `a`, `a and b`, `a, b and c`. */
export function listWords(words: readonly string[]): string {
  const last = words.at(-1) ?? '';
  return words.length < 2 ? last : `${words.slice(0, -1).join(', ')} and ${last}`;
}

/** Host and port of an address as typed. */
export function hostOf(address: string): string {
  const url = withScheme(address);
  return URL.canParse(url) ? new URL(url).host : address;
}
