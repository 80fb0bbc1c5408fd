import { describe, expect, it } from 'vitest';
import { calendarFacts, colorOf, mergeFacts, NO_FACTS, zoneCalendar } from './calendar-facts.ts';

const head = (...lines: readonly string[]): string =>
  ['BEGIN:VCALENDAR', 'VERSION:2.0', ...lines, 'BEGIN:VEVENT', 'UID:a', 'DESCRIPTION:of the event'].join('\r\n');

describe('what a file says about its calendar', () => {
  it('reads name, colour, description, order and time zone', () => {
    const text = head(
      'X-WR-CALNAME:Family\\, all of us',
      'X-APPLE-CALENDAR-COLOR:#1BADF8FF',
      'X-WR-CALDESC:Who is',
      '  where',
      'X-APPLE-CALENDAR-ORDER:3',
      'X-WR-TIMEZONE:Europe/Vienna',
    );
    expect(calendarFacts(text)).toEqual({
      name: 'Family, all of us',
      color: '#1badf8',
      description: 'Who is where',
      order: 3,
      zone: 'Europe/Vienna',
    });
  });

  it('reads the properties of RFC 7986', () => {
    const text = head('NAME;LANGUAGE=en:Work', 'COLOR:turquoise', 'DESCRIPTION:Of the office');
    expect(calendarFacts(text)).toMatchObject({ name: 'Work', color: '#40e0d0', description: 'Of the office' });
  });

  it('takes nothing from the events, and no colour that is none', () => {
    expect(calendarFacts(head('COLOR:url(x)'))).toEqual(NO_FACTS);
    expect(['#abc', '#A1B2C3', 'constructor', ''].map(colorOf)).toEqual(['#aabbcc', '#a1b2c3', null, null]);
    expect(['#A1B2C3FF', '#A1B2C380', '#0000ff'].map(colorOf)).toEqual(['#a1b2c3', '#a1b2c380', '#0000ff']);
  });

  it('takes each property from the first file that has it', () => {
    const merged = mergeFacts([NO_FACTS, { ...NO_FACTS, name: 'A' }, { ...NO_FACTS, name: 'B', order: 2 }]);
    expect(merged).toEqual({ ...NO_FACTS, name: 'A', order: 2 });
  });

  it('finds the definition of a zone', () => {
    expect(zoneCalendar('Europe/Vienna')).toContain('TZID:Europe/Vienna');
    expect(zoneCalendar('Middle-earth/Shire')).toBeNull();
  });
});
