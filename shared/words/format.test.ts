import { afterEach, describe, expect, it } from 'vitest';
import { alarmWords } from './alarm.ts';
import * as words from './format.ts';
import { firstDayOfWeek, localZone, setHere } from './here.ts';
import { isolate } from './isolate.ts';
import { timeWords, whenWords } from './when.ts';

const BERLIN = { locale: 'de', timeZone: 'Europe/Berlin' };
const NEW_YORK = { locale: 'en-US', timeZone: 'America/New_York' };

afterEach(() => setHere({}));

/** What is said, with plain spaces: CLDR puts narrow and fixed ones between a number and its unit. */
const plain = (text: string): string => text.replace(/[\u00a0\u202f\u2009]/g, ' ');

describe('numbers', () => {
  it.each([
    [NEW_YORK, '4,118 events'],
    [BERLIN, '4.118 events'],
  ])('are grouped as the locale does: %j', (here, text) => {
    setHere(here);
    expect(words.plural(4118, 'event')).toBe(text);
    expect(words.plural(1, 'event')).toBe('1 event');
    expect(words.plural(0, 'person', 'people')).toBe('0 people');
  });

  it.each([
    [NEW_YORK, ['0%', '64%', '99%', '100%', '100%']],
    [BERLIN, ['0 %', '64 %', '99 %', '100 %', '100 %']],
  ])('as shares are never whole too early: %j', (here, shares) => {
    setHere(here);
    const said = [words.formatPercent(0, 9), words.formatPercent(64, 100), words.formatPercent(9999, 10_000)];
    expect([...said, words.formatPercent(3, 3), words.formatPercent(0, 0)].map(plain)).toEqual(shares);
  });

  it('have their places', () => {
    expect([1, 2, 3, 4, 11, 12, 13, 21, 102].map(words.ordinal)).toEqual(
      '1st 2nd 3rd 4th 11th 12th 13th 21st 102nd'.split(' '),
    );
  });
});

describe('a start in a list', () => {
  const at = Date.UTC(2026, 11, 1, 9);

  it.each([
    [NEW_YORK, 'Dec 1, 2026, 4:00 AM'],
    [BERLIN, '01.12.2026, 10:00'],
  ])('is on the clock of this computer: %j', (here, text) => {
    setHere(here);
    expect(plain(words.formatStart('2026-12-01T09:00:00Z'))).toBe(text);
    expect(plain(words.formatStart('2026-12-01T17:00:00', at))).toBe(text);
  });

  it('is as written where no zone is known, and on whole days', () => {
    setHere(NEW_YORK);
    expect(plain(words.formatStart('2026-12-01T09:00:00'))).toBe('Dec 1, 2026, 9:00 AM');
    expect(words.formatStart('2026-12-01')).toBe('Dec 1, 2026, all day');
    expect(words.formatStart(null)).toBe('–');
    expect(words.formatStart('2026-13-45')).toBe('2026-13-45');
  });
});

describe('a sentence of the engine', () => {
  it('has its days as they are written here, and names as they are', () => {
    setHere(BERLIN);
    expect(words.daysHere('It was deleted on 2026-11-20.')).toBe('It was deleted on 20.11.2026.');
    expect(words.daysHere('It takes nothing before 1970-01-01.')).toBe('It takes nothing before 01.01.1970.');
    expect(words.daysHere('It is in "Backup 2026-11-20".')).toBe('It is in "Backup 2026-11-20".');
    expect(words.daysHere('Nothing after alice-2026-11-20.ics')).toBe('Nothing after alice-2026-11-20.ics');
  });
});

describe('moments', () => {
  const now = new Date('2026-11-28T21:00:00Z');

  it.each([
    [NEW_YORK, 'today 3:04 PM', 'Nov 27, 2026, 3:04 PM'],
    [BERLIN, 'today 21:04', '27.11.2026, 21:04'],
  ])('are local: %j', (here, today, before) => {
    setHere(here);
    expect(plain(words.formatMoment('2026-11-28T20:04:00Z', now))).toBe(today);
    expect(plain(words.formatMoment('2026-11-27T20:04:00Z', now))).toBe(before);
    expect(words.formatMoment('soon', now)).toBe('soon');
  });

  it('name the zone for other readers', () => {
    setHere(BERLIN);
    expect(words.formatMomentInZone('2026-11-28T20:04:00Z', localZone())).toBe('28.11.2026, 21:04 Europe/Berlin');
  });

  it('know the days of the month by their names here', () => {
    setHere(BERLIN);
    expect(words.formatMonth('2026-03')).toBe('März 2026');
    expect(words.formatDay('2026-03-01T23:59:59')).toBe('01.03.2026');
  });
});

describe('when an event takes place', () => {
  const start = { text: '2026-12-01T10:00:00', tzid: 'Europe/Berlin', at: Date.UTC(2026, 11, 1, 9) };
  const end = { text: '2026-12-01T11:30:00', tzid: 'Europe/Berlin', at: Date.UTC(2026, 11, 1, 10, 30) };

  it('is said once where the clocks agree', () => {
    setHere(BERLIN);
    const { here, there } = whenWords(start, end);
    expect(plain(here)).toMatch(/^Di\., 1\. Dez\. 2026, 10:00\s?–\s?11:30( Uhr)?, Europe\/Berlin$/);
    expect(there).toBeNull();
  });

  it('is said on both clocks where they differ', () => {
    setHere(NEW_YORK);
    const { here, there } = whenWords(start, end);
    expect(plain(here)).toBe('Tue, Dec 1, 2026, 4:00 – 5:30 AM, America/New_York');
    expect(plain(there ?? '')).toBe('Tue, Dec 1, 2026, 10:00 – 11:30 AM, Europe/Berlin');
  });

  it('names what has no zone, one that nobody knows, and UTC', () => {
    setHere(NEW_YORK);
    expect(plain(timeWords({ text: '2026-12-01T10:00:00', tzid: null }).here)).toBe(
      'Tue, Dec 1, 2026, 10:00 AM in every time zone',
    );
    expect(plain(timeWords({ text: '2026-12-01T10:00:00', tzid: 'Nowhere' }).here)).toBe(
      'Tue, Dec 1, 2026, 10:00 AM, Nowhere (unknown time zone)',
    );
    const utc = timeWords({ text: '2026-12-01T09:00:00Z', tzid: null, at: start.at });
    expect(plain(utc.there ?? '')).toBe('Tue, Dec 1, 2026, 9:00 AM, UTC');
  });

  it('counts whole days without the one after the last', () => {
    setHere(NEW_YORK);
    const day = (text: string) => ({ text, tzid: null });
    expect(whenWords(day('2026-12-01'), day('2026-12-02')).here).toBe('Tue, Dec 1, 2026, all day');
    expect(whenWords(day('2026-12-01'), null).here).toBe('Tue, Dec 1, 2026, all day');
    expect(plain(whenWords(day('2026-12-01'), day('2026-12-04')).here)).toBe('Tue, Dec 1 – Thu, Dec 3, 2026, 3 days');
  });

  it('never ends before it starts', () => {
    setHere(NEW_YORK);
    expect(plain(whenWords(end, start).here)).toBe('Tue, Dec 1, 2026, 5:30 AM, America/New_York');
  });
});

describe('the week', () => {
  it.each([
    ['de-DE', 1],
    ['en-US', 7],
    ['en-GB', 1],
    ['ar-EG', 6],
  ])('of %s begins on day %d', (locale, day) => {
    expect(firstDayOfWeek(locale)).toBe(day);
  });
});

describe('alarms', () => {
  const alarm = { action: 'DISPLAY', offsetMs: -900_000, fromEnd: false, time: null, trigger: '-PT15M', repeat: 0 };

  it.each([
    [{}, 'Reminder 15 minutes before the start'],
    [{ action: 'EMAIL', offsetMs: 0, fromEnd: true }, 'E-mail at the end'],
    [{ offsetMs: -93_600_000, repeat: 2 }, 'Reminder 1 day 2 hours before the start, and 2 times more'],
    [{ offsetMs: -1_209_600_000 }, 'Reminder 2 weeks before the start'],
    [{ action: 'X-BELL', offsetMs: null, trigger: 'soon' }, 'Alarm (X-BELL): soon'],
  ])('%j', (change, text) => {
    expect(alarmWords({ ...alarm, ...change })).toBe(text);
  });
});

describe('foreign text', () => {
  it('cannot turn a sentence round', () => {
    expect(`“${isolate('a\u202eb\u2069c')}”`).toBe('“\u2068abc\u2069”');
    expect(isolate('Anna')).toBe('Anna');
  });
});
