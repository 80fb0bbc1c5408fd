import type { SeriesPart, Series, When } from '../types.ts';
import { definedOffsetMs } from '../zones/ical-adapter.ts';
import { endOf } from '../zones/when.ts';
import { ianaName } from '../zones/zone-library.ts';
import { zoneOffset } from '../zones/zone-offset.ts';
import { readRule, type Rule } from './rule.ts';
import { walk, type Budget } from './walk.ts';

/** What is known of when a resource takes place. */
export interface Timed {
  readonly title: string;
  readonly start: When | null;
  /** End of the last instance in milliseconds; null when there is none or it cannot be told. */
  readonly endsMs: number | null;
  readonly series?: Series | undefined;
}

/** Of a summary only what is needed for that: the rest of it need not be kept. */
export function timedOf({ title, start, endsMs, series }: Timed): Timed {
  return series === undefined ? { title, start, endsMs } : { title, start, endsMs, series };
}

/**
 * One instance. `instant`: milliseconds since 1970; `floating`: a local time wherever one is, and `day`: whole days, both
 * in milliseconds as if they were UTC. The end is exclusive.
 */
interface Occurrence {
  readonly title: string;
  readonly startMs: number;
  readonly endMs: number;
  readonly clock: 'instant' | 'floating' | 'day';
}

interface Expansion {
  readonly occurrences: readonly Occurrence[];
  /** There are more than are given, or a rule that is not walked over: of that one the first instance alone is given. */
  readonly cut: boolean;
}

/** Milliseconds between which something takes place, instances that moved not counted; `toMs` null: without end. */
export interface Span {
  readonly fromMs: number;
  readonly toMs: number | null;
}

/** A day of grace on both sides: a floating time is some hours away from where it is read. */
const GRACE = 86_400_000;

/** When something takes place at the earliest and at the latest; null where it has no start. */
export function spanOf({ start, endsMs, series }: Timed): Span | null {
  if (start === null) return null;
  if (series === undefined) return { fromMs: start.ms, toMs: Math.max(endsMs ?? endOf(start), start.ms) };
  const fromMs = Math.min(start.ms, ...series.parts.map((part) => part.start.ms));
  return { fromMs, toMs: endsMs };
}

export function isWithin(span: Span, fromMs: number, toMs: number): boolean {
  return span.fromMs - GRACE < toMs && (span.toMs === null || span.toMs + GRACE >= fromMs);
}

/** Instances of one series in one answer. */
const MOST_OF_ONE = 400;

/** The instances that touch a time, those of a series without the ones that were taken out or moved. */
export function occurrencesIn(timed: Timed, fromMs: number, toMs: number, budget: Budget): Expansion {
  const { start, series } = timed;
  if (start === null) return NOTHING;
  if (series === undefined) {
    const endMs = Math.max(timed.endsMs ?? endOf(start), start.ms);
    const once: Occurrence = { title: timed.title, startMs: start.ms, endMs, clock: clockOf(start, null) };
    return { occurrences: touches(once, fromMs, toMs) ? [once] : [], cut: false };
  }
  const moved = new Set(series.parts.flatMap(({ recurrenceId }) => recurrenceId ?? []));
  const found: Occurrence[] = [];
  let cut = false;
  for (const part of series.parts) {
    if (part.recurrenceId !== null) {
      if (!part.cancelled) found.push(at(part, part.start.ms, series));
      continue;
    }
    const master = instancesOf(part, series, { fromMs, toMs, budget });
    cut ||= master.cut;
    const excluded = new Set(part.excluded);
    for (const ms of master.starts) if (!excluded.has(ms) && !moved.has(ms)) found.push(at(part, ms, series));
  }
  return { occurrences: found.filter((one) => touches(one, fromMs, toMs)), cut };
}

function touches({ startMs, endMs }: Occurrence, fromMs: number, toMs: number): boolean {
  return startMs < toMs + GRACE && endMs >= fromMs - GRACE;
}

const NOTHING: Expansion = { occurrences: [], cut: false };

interface Range {
  readonly fromMs: number;
  readonly toMs: number;
  readonly budget: Budget;
}

/** Moments at which instances of a master begin, its own and those that RDATE adds. */
function instancesOf(part: SeriesPart, series: Series, { fromMs, toMs, budget }: Range) {
  const { start, lengthMs, rrules, rdates } = part;
  const offset = offsetOf(start, series);
  const firstMs = localOf(start);
  const utc = (localMs: number): number => localMs - offset(localMs);
  const starts = new Set<number>(rdates);
  starts.add(start.ms);
  let cut = false;
  for (const text of rrules) {
    const rule = ruleOf(text);
    if (rule === null) {
      cut = true;
      continue;
    }
    const window = { fromMs: fromMs - lengthMs - 2 * GRACE, toMs: toMs + 2 * GRACE, most: MOST_OF_ONE, budget, utc };
    const walked = walk(rule, firstMs, window);
    cut ||= walked.cut;
    for (const ms of walked.starts) starts.add(utc(ms));
  }
  return { starts, cut };
}

function at(part: SeriesPart, startMs: number, series: Series): Occurrence {
  return { title: part.title, startMs, endMs: startMs + part.lengthMs, clock: clockOf(part.start, series) };
}

/** A time in a zone that nobody knows is shown as it is written. */
function clockOf({ text, tzid }: When, series: Series | null): Occurrence['clock'] {
  if (text.length === 10) return 'day';
  if (text.endsWith('Z')) return 'instant';
  if (tzid === null) return 'floating';
  return ianaName(tzid) !== null || series?.zones?.[tzid] !== undefined ? 'instant' : 'floating';
}

/** Offset of local times in the zone of a start. */
function offsetOf({ text, tzid }: When, series: Series): (localMs: number) => number {
  if (tzid === null || text.length === 10 || text.endsWith('Z')) return () => 0;
  const definition = series.zones?.[tzid];
  return definition === undefined
    ? (localMs) => zoneOffset(tzid, localMs)
    : (localMs) => definedOffsetMs(definition, localMs);
}

/** The clock of a time as written, as if it were UTC. */
function localOf({ text }: When): number {
  return Date.parse(text.length === 10 || text.endsWith('Z') ? text : `${text}Z`);
}

const RULES = new Map<string, Rule | null>();

/** A hundred thousand series have a handful of rules. */
function ruleOf(text: string): Rule | null {
  const known = RULES.get(text);
  if (known !== undefined) return known;
  const rule = readRule(text);
  if (RULES.size >= 2000) RULES.clear();
  RULES.set(text, rule);
  return rule;
}
