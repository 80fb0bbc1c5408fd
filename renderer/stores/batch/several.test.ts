import { expect, it } from 'vitest';
import type { SeveralPlace } from '../../../shared/ipc/several-routes.ts';
import type { CalendarInfo } from '../../../shared/model/server.ts';
import { countTaken, LEAVE_OUT, MAKE_NEW, membersOf, preselected } from './several.ts';

const HOME = 'https://dav.example/alice/';
const place = (name: string, placedBy: SeveralPlace['placedBy']): SeveralPlace => ({
  name,
  entries: 2,
  calendarUrl: `${HOME}${name}/`,
  calendarName: name,
  placedBy,
});
const places = [place('work', 'address'), place('club', 'name'), place('choir', 'new'), place('old', 'address')];
const there = { url: `${HOME}other/`, name: 'Other' } as CalendarInfo;
const account = { home: HOME, calendars: [there] };

it('sends each calendar where it was chosen to go, and leaves out what is left out', () => {
  const chosen = [`${HOME}work/`, there.url, MAKE_NEW, LEAVE_OUT];
  expect(membersOf({ places, chosen }, account)).toEqual([
    { place: 0, calendarUrl: `${HOME}work/`, calendarName: 'work', makes: false },
    { place: 1, calendarUrl: there.url, calendarName: 'Other', makes: false },
    { place: 2, calendarUrl: `${HOME}choir/`, calendarName: 'choir', makes: true },
  ]);
  expect(countTaken(chosen)).toBe(3);
});

it('makes a new calendar at an address of its own in the place of one that is there', () => {
  const [made] = membersOf({ places, chosen: [MAKE_NEW] }, account);
  expect(made).toMatchObject({ place: 0, calendarName: 'work', makes: true });
  expect(made?.calendarUrl).not.toBe(`${HOME}work/`);
  expect(made?.calendarUrl.startsWith(HOME)).toBe(true);
});

it('begins with where each came from, with a new one where nothing fits, and without those that were empty', () => {
  const empty = { ...place('empty', 'address'), entries: 0 };
  expect([...places, empty].map(preselected)).toEqual([
    `${HOME}work/`,
    `${HOME}club/`,
    MAKE_NEW,
    `${HOME}old/`,
    LEAVE_OUT,
  ]);
});
