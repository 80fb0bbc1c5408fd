import { parseTime } from './times.ts';

const DAY = 86_400_000;
/** Enough for a daily series of 50 years; a rule that yields nothing stops as well. */
const MOST = 20_000;
const DAYS = ['SU', 'MO', 'TU', 'WE', 'TH', 'FR', 'SA'];

interface Rule {
  readonly frequency: string;
  readonly interval: number;
  readonly count: number;
  readonly until: number;
  readonly parts: ReadonlyMap<string, string>;
}

function parseRule(text: string): Rule {
  const parts = new Map(
    text.split(';').map((part): [string, string] => {
      const [name = '', value = ''] = part.split('=');
      return [name.toUpperCase(), value.toUpperCase()];
    }),
  );
  const number = (name: string): number | null =>
    /^\d+$/.test(parts.get(name) ?? '') ? Number(parts.get(name)) : null;
  const until = parseTime(parts.get('UNTIL') ?? '');
  return {
    frequency: parts.get('FREQ') ?? '',
    interval: Math.max(1, number('INTERVAL') ?? 1),
    count: number('COUNT') ?? Infinity,
    // UNTIL in UTC is compared with the clock reading: a day of slack, so that nothing is missed.
    until: until === null ? Infinity : until.wall + (until.date || until.utc ? DAY : 0),
    parts,
  };
}

const numbers = (rule: Rule, name: string): number[] =>
  (rule.parts.get(name) ?? '').split(',').filter(Boolean).map(Number);

interface Weekday {
  readonly day: number;
  readonly nth: number;
}

function weekdays(rule: Rule): Weekday[] {
  return (rule.parts.get('BYDAY') ?? '').split(',').flatMap((text) => {
    const m = /^([+-]?\d+)?(SU|MO|TU|WE|TH|FR|SA)$/.exec(text);
    return m === null ? [] : [{ day: DAYS.indexOf(m[2] ?? ''), nth: Number(m[1] ?? '0') }];
  });
}

/** Days (as UTC midnights) of one month that the rule picks; empty list of conditions means the day of the start. */
function daysOfMonth(year: number, month: number, rule: Rule, startDay: number): number[] {
  const first = Date.UTC(year, month, 1);
  const count = new Date(Date.UTC(year, month + 1, 0)).getUTCDate();
  const byMonthDay = numbers(rule, 'BYMONTHDAY');
  const byDay = weekdays(rule);
  const out: number[] = [];
  for (let d = 1; d <= count; d++) {
    const at = first + (d - 1) * DAY;
    const weekday = new Date(at).getUTCDay();
    const dayOk = byDay.length === 0 || byDay.some((w) => matchesNth(w, weekday, d, count));
    const monthDayOk = byMonthDay.length === 0 || byMonthDay.includes(d) || byMonthDay.includes(d - count - 1);
    const plain = byDay.length === 0 && byMonthDay.length === 0;
    if (plain ? d === startDay : dayOk && monthDayOk) out.push(at);
  }
  return positions(out, rule);
}

const matchesNth = ({ day, nth }: Weekday, weekday: number, d: number, count: number): boolean =>
  day === weekday && (nth === 0 || nth === Math.ceil(d / 7) || nth === -Math.ceil((count - d + 1) / 7));

function positions(days: number[], rule: Rule): number[] {
  const wanted = numbers(rule, 'BYSETPOS');
  if (wanted.length === 0) return days;
  return days.filter((_, i) => wanted.includes(i + 1) || wanted.includes(i - days.length));
}

function* periods(rule: Rule, start: number): Generator<number[]> {
  const begin = new Date(start);
  const midnight = Math.floor(start / DAY) * DAY;
  const [year, month, day] = [begin.getUTCFullYear(), begin.getUTCMonth(), begin.getUTCDate()];
  const byMonth = numbers(rule, 'BYMONTH');
  const monthOk = (at: number): boolean => byMonth.length === 0 || byMonth.includes(new Date(at).getUTCMonth() + 1);
  for (let i = 0; ; i += rule.interval) {
    if (rule.frequency === 'DAILY') {
      const at = midnight + i * DAY;
      const byDay = weekdays(rule);
      const dayOk = byDay.length === 0 || byDay.some((w) => w.day === new Date(at).getUTCDay());
      yield monthOk(at) && dayOk ? [at] : [];
    } else if (rule.frequency === 'WEEKLY') {
      const byDay = weekdays(rule);
      // Weeks start on Monday unless the rule says Sunday.
      const shift = rule.parts.get('WKST') === 'SU' ? 0 : 1;
      const week = midnight - ((begin.getUTCDay() - shift + 7) % 7) * DAY + i * 7 * DAY;
      const days =
        byDay.length === 0 ? [midnight + i * 7 * DAY] : byDay.map((w) => week + ((w.day - shift + 7) % 7) * DAY);
      yield days.sort((a, b) => a - b).filter(monthOk);
    } else if (rule.frequency === 'MONTHLY') {
      const at = new Date(Date.UTC(year, month + i, 1));
      yield monthOk(at.getTime()) ? daysOfMonth(at.getUTCFullYear(), at.getUTCMonth(), rule, day) : [];
    } else if (rule.frequency === 'YEARLY') {
      const months = byMonth.length === 0 ? [month + 1] : byMonth;
      yield months.flatMap((m) => daysOfMonth(year + i, m - 1, rule, day));
    } else return;
  }
}

/**
 * The clock readings of a recurrence rule (RFC 5545 §3.3.10) up to a bound. Daily to yearly rules with the common BY
 * parts; a rule of another frequency gives its start only.
 */
export function* expandRule(text: string, start: number, bound: number): Generator<number> {
  const rule = parseRule(text);
  const time = start - Math.floor(start / DAY) * DAY;
  let given = 0;
  let turns = 0;
  if (!['DAILY', 'WEEKLY', 'MONTHLY', 'YEARLY'].includes(rule.frequency)) yield start;
  for (const days of periods(rule, start)) {
    if (++turns > MOST) return;
    for (const day of days) {
      const at = day + time;
      if (at < start) continue;
      if (at > rule.until || at > bound || given >= rule.count) return;
      given++;
      yield at;
    }
  }
}
