import type { ComponentFacts } from './component-facts.ts';
import { lengthMs } from './component-facts.ts';
import { endOf, readWhen } from '../zones/when.ts';

const DAY = 86_400_000;
const STEPS: Readonly<Record<string, number>> = {
  SECONDLY: 1000,
  MINUTELY: 60_000,
  HOURLY: 3_600_000,
  DAILY: DAY,
  WEEKLY: 7 * DAY,
};

/**
 * When the last instance of a resource ends, in milliseconds; null when it never does or when that cannot be told.
 * May be late where a rule has days of its own or EXDATE takes away its last instances; never early.
 */
export function lastEnd(all: readonly ComponentFacts[]): number | null {
  let latest: number | null = null;
  for (const facts of all) {
    const end = facts.recurrenceId === null ? masterEnd(facts) : plainEnd(facts);
    if (end === null && facts.rrules.length > 0) return null;
    if (end !== null) latest = Math.max(latest ?? -Infinity, end);
  }
  return latest;
}

function plainEnd(facts: ComponentFacts): number | null {
  if (facts.start === null) return facts.end === null ? null : endOf(facts.end);
  return facts.start.ms + lengthMs(facts);
}

function masterEnd(facts: ComponentFacts): number | null {
  const single = plainEnd(facts);
  if (facts.start === null || single === null) return single;
  let last = Math.max(facts.start.ms, facts.lastRdate ?? -Infinity);
  for (const rule of facts.rrules) {
    const end = lastStart(rule, facts);
    if (end === null) return null;
    last = Math.max(last, end);
  }
  return last + lengthMs(facts);
}

/** Start of the last instance that a rule makes, or a little later; null for an endless one. */
function lastStart(rule: string, facts: ComponentFacts): number | null {
  const start = facts.start;
  if (start === null) return null;
  const parts = new Map(
    rule
      .toUpperCase()
      .split(';')
      .map((part): [string, string] => [part.split('=')[0]?.trim() ?? '', part.split('=')[1]?.trim() ?? '']),
  );
  const until = parts.get('UNTIL');
  if (until !== undefined) {
    const limit = readWhen(until, start.tzid);
    return limit === null ? null : Math.max(endOf(limit), start.ms);
  }
  const count = Number(parts.get('COUNT'));
  if (!Number.isInteger(count) || count < 1) return null;
  const plain = plainLast(parts, count, start.ms);
  if (plain !== null) return plain;
  const first = localMs(start.text);
  const last = lastByMonth(parts, count, first);
  return last === null ? null : last + (start.ms - first);
}

/** The common rules, without walking over their instances. */
function plainLast(parts: ReadonlyMap<string, string>, count: number, startMs: number): number | null {
  const step = STEPS[parts.get('FREQ') ?? ''];
  const interval = Number(parts.get('INTERVAL') ?? '1');
  if (step === undefined || !Number.isInteger(interval) || interval < 1 || parts.has('RSCALE')) return null;
  const by = [...parts.keys()].filter((key) => key.startsWith('BY'));
  if (by.length === 0) return startMs + (count - 1) * interval * step;
  if (by.length > 1 || by[0] !== 'BYDAY' || parts.get('FREQ') !== 'WEEKLY') return null;
  const days = new Set((parts.get('BYDAY') ?? '').split(',')).size;
  return startMs + Math.ceil(count / days) * interval * step;
}

/** Months are walked no further than this. */
const MAX_STEPS = 5000;
/** One day that every month has: its nth Monday up to the fourth, or a date up to the 28th. */
const EVERY_MONTH = /^(?:[+-]?[1-4]?(?:MO|TU|WE|TH|FR|SA|SU)|-?(?:[1-9]|1\d|2[0-8]))(?:,|$)/;

/**
 * Rules by month and year. Not left to a library: one that never finds a 30 February walks on for ever, and nothing can
 * stop it. Rules with days of their own get the end of the month in which the last instance can be at the latest.
 */
function lastByMonth(parts: ReadonlyMap<string, string>, count: number, firstMs: number): number | null {
  const freq = parts.get('FREQ');
  const interval = Number(parts.get('INTERVAL') ?? '1');
  if ((freq !== 'MONTHLY' && freq !== 'YEARLY') || !Number.isInteger(interval) || interval < 1) return null;
  if (parts.has('RSCALE')) return null;
  const months = freq === 'MONTHLY' ? interval : 12 * interval;
  const by = [...parts.keys()].filter((key) => key.startsWith('BY'));
  if (by.length === 0) return lastOnSameDay(months, count, firstMs);
  const known = by.every((key) => key === 'BYDAY' || key === 'BYMONTHDAY' || (key === 'BYMONTH' && freq === 'YEARLY'));
  const days = parts.get('BYDAY') ?? parts.get('BYMONTHDAY') ?? '1';
  if (!known || (parts.has('BYDAY') && parts.has('BYMONTHDAY')) || !EVERY_MONTH.test(days)) return null;
  if (parts.has('BYMONTH') && !/^(?:[1-9]|1[0-2])(?:,|$)/.test(parts.get('BYMONTH') ?? '')) return null;
  const date = new Date(firstMs);
  // The first period may be over already at the start, so one more than `count`.
  const end = Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + count * months + (freq === 'YEARLY' ? 12 : 1), 1);
  return Number.isNaN(end) ? null : end;
}

/** The same date each time; months without it are left out (RFC 5545 §3.3.10). */
function lastOnSameDay(months: number, count: number, firstMs: number): number | null {
  const first = new Date(firstMs);
  const time = firstMs - Date.UTC(first.getUTCFullYear(), first.getUTCMonth(), first.getUTCDate());
  let found = 0;
  for (let step = 0; step < MAX_STEPS; step += 1) {
    const ms = Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + step * months, first.getUTCDate());
    if (new Date(ms).getUTCDate() === first.getUTCDate()) found += 1;
    if (found === count) return ms + time;
  }
  return null;
}

function localMs(text: string): number {
  return readWhen(text.replace(/[-:]/g, '').replace(/Z$/, ''), null)?.ms ?? 0;
}
