import { describe, expect, it } from 'vitest';
import type { MissingEntry, MissingState } from '../../../shared/model/found/missing.ts';
import type { Occurrence, OccurrenceState } from '../../../shared/model/found/occurrences.ts';
import { asListed } from './missing.ts';

const entry = (id: number, state: MissingState): readonly [number, MissingEntry] =>
  // The rest says nothing about a tick.
  [id, { id, state } as MissingEntry];

function occurrence(row: number | null, state: OccurrenceState, on: Occurrence['on']): Occurrence {
  const rest = { title: 'Planning', startMs: 0, endMs: 1, clock: 'instant', tzid: null, recurring: false } as const;
  return { row, state, on, ...rest, ticked: null };
}

describe('the calendar around what went missing', () => {
  const shown = new Map([entry(0, 'gone'), entry(1, 'gone'), entry(2, 'unreadable')]);
  const listed = (one: Occurrence): readonly string[] =>
    asListed(one, shown, new Set([1])).map(({ row, state, ticked }) => [row, state, ticked].join(' '));

  it('has the ticks of the list', () => {
    expect(listed(occurrence(0, 'removed', 'before'))).toEqual(['0 removed false']);
    expect(listed(occurrence(1, 'removed', 'before'))).toEqual(['1 removed true']);
  });

  it('has no tick for what cannot be restored', () => {
    expect(listed(occurrence(2, 'conflict', 'both'))).toEqual(['2 conflict ']);
  });

  it('shows of an entry that is not listed what the calendar holds, and nothing of the backups', () => {
    expect(listed(occurrence(3, 'replaced', 'before'))).toEqual([]);
    expect(listed(occurrence(3, 'changed', 'after'))).toEqual([' other ']);
    expect(listed(occurrence(null, 'other', 'both'))).toEqual([' other ']);
  });
});
