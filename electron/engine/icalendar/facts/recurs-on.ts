import type { When } from '../types.ts';
import type { ZoneOffset } from '../zones/zone-offset.ts';
import type { ComponentFacts } from './component-facts.ts';
import { lastEnd } from './last-end.ts';

const DAY = 86_400_000;
const DAYS = ['SU', 'MO', 'TU', 'WE', 'TH', 'FR', 'SA'] as const;
/** Parts of a rule by which instances begin at other times of the day than the first one. */
const OTHER_TIMES = ['BYHOUR', 'BYMINUTE', 'BYSECOND'] as const;
const WITHIN_A_DAY = ['HOURLY', 'MINUTELY', 'SECONDLY'];

/**
 * Whether a series can have an instance at a RECURRENCE-ID (RFC 5545 §3.8.4.4). True only where nothing speaks against
 * it: between first and last, not taken out, of the type of its DTSTART, at its time of the day, and on a day that a
 * plain rule makes. Rules with days of their own are not walked over: of these each day counts.
 */
export function recursOn(series: ComponentFacts, id: When, offset: ZoneOffset): boolean {
  const { start, rrules, rdates, excluded } = series;
  if (start === null || isDate(start) !== isDate(id) || excluded.includes(id.ms)) return false;
  if (rdates.includes(id.ms)) return true;
  if (id.ms === start.ms) return rrules.length > 0 || rdates.length > 0;
  if (id.ms < start.ms) return false;
  const last = lastEnd([{ ...series, recurrenceId: null }]);
  if (last !== null && id.ms >= last && id.ms > start.ms) return false;
  const first = localMs(start);
  const local = localIn(start, id, offset);
  return rrules.some((rule) => fits(partsOf(rule), first, local));
}

function fits(rule: ReadonlyMap<string, string>, first: number, local: number): boolean {
  const freq = rule.get('FREQ') ?? '';
  if (WITHIN_A_DAY.includes(freq) || rule.has('RSCALE')) return true;
  if (!OTHER_TIMES.some((part) => rule.has(part)) && timeOfDay(local) !== timeOfDay(first)) return false;
  const by = [...rule.keys()].filter((part) => part.startsWith('BY'));
  const interval = Number(rule.get('INTERVAL') ?? '1');
  if (by.length === 0 && Number.isInteger(interval) && interval > 0) return onPlainDay(freq, interval, first, local);
  if (freq === 'WEEKLY' && by.length === 1 && rule.has('BYDAY')) {
    return (rule.get('BYDAY') ?? '').split(',').some((day) => day.trim() === DAYS[new Date(local).getUTCDay()]);
  }
  return true;
}

/** Rules that say nothing but how often. */
function onPlainDay(freq: string, interval: number, first: number, local: number): boolean {
  const days = Math.floor(local / DAY) - Math.floor(first / DAY);
  if (freq === 'DAILY') return days % interval === 0;
  if (freq === 'WEEKLY') return days % (7 * interval) === 0;
  const [a, b] = [new Date(first), new Date(local)];
  if (a.getUTCDate() !== b.getUTCDate()) return false;
  const months = (b.getUTCFullYear() - a.getUTCFullYear()) * 12 + b.getUTCMonth() - a.getUTCMonth();
  return months % (freq === 'YEARLY' ? 12 * interval : interval) === 0;
}

function partsOf(rule: string): ReadonlyMap<string, string> {
  return new Map(
    rule
      .toUpperCase()
      .split(';')
      .map((part): [string, string] => [part.split('=')[0]?.trim() ?? '', part.split('=')[1]?.trim() ?? '']),
  );
}

function isDate(when: When): boolean {
  return when.text.length === 10;
}

function timeOfDay(local: number): number {
  return ((local % DAY) + DAY) % DAY;
}

/** The clock of a time as written, as if it were UTC. */
function localMs({ text }: When): number {
  return Date.parse(isDateText(text) || text.endsWith('Z') ? text : `${text}Z`);
}

function isDateText(text: string): boolean {
  return text.length === 10;
}

/** What the clock of the series shows at that moment. */
function localIn(start: When, id: When, offset: ZoneOffset): number {
  if (start.tzid === null || id.tzid === start.tzid) return start.tzid === null ? id.ms : localMs(id);
  const guess = offset(start.tzid, id.ms);
  return id.ms + offset(start.tzid, id.ms + guess);
}
