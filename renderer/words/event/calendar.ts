import type { Occurrence, OccurrenceState } from '../../../shared/model/found/occurrences.ts';
import { dateFormat } from '../../../shared/words/here.ts';
import { formatNumber, plural } from '../../../shared/words/format.ts';
import type { Tone } from '../modes.ts';

/* What a calendar says, by `Intl` in the language and the habits of who looks. Days count from 1 January 1970. */

const DAY = 86_400_000;

/** How a screen calls what it shows. */
export interface CalendarWords {
  /** The two calendars. */
  readonly before: string;
  readonly after: string;
  readonly states: Readonly<Partial<Record<OccurrenceState, string>>>;
  /** What a tick on an event means; `Write` when left out. */
  readonly tick?: string;
}

interface StateWords {
  readonly label: string;
  readonly tone: Tone;
}

const STATES: Readonly<Record<OccurrenceState, StateWords>> = {
  added: { label: 'New', tone: 'new' },
  changed: { label: 'Changed', tone: 'upd' },
  replaced: { label: 'Replaced', tone: 'same' },
  removed: { label: 'Removed', tone: 'bad' },
  kept: { label: 'Unchanged', tone: 'same' },
  conflict: { label: 'Conflict', tone: 'warn' },
  leftOut: { label: 'Left out', tone: 'same' },
  rejected: { label: 'Not stored', tone: 'bad' },
  other: { label: 'Not in this list', tone: 'same' },
};

export const REVIEW_WORDS: CalendarWords = { before: 'Before', after: 'After', states: {} };

export const REPORT_WORDS: CalendarWords = {
  before: 'Before the run',
  after: 'After the run',
  states: { added: 'Created', removed: 'Deleted', rejected: 'Not written' },
};

export const FIND_WORDS: CalendarWords = {
  before: 'Older backups',
  after: 'Newest backup',
  states: { removed: 'Deleted', replaced: 'Older version', conflict: 'Not readable', kept: 'Unchanged' },
};

export const MISSING_WORDS: CalendarWords = {
  before: 'In the backups',
  after: 'Calendar now',
  states: { removed: 'Missing', replaced: 'As in the backup', other: 'In the calendar', conflict: 'Not readable' },
  tick: 'Restore',
};

/** What a state is called on a screen. */
export function stateLabel(state: OccurrenceState, words: CalendarWords): string {
  return words.states[state] ?? STATES[state].label;
}

export function stateTone(state: OccurrenceState): Tone {
  return STATES[state].tone;
}

const WEEKDAY = { weekday: 'short' } as const;
const NUMBER = { day: 'numeric' } as const;
const FIRST = { day: 'numeric', month: 'short' } as const;
const FULL = { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' } as const;
const MONTH = { month: 'long', year: 'numeric' } as const;
const RANGE = { day: 'numeric', month: 'short', year: 'numeric' } as const;
const TIME = { timeStyle: 'short' } as const;
const HOUR = { hour: 'numeric' } as const;

/** `Mon` */
export const weekdayName = (day: number): string => dateFormat(WEEKDAY, 'UTC').format(day * DAY);
/** `23`; with its month for the first of one. */
export const dayNumber = (day: number): string =>
  dateFormat(new Date(day * DAY).getUTCDate() === 1 ? FIRST : NUMBER, 'UTC').format(day * DAY);
/** `Monday, November 23, 2026` */
export const dayName = (day: number): string => dateFormat(FULL, 'UTC').format(day * DAY);
/** `November 2026` */
export const monthName = (day: number): string => dateFormat(MONTH, 'UTC').format(day * DAY);
/** `Nov 23 – 29, 2026` */
export const weekName = (first: number): string => dateFormat(RANGE, 'UTC').formatRange(first * DAY, (first + 6) * DAY);
/** `9:30 AM` or `09:30`, of minutes since midnight. */
export const timeName = (minutes: number): string => dateFormat(TIME, 'UTC').format(minutes * 60_000);
/** The same as short as it can be said: `9 AM` for the full hour, in languages that say so. */
export const shortTimeName = (minutes: number): string =>
  minutes % 60 === 0 && dateFormat(HOUR, 'UTC').resolvedOptions().hour12 === true
    ? hourName(minutes / 60)
    : timeName(minutes);
/** `9 AM` or `09` */
export const hourName = (at: number): string => dateFormat(HOUR, 'UTC').format(at * 3_600_000);

/** Of a day whose events nobody has seen so far: it is not an empty one. */
export const NOT_READ = 'not read yet';

/**
 * What a day holds, for who does not see it: `Monday 23 November 2026: 12 events, 4 new, 2 removed`.
 *
 * @param all null where the day is not read
 */
export function dayWords(day: number, all: readonly Pick<Occurrence, 'state'>[] | null, words: CalendarWords): string {
  if (all === null) return `${dayName(day)}: ${NOT_READ}`;
  if (all.length === 0) return `${dayName(day)}: no events`;
  const counts = countStates(all);
  const parts = [...counts].map(([state, count]) => `${formatNumber(count)} ${stateLabel(state, words).toLowerCase()}`);
  return `${dayName(day)}: ${plural(all.length, 'event')}, ${parts.join(', ')}`;
}

/** How many of each state there are, in the order of `OCCURRENCE_STATES`. */
export function countStates(all: readonly Pick<Occurrence, 'state'>[]): ReadonlyMap<OccurrenceState, number> {
  const counts = new Map<OccurrenceState, number>();
  for (const { state } of all) counts.set(state, (counts.get(state) ?? 0) + 1);
  return counts;
}

/** Where to begin to look: the last month up to now in which something is written, else the next one. */
export function firstMonth(
  months: readonly { readonly month: string; readonly writes: number }[],
  now: string,
): string {
  const busy = months.filter(({ month: name, writes }) => writes > 0 && /^\d{4}-(0[1-9]|1[0-2])$/.test(name));
  const past = busy.filter(({ month: name }) => name <= now).at(-1);
  return past?.month ?? busy[0]?.month ?? now;
}
