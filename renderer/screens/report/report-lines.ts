import { useCallback, useMemo, useState } from 'react';
import type { Outcome } from '../../../shared/model/outcome.ts';
import type { ReportHead, ReportItem } from '../../../shared/model/kept/report.ts';
import type { Spans } from '../../stores/job/spans.ts';

/** What is drawn in one row: an event, or what is said of several. */
export type ReportLine =
  | { readonly kind: 'item'; readonly item: ReportItem; readonly said: boolean }
  | {
      readonly kind: 'group';
      readonly group: number;
      readonly outcome: Outcome;
      readonly reason: string;
      readonly count: number;
      readonly open: boolean;
    };

/** A row by its place in the list, or the head of a group. */
type Entry = { readonly group: number } | { readonly at: number };

interface Items {
  readonly total: number;
  readonly at: (index: number) => ReportItem | undefined;
  readonly need: (from: number, to: number) => void;
}

interface ReportLines {
  readonly grouped: boolean;
  readonly total: number;
  readonly at: (index: number) => ReportLine | undefined;
  readonly need: (from: number, to: number) => void;
  readonly fold: (group: number) => void;
  /** Places of rows in the list, for rows of what is drawn. */
  readonly placeOf: (index: number) => number | null;
}

/** The rows of a list of a report; `grouped`: with heads over those of which the same is said, which fold them away. */
export function useReportLines({ groups }: Pick<ReportHead, 'groups'>, grouped: boolean, items: Items): ReportLines {
  const [folded, setFolded] = useState<ReadonlySet<number>>(new Set());
  const entries = useMemo(() => (grouped ? entriesOf(groups, folded) : null), [grouped, groups, folded]);
  const { at: itemAt, need: needItems, total } = items;
  const at = useCallback(
    (index: number): ReportLine | undefined => {
      const entry = entries === null ? { at: index } : entries[index];
      if (entry === undefined) return undefined;
      if ('group' in entry) {
        const group = groups[entry.group];
        return group && { kind: 'group', group: entry.group, ...group, open: !folded.has(entry.group) };
      }
      const item = itemAt(entry.at);
      return item && { kind: 'item', item, said: entries === null || !isSaid(groups, item) };
    },
    [entries, groups, folded, itemAt],
  );
  const placeOf = useCallback(
    (index: number): number | null => {
      const entry = entries === null ? { at: index } : entries[index];
      return entry !== undefined && 'at' in entry ? entry.at : null;
    },
    [entries],
  );
  const need = useCallback(
    (from: number, to: number): void => {
      const places: number[] = [];
      for (let index = from; index <= to; index += 1) {
        const place = placeOf(index);
        if (place !== null) places.push(place);
      }
      const [first, last] = [places[0], places.at(-1)];
      if (first !== undefined && last !== undefined) needItems(first, last);
    },
    [placeOf, needItems],
  );
  const fold = useCallback((group: number): void => {
    setFolded((before) => {
      const next = new Set(before);
      if (!next.delete(group)) next.add(group);
      return next;
    });
  }, []);
  return { grouped, total: entries === null ? total : entries.length, at, need, fold, placeOf };
}

/** Each group's head, and its rows unless it is folded; a row that is alone says itself why. */
function entriesOf(groups: ReportHead['groups'], folded: ReadonlySet<number>): readonly Entry[] {
  const entries: Entry[] = [];
  let from = 0;
  for (const [group, { count }] of groups.entries()) {
    if (count > 1) entries.push({ group });
    if (!folded.has(group)) for (let at = from; at < from + count; at += 1) entries.push({ at });
    from += count;
  }
  return entries;
}

/** The head of its group says the reason of a row already. */
function isSaid(groups: ReportHead['groups'], item: ReportItem): boolean {
  return groups.some(({ outcome, reason, count }) => count > 1 && outcome === item.outcome && reason === item.reason);
}

/** Groups have numbers of their own, below those of rows. */
export function idOfLine(line: ReportLine): number {
  return line.kind === 'group' ? -1 - line.group : line.item.row;
}

/** The events among some rows of what is drawn. */
export async function itemsOf(
  { placeOf }: Pick<ReportLines, 'placeOf'>,
  spans: Spans,
  all: (spans: Spans) => Promise<readonly ReportItem[]>,
): Promise<readonly ReportItem[]> {
  const places: [number, number][] = [];
  for (const [from, to] of spans) {
    for (let index = from; index <= to; index += 1) {
      const place = placeOf(index);
      const last = places.at(-1);
      if (place === null) continue;
      if (last !== undefined && last[1] === place - 1) last[1] = place;
      else places.push([place, place]);
    }
  }
  return all(places);
}
