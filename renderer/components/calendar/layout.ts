import type { Occurrence, Side } from '../../../shared/model/found/occurrences.ts';
import type { WallClock } from './clock.ts';

const DAY = 86_400_000;
const MINUTE = 60_000;
export const DAY_MINUTES = 1440;

/** An occurrence where it stands on the wall calendar of who looks. */
export interface Placed {
  readonly key: string;
  readonly occurrence: Occurrence;
  /** Days since 1970, both included. */
  readonly first: number;
  readonly last: number;
  /** It fills whole days, or lasts for a day or longer: it is drawn as a bar over its days. */
  readonly bar: boolean;
  /** Minutes of its first day; 0 for a bar that begins with the day. */
  readonly start: number;
  /** Minutes of its last day at which it ends; 1440 for the end of the day. */
  readonly end: number;
}

/**
 * Puts occurrences on their days, in the order in which a day is read: bars first, then by time. An end at midnight
 * belongs to the day before.
 */
export function place(occurrences: readonly Occurrence[], clock: WallClock): readonly Placed[] {
  const placed = occurrences.map((occurrence, at) => placeOne(occurrence, clock, at));
  return placed.sort(inOrder);
}

function placeOne(occurrence: Occurrence, clock: WallClock, at: number): Placed {
  const wall = occurrence.clock === 'instant' ? clock : (ms: number) => ms;
  const startMs = wall(occurrence.startMs);
  const endMs = Math.max(startMs, wall(occurrence.endMs));
  const first = Math.floor(startMs / DAY);
  const last = Math.max(first, Math.ceil(endMs / DAY) - 1);
  const bar = occurrence.clock === 'day' || endMs - startMs >= DAY;
  return {
    key: `${String(occurrence.row)} ${occurrence.state} ${String(occurrence.startMs)} ${String(at)}`,
    occurrence,
    first,
    last,
    bar,
    start: Math.floor((startMs - first * DAY) / MINUTE),
    end: Math.ceil((endMs - last * DAY) / MINUTE),
  };
}

function inOrder(a: Placed, b: Placed): number {
  if (a.first !== b.first) return a.first - b.first;
  if (a.bar !== b.bar) return a.bar ? -1 : 1;
  if (a.bar && a.last !== b.last) return b.last - a.last;
  if (a.start !== b.start) return a.start - b.start;
  return a.occurrence.title < b.occurrence.title ? -1 : a.occurrence.title > b.occurrence.title ? 1 : 0;
}

/** What one side shows. In the calendar after, what is replaced or removed stands as a ghost, unless it is covered. */
export function onSide(all: readonly Occurrence[], side: Side): readonly Occurrence[] {
  return all.filter(({ on, covered }) => on === 'both' || on === side || (side === 'after' && covered !== true));
}

export function isGhost({ on }: Occurrence, side: Side): boolean {
  return side === 'after' && on === 'before';
}

/** The occurrences of each of these days, in order; of other days nothing is known. */
export function byDay(placed: readonly Placed[], days: readonly number[]): ReadonlyMap<number, readonly Placed[]> {
  const [low = 0, high = -1] = [days[0], days.at(-1)];
  const found = new Map<number, Placed[]>(days.map((day) => [day, []]));
  for (const one of placed) {
    for (let day = Math.max(low, one.first); day <= Math.min(high, one.last); day += 1) found.get(day)?.push(one);
  }
  return found;
}

/** A part of a week that an occurrence takes, in one of the lines below each other. */
export interface Strip {
  readonly placed: Placed;
  /** 0 is the topmost. */
  readonly lane: number;
  /** Columns of the week, both included; 0 is its first day. */
  readonly from: number;
  readonly to: number;
  /** It began before, or goes on after, these days. */
  readonly before: boolean;
  readonly after: boolean;
}

interface Strips {
  readonly strips: readonly Strip[];
  /** How many of each day found no line. */
  readonly more: readonly number[];
}

/**
 * Lays the occurrences of one week (or any days in a row) into lines, `lanes` at most: each gets the topmost line that
 * is free on all of its days. What finds none is counted on each of its days.
 */
export function intoLanes(placed: readonly Placed[], days: readonly number[], lanes: number): Strips {
  const [low = 0, high = -1] = [days[0], days.at(-1)];
  const taken = days.map(() => new Set<number>());
  const more = days.map(() => 0);
  const strips: Strip[] = [];
  for (const one of placed) {
    if (one.last < low || one.first > high) continue;
    const [from, to] = [Math.max(0, one.first - low), Math.min(days.length - 1, one.last - low)];
    const lane = freeLane(taken, from, to, lanes);
    if (lane === null) {
      for (let at = from; at <= to; at += 1) more[at] = (more[at] ?? 0) + 1;
      continue;
    }
    for (let at = from; at <= to; at += 1) taken[at]?.add(lane);
    strips.push({ placed: one, lane, from, to, before: one.first < low, after: one.last > high });
  }
  return { strips, more };
}

function freeLane(taken: readonly ReadonlySet<number>[], from: number, to: number, lanes: number): number | null {
  for (let lane = 0; lane < lanes; lane += 1) {
    let free = true;
    for (let at = from; free && at <= to; at += 1) free = taken[at]?.has(lane) !== true;
    if (free) return lane;
  }
  return null;
}

/** An occurrence in the column of one day, beside those at the same time. */
interface Block {
  readonly placed: Placed;
  /** Minutes of the day. */
  readonly start: number;
  readonly end: number;
  /** Which of how many columns beside each other it takes. */
  readonly column: number;
  columns: number;
}

export interface Column {
  readonly blocks: readonly Block[];
  /** Those that found no column, by the minute at which the first of them begins. */
  readonly more: readonly { readonly start: number; readonly count: number }[];
}

/** So short that its title could not be read: it is drawn as long as this, in minutes. */
const SHORTEST = 24;

/** Lays what takes place on one day beside each other, `most` columns at most. Bars are not among it. */
export function intoColumn(placed: readonly Placed[], day: number, most: number): Column {
  const blocks: Block[] = [];
  const more: { start: number; count: number }[] = [];
  let group: Block[] = [];
  let ends: number[] = [];
  let left: { start: number; count: number } | null = null;
  const close = (): void => {
    for (const block of group) block.columns = ends.length;
    group = [];
    ends = [];
    left = null;
  };
  for (const one of [...placed].sort((a, b) => startOn(a, day) - startOn(b, day))) {
    if (one.bar || one.first > day || one.last < day) continue;
    const start = startOn(one, day);
    const end = Math.min(DAY_MINUTES, Math.max(one.last > day ? DAY_MINUTES : one.end, start + SHORTEST));
    if (ends.length > 0 && ends.every((until) => until <= start)) close();
    const free = ends.findIndex((until) => until <= start);
    const column = free === -1 ? ends.length : free;
    if (column >= most) {
      if (left === null) more.push((left = { start, count: 0 }));
      left.count += 1;
      continue;
    }
    ends[column] = end;
    const block = { placed: one, start, end, column, columns: 1 };
    group.push(block);
    blocks.push(block);
  }
  close();
  return { blocks, more };
}

function startOn(one: Placed, day: number): number {
  return one.first < day ? 0 : one.start;
}
