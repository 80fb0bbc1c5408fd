/** One STANDARD or DAYLIGHT of a library's VTIMEZONE: it holds for ever, or begins anew each year. */
export interface ZoneRule {
  /** The lines between its BEGIN and END, those two included, without its DTSTART. */
  readonly lines: readonly string[];
  /** Offsets from UTC in milliseconds, before and after. */
  readonly fromMs: number;
  readonly toMs: number;
  /** Milliseconds since 1970 at which it begins in a year, as local time of before; null: it always holds. */
  readonly onset: ((year: number) => number) | null;
}

/** A change of the clock: from then on another offset holds. Milliseconds. */
export interface Transition {
  readonly atMs: number;
  readonly fromMs: number;
  readonly toMs: number;
}

const OBSERVANCE = /BEGIN:(STANDARD|DAYLIGHT)\r\n[^]*?END:\1/g;
const YEARLY = /^RRULE:FREQ=YEARLY;BYMONTH=(\d+);BYDAY=(-?\d)(SU|MO|TU|WE|TH|FR|SA)$/m;
const DAYS = ['SU', 'MO', 'TU', 'WE', 'TH', 'FR', 'SA'];

/** The rules of a VTIMEZONE that holds those of one time only; null when one of them is of another kind. */
export function zoneRules(block: string): readonly ZoneRule[] | null {
  const rules = [...block.matchAll(OBSERVANCE)].map(([text]) => zoneRule(text));
  const whole = rules.filter((rule) => rule !== null);
  if (whole.length === 0 || whole.length < rules.length) return null;
  return whole.length === 1 || whole.every(({ onset }) => onset !== null) ? whole : null;
}

function zoneRule(text: string): ZoneRule | null {
  const fromMs = offsetMs(/^TZOFFSETFROM:(.*)$/m.exec(text)?.[1] ?? '');
  const toMs = offsetMs(/^TZOFFSETTO:(.*)$/m.exec(text)?.[1] ?? '');
  const time = /^DTSTART:\d{8}T(\d\d)(\d\d)(\d\d)$/m.exec(text);
  if (fromMs === null || toMs === null || time === null) return null;
  const lines = text.split('\r\n').filter((line) => !line.startsWith('DTSTART'));
  if (!/^(?:RRULE|RDATE|EXDATE)/m.test(text)) return { lines, fromMs, toMs, onset: null };
  const yearly = YEARLY.exec(text);
  if (yearly === null) return null;
  const [month, nth, day] = [Number(yearly[1]) - 1, Number(yearly[2]), DAYS.indexOf(yearly[3] ?? '')];
  const clock = ((Number(time[1]) * 60 + Number(time[2])) * 60 + Number(time[3])) * 1000;
  return { lines, fromMs, toMs, onset: (year) => nthDay(year, month, nth, day) + clock };
}

/** The nth such day of a month, counted from its end when negative, at midnight. */
function nthDay(year: number, month: number, nth: number, day: number): number {
  if (nth < 0) {
    const last = new Date(Date.UTC(year, month + 1, 0));
    return last.setUTCDate(last.getUTCDate() - ((last.getUTCDay() - day + 7) % 7) + 7 * (nth + 1));
  }
  const first = new Date(Date.UTC(year, month, 1));
  return first.setUTCDate(1 + ((day - first.getUTCDay() + 7) % 7) + 7 * (nth - 1));
}

function offsetMs(text: string): number | null {
  const match = /^([+-])(\d\d)(\d\d)(\d\d)?\r?$/.exec(text);
  if (match === null) return null;
  const ms = ((Number(match[2]) * 60 + Number(match[3])) * 60 + Number(match[4] ?? 0)) * 1000;
  return match[1] === '-' ? -ms : ms;
}

/** The changes that yearly rules make in the years from `first` to `last`, in order. */
export function ruledTransitions(rules: readonly ZoneRule[], first: number, last: number): Transition[] {
  const found: Transition[] = [];
  for (let year = first; year <= last; year += 1) {
    for (const { onset, fromMs, toMs } of rules) {
      if (onset !== null) found.push({ atMs: onset(year) - fromMs, fromMs, toMs });
    }
  }
  return found.sort((a, b) => a.atMs - b.atMs);
}
