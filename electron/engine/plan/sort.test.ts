import { describe, expect, it } from 'vitest';
import type { RowSort } from '../../../shared/model/plan.ts';
import { atOnce } from '../yielding.ts';
import { planSteps } from './make.ts';
import { sortPlaces } from './sort.ts';
import { planInput, resource } from './testing/resources.ts';

const at = (text: string, tzid: string | null, ms: number) => ({ text, tzid, ms });

function titlesBy(sort: RowSort, resources: Parameters<typeof planInput>[0]): readonly string[] {
  const steps = [...planSteps(planInput(resources))];
  const places = steps.map((_, place) => place);
  return atOnce(sortPlaces(steps, places, sort)).map((place) => steps[place]?.row.title ?? '');
}

describe('the order of rows', () => {
  it('takes numbers in titles as numbers, and leaves case and the order of equals alone', () => {
    const rows = ['Room 10', 'room 2', 'ROOM 2', 'Atrium'].map((title) => resource({ title, uid: title }));
    expect(titlesBy({ by: 'title', descending: false }, rows)).toEqual(['Atrium', 'room 2', 'ROOM 2', 'Room 10']);
    expect(titlesBy({ by: 'title', descending: true }, rows)).toEqual(['Room 10', 'room 2', 'ROOM 2', 'Atrium']);
  });

  it('puts rows that have nothing in the column last, whichever way it goes', () => {
    const organizer = { address: 'bob@example.com', name: null } as never;
    const rows = [
      resource({ uid: 'a', title: 'nobody' }),
      resource({ uid: 'b', title: 'bob', organizer }),
      resource({ uid: 'c', title: 'nobody either' }),
    ];
    for (const descending of [false, true]) {
      expect(titlesBy({ by: 'organizer', descending }, rows)).toEqual(['bob', 'nobody', 'nobody either']);
    }
  });

  it('goes by the moment, not by what the clock on a wall shows', () => {
    const rows = [
      resource({ uid: 'a', title: 'New York 9:00', start: at('2026-11-23T09:00:00', 'America/New_York', 14) }),
      resource({ uid: 'b', title: 'Berlin 10:00', start: at('2026-11-23T10:00:00', 'Europe/Berlin', 9) }),
      resource({ uid: 'c', title: 'no time', start: null }),
    ];
    expect(titlesBy({ by: 'when', descending: false }, rows)).toEqual(['Berlin 10:00', 'New York 9:00', 'no time']);
  });

  it('is the same for many rows as a plain sort', () => {
    const rows = Array.from({ length: 3000 }, (_, n) =>
      resource({
        uid: String(n),
        title: String((n * 7919) % 1009),
        start: at('2026-11-23T09:00:00Z', null, (n * 7919) % 1009),
      }),
    );
    const plain = rows.toSorted((a, b) => (a.start?.ms ?? 0) - (b.start?.ms ?? 0)).map(({ title }) => title);
    expect(titlesBy({ by: 'when', descending: false }, rows)).toEqual(plain);
  });
});
