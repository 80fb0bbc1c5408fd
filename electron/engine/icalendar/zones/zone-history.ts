import { encode } from '../lines.ts';
import { ianaName, libraryBlock, libraryZone } from './zone-library.ts';
import { utcOffset, utcTransitions } from './zone-offset.ts';
import { ruledTransitions, zoneRules, type Transition, type ZoneRule } from './zone-rules.ts';

/*
 * The library's definitions hold the rules of today, as if they had held for ever: an event of 2006 in New York or of
 * last winter in Vancouver would be an hour off. So what held before comes from the time zone data of the runtime (ICU),
 * change by change, up to the moment from which both say the same; from then on the library's rules go on.
 */

/** How far back the changes are looked for. Before, the offset of that year stands. */
const EARLIEST = 1900;
const KNOWN_FROM = Date.UTC(1970, 0, 1);

/**
 * A VTIMEZONE for the TZID (a binary string) that is right for every time from the year `since` on, named exactly as the
 * TZID, CRLF line ends, or null when nobody knows the zone.
 */
export function zoneSince(tzid: string, since: number): string | null {
  const name = ianaName(tzid);
  const today = libraryZone(tzid);
  if (name === null || today === null) return null;
  const history = historyOf(name);
  if (history === null) return today;
  // A year of room: local time may lie in another year than UTC.
  const year = Math.max(since - 1, EARLIEST);
  const startMs = Date.UTC(year, 0, 1);
  if (startMs >= history.agreedMs && year >= 1970) return today;
  return joined(tzid, startMs, name, history);
}

interface History {
  readonly rules: readonly ZoneRule[];
  /** What the runtime knows from 1970 until the library's definition was made. */
  readonly changes: readonly Transition[];
  /** From then on the library's rules are right, in milliseconds. */
  readonly agreedMs: number;
}

const HISTORIES = new Map<string, History | null>();

function historyOf(name: string): History | null {
  let known = HISTORIES.get(name);
  if (known === undefined) {
    known = readHistory(name);
    HISTORIES.set(name, known);
  }
  return known;
}

function readHistory(name: string): History | null {
  const block = libraryBlock(name);
  const rules = block === null ? null : zoneRules(block);
  const made = /^LAST-MODIFIED:(\d{4})(\d\d)(\d\d)/m.exec(block ?? '');
  if (rules === null || made === null) return null;
  const madeMs = Date.UTC(Number(made[1]), Number(made[2]) - 1, Number(made[3]));
  const startMs = KNOWN_FROM;
  const ruled = ruledTransitions(rules, 1969, new Date(madeMs).getUTCFullYear() + 1);
  const changes = utcTransitions(name, startMs, madeMs);
  const moments = [...changes, ...ruled].map(({ atMs }) => atMs).filter((at) => at > startMs && at < madeMs);
  const borders = [...moments, madeMs].sort((a, b) => b - a);
  for (const [at, border] of borders.entries()) {
    const before = borders[at + 1] ?? startMs;
    const middle = (before + border) / 2;
    if (before < border && utcOffset(name, middle) !== ruledOffset(rules, ruled, middle)) {
      return { rules, changes, agreedMs: border };
    }
  }
  return { rules, changes, agreedMs: startMs };
}

function ruledOffset(rules: readonly ZoneRule[], ruled: readonly Transition[], atMs: number): number {
  return ruled.findLast((one) => one.atMs <= atMs)?.toMs ?? rules[0]?.toMs ?? 0;
}

/** What held from the start, each change until both agree, and the library's rules from there on. */
function joined(tzid: string, startMs: number, name: string, { rules, changes: known, agreedMs }: History): string {
  const first = utcOffset(name, startMs);
  const older = startMs < KNOWN_FROM ? utcTransitions(name, startMs, KNOWN_FROM) : [];
  const changes = [...older, ...known.filter(({ atMs }) => atMs > startMs && atMs <= agreedMs)];
  const year = new Date(agreedMs).getUTCFullYear();
  const ruled = ruledTransitions(rules, year - 1, year + 1);
  const [before, after] = [changes.at(-1)?.toMs ?? first, ruledOffset(rules, ruled, agreedMs)];
  if (before !== after) changes.push({ atMs: agreedMs, fromMs: before, toMs: after });
  const lines = [
    'BEGIN:VTIMEZONE',
    `TZID:${tzid}`,
    `X-LIC-LOCATION:${encode(name)}`,
    // Where the search for changes begins: a change in the hours after it is no part of what held before.
    ...observance('STANDARD', { atMs: startMs, fromMs: first, toMs: first }, []),
    ...grouped(changes).flatMap(([one, ...more]) =>
      one === undefined ? [] : observance(one.toMs > one.fromMs ? 'DAYLIGHT' : 'STANDARD', one, more),
    ),
    ...rules.flatMap((rule) => goingOn(rule, agreedMs, year)),
    'END:VTIMEZONE',
  ];
  return `${lines.join('\r\n')}\r\n`;
}

/** A rule of the library from its first onset after `afterMs` on. */
function goingOn({ lines, onset, fromMs }: ZoneRule, afterMs: number, year: number): readonly string[] {
  if (onset === null) return [];
  const next = [year - 1, year, year + 1, year + 2].map(onset).find((local) => local - fromMs > afterMs);
  const [begin = '', ...rest] = lines;
  return next === undefined ? [] : [begin, `DTSTART:${dateTime(next)}`, ...rest];
}

function grouped(changes: readonly Transition[]): readonly (readonly Transition[])[] {
  const groups = new Map<string, Transition[]>();
  for (const change of changes) {
    const key = `${String(change.fromMs)} ${String(change.toMs)}`;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [change]);
    else group.push(change);
  }
  return [...groups.values()];
}

/** As vzic writes it: one RDATE a line, the first onset among them, since some readers look at nothing else. */
function observance(kind: 'STANDARD' | 'DAYLIGHT', first: Transition, more: readonly Transition[]): readonly string[] {
  const local = ({ atMs, fromMs }: Transition): string => dateTime(atMs + fromMs);
  return [
    `BEGIN:${kind}`,
    `DTSTART:${local(first)}`,
    `TZOFFSETFROM:${offset(first.fromMs)}`,
    `TZOFFSETTO:${offset(first.toMs)}`,
    ...(more.length === 0 ? [] : [first, ...more].map((one) => `RDATE:${local(one)}`)),
    `END:${kind}`,
  ];
}

function dateTime(ms: number): string {
  return new Date(ms).toISOString().replace(/[-:]|\.\d{3}Z$/g, '');
}

/** `+0130`, with seconds where there are some (RFC 5545 §3.3.14). */
function offset(ms: number): string {
  const seconds = Math.abs(Math.round(ms / 1000));
  const parts = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  const digits = parts.filter((part, at) => at < 2 || part > 0).map((part) => String(part).padStart(2, '0'));
  return `${ms < 0 ? '-' : '+'}${digits.join('')}`;
}
