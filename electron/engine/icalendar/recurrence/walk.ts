import { periodsOf } from './periods.ts';
import type { Rule } from './rule.ts';

const SECOND = 1000;
const DAY = 86_400_000;
const STEPS: Readonly<Partial<Record<Rule['frequency'], number>>> = {
  SECONDLY: SECOND,
  MINUTELY: 60 * SECOND,
  HOURLY: 3600 * SECOND,
};

/** How many periods and days may be looked at, over everything that is asked at once: a rule can name days that never come. */
export interface Budget {
  left: number;
}

interface Window {
  /** Local times in milliseconds, as if they were UTC: instances that begin from here on, and before there. */
  readonly fromMs: number;
  readonly toMs: number;
  /** Instances at most. */
  readonly most: number;
  readonly budget: Budget;
  /** Gives the moment in UTC of a local time, for an UNTIL in UTC. */
  readonly utc: (localMs: number) => number;
}

interface Walked {
  /** Local times at which instances begin, in order. */
  readonly starts: readonly number[];
  /** There are more, or it could not be told. */
  readonly cut: boolean;
}

/**
 * The instances of one rule within a window. Periods before the window are jumped over; only a rule with COUNT is walked
 * from its beginning. The first instance belongs to the series whether the rule names it or not, and is given, too.
 *
 * @param firstMs local time of DTSTART
 */
export function walk(rule: Rule, firstMs: number, window: Window): Walked {
  const step = STEPS[rule.frequency];
  return step === undefined ? walkPeriods(rule, firstMs, window) : walkSteps(rule, firstMs, step, window);
}

/** Hours, minutes and seconds: nothing but a distance. */
function walkSteps(rule: Rule, firstMs: number, step: number, window: Window): Walked {
  const distance = step * rule.interval;
  const starts: number[] = [];
  let at = Math.max(0, Math.ceil((window.fromMs - firstMs) / distance));
  for (; ; at += 1) {
    const ms = firstMs + at * distance;
    if (ms >= window.toMs || (rule.count !== null && at >= rule.count) || isAfter(rule, ms, window)) break;
    if (starts.length >= window.most) return { starts, cut: true };
    starts.push(ms);
  }
  return { starts, cut: false };
}

function walkPeriods(rule: Rule, firstMs: number, window: Window): Walked {
  const periods = periodsOf(rule, firstMs);
  const times = timesOf(rule, firstMs);
  const own = periods.of(firstMs);
  const starts: number[] = [];
  let period = own;
  if (rule.count === null) {
    // One earlier, since a set of a period can reach beyond midnight of its last day by no more than a day.
    const near = periods.of(Math.max(firstMs, window.fromMs)) - 1;
    period = own + Math.max(0, Math.floor((near - own) / rule.interval)) * rule.interval;
  }
  let counted = 0;
  const give = (ms: number): boolean => {
    if ((rule.count !== null && counted >= rule.count) || isAfter(rule, ms, window)) return false;
    counted += 1;
    if (ms >= window.fromMs && ms < window.toMs) starts.push(ms);
    return starts.length < window.most;
  };
  if (period === own && !give(firstMs)) return { starts, cut: starts.length >= window.most };
  for (; ; period += rule.interval) {
    const begin = periods.begin(period);
    if (begin >= window.toMs || !Number.isFinite(begin)) return { starts, cut: false };
    if (window.budget.left <= 0) return { starts, cut: true };
    const set = setOf(rule, periods.days(period), times);
    window.budget.left -= 1 + set.length;
    for (const ms of set) {
      if (ms <= firstMs) continue;
      if (!give(ms)) return { starts, cut: starts.length >= window.most };
    }
  }
}

/** Days and times of the day of one period; BYSETPOS picks among them. */
function setOf({ positions }: Rule, days: readonly number[], times: readonly number[]): readonly number[] {
  const all = days.flatMap((day) => times.map((time) => day * DAY + time));
  if (positions.length === 0) return all;
  const picked = positions.flatMap((at) => all[at > 0 ? at - 1 : all.length + at] ?? []);
  return [...new Set(picked)].sort((a, b) => a - b);
}

/** Times of the day in milliseconds, in order. */
function timesOf(rule: Rule, firstMs: number): readonly number[] {
  const first = new Date(firstMs);
  const hours = rule.hours.length > 0 ? rule.hours : [first.getUTCHours()];
  const minutes = rule.minutes.length > 0 ? rule.minutes : [first.getUTCMinutes()];
  const seconds = rule.seconds.length > 0 ? rule.seconds : [first.getUTCSeconds()];
  const all = hours.flatMap((hour) =>
    minutes.flatMap((minute) => seconds.map((second) => ((hour * 60 + minute) * 60 + second) * SECOND)),
  );
  return all.length < 2 ? all : [...new Set(all)].sort((a, b) => a - b);
}

function isAfter({ until }: Rule, localMs: number, { utc }: Window): boolean {
  return until !== null && (until.isUtc ? utc(localMs) : localMs) > until.ms;
}
