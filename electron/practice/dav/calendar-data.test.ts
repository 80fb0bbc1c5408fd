import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Harness } from '../testing/harness.ts';
import { meeting } from '../testing/events.ts';

/* What a report can ask of calendar data (RFC 4791 §9.6), date limits, and free-busy questions (RFC 6638 §5). */

let h: Harness;
beforeAll(async () => {
  h = await Harness.start();
});
afterAll(() => h.close());

const NS = 'xmlns:D="DAV:" xmlns:C="urn:ietf:params:xml:ns:caldav"';
async function data(name: string, inner: string): Promise<string> {
  const path = h.calendar('alice');
  const body = `<C:calendar-multiget ${NS}><D:prop><C:calendar-data>${inner}</C:calendar-data></D:prop><D:href>${path}${name}</D:href></C:calendar-multiget>`;
  const { status, text } = await h.send('alice', 'REPORT', path, body);
  return status === 207 ? (/<C:calendar-data>([^<]*)/.exec(text)?.[1] ?? '').replace(/&#13;/g, '\r') : text;
}
const lines = (text: string, ...names: string[]): string[] =>
  text.split('\r\n').filter((line) => names.some((name) => line.startsWith(name)));

const SERIES = meeting({
  uid: 'series',
  start: '20270301T100000Z',
  lines: ['RRULE:FREQ=WEEKLY;COUNT=5', 'EXDATE:20270315T100000Z'],
  overrides: [{ at: '20270308T100000Z', start: '20270309T120000Z', summary: 'Moved' }],
});
const ZONED = meeting({ uid: 'zoned' })
  .replace(/DTSTART:.*/, 'DTSTART;TZID=Europe/Berlin:20270327T100000')
  .replace(/DTEND:.*/, 'DTEND;TZID=Europe/Berlin:20270327T110000\r\nRRULE:FREQ=DAILY;COUNT=3')
  .replace('BEGIN:VEVENT', 'BEGIN:VTIMEZONE\r\nTZID:Europe/Berlin\r\nEND:VTIMEZONE\r\nBEGIN:VEVENT');
const DAYS = meeting({ uid: 'days' })
  .replace(/DTSTART:.*/, 'DTSTART;VALUE=DATE:20270301')
  .replace(/DTEND:.*/, 'DTEND;VALUE=DATE:20270302\r\nRRULE:FREQ=DAILY;COUNT=3');
beforeAll(async () => {
  await h.put('alice', 'series.ics', SERIES);
  await h.put('alice', 'zoned.ics', ZONED);
  await h.put('alice', 'days.ics', DAYS);
});

describe('calendar-data', () => {
  it('without children is the stored text', async () => {
    expect(await data('zoned.ics', '')).toBe(ZONED);
  });
  it('expand: the instances in the range, overrides in their place, exclusions gone', async () => {
    const text = await data('series.ics', '<C:expand start="20270301T000000Z" end="20270401T000000Z"/>');
    expect(lines(text, 'DTSTART', 'RECURRENCE-ID', 'RRULE', 'EXDATE', 'SUMMARY')).toEqual([
      'DTSTART:20270301T100000Z',
      'SUMMARY:Meeting',
      'RECURRENCE-ID:20270301T100000Z',
      'DTSTART:20270322T100000Z',
      'SUMMARY:Meeting',
      'RECURRENCE-ID:20270322T100000Z',
      'DTSTART:20270329T100000Z',
      'SUMMARY:Meeting',
      'RECURRENCE-ID:20270329T100000Z',
      'RECURRENCE-ID:20270308T100000Z',
      'DTSTART:20270309T120000Z',
      'SUMMARY:Moved',
    ]);
  });
  it('expand: in UTC over a change of the clock, without zones', async () => {
    const text = await data('zoned.ics', '<C:expand start="20270327T000000Z" end="20270329T000000Z"/>');
    expect(lines(text, 'DTSTART', 'BEGIN:VTIMEZONE')).toEqual(['DTSTART:20270327T090000Z', 'DTSTART:20270328T080000Z']);
  });
  it('expand: days stay days', async () => {
    const text = await data('days.ics', '<C:expand start="20270302T000000Z" end="20270303T000000Z"/>');
    expect(lines(text, 'DTSTART', 'DTEND', 'RECURRENCE-ID')).toEqual([
      'DTSTART;VALUE=DATE:20270302',
      'DTEND;VALUE=DATE:20270303',
      'RECURRENCE-ID;VALUE=DATE:20270302',
    ]);
  });
  it('limit-recurrence-set: the master and the overrides of the range', async () => {
    const limit = (start: string, end: string): string =>
      `<C:limit-recurrence-set start="2027${start}T000000Z" end="2027${end}T000000Z"/>`;
    expect(lines(await data('series.ics', limit('0401', '0501')), 'RRULE', 'SUMMARY')).toHaveLength(2);
    expect(await data('series.ics', limit('0308', '0309'))).toBe(SERIES);
    expect(await data('series.ics', limit('0309', '0310'))).toBe(SERIES);
  });
  it('comp and prop: what is named, without values where asked, all where said', async () => {
    const inside = (vevent: string): string =>
      `<C:comp name="VCALENDAR"><C:prop name="VERSION"/><C:comp name="VEVENT">${vevent}</C:comp></C:comp>`;
    expect(await data('zoned.ics', inside('<C:prop name="UID"/><C:prop name="SUMMARY" novalue="yes"/>'))).toBe(
      [
        'BEGIN:VCALENDAR',
        'VERSION:2.0',
        'BEGIN:VEVENT',
        'UID:zoned',
        'SUMMARY:',
        'END:VEVENT',
        'END:VCALENDAR',
        '',
      ].join('\r\n'),
    );
    expect(await data('zoned.ics', '<C:comp name="VCALENDAR"><C:allprop/><C:allcomp/></C:comp>')).toBe(ZONED);
    expect(await data('zoned.ics', inside(''))).toContain('RRULE');
  });
  it('refuses a range that is none and another media type', async () => {
    expect(await data('series.ics', '<C:expand start="20270301T000000Z" end="20270201T000000Z"/>')).toContain(
      'valid-filter',
    );
    const body = `<C:calendar-multiget ${NS}><D:prop><C:calendar-data content-type="application/calendar+json"/></D:prop></C:calendar-multiget>`;
    expect((await h.send('alice', 'REPORT', h.calendar('alice'), body)).text).toContain('supported-calendar-data');
  });
});

describe('dates', () => {
  it('from year 1 to 9999 are taken, as min-date-time and max-date-time say', async () => {
    const names = '<C:min-date-time/><C:max-date-time/>';
    const body = `<D:propfind ${NS}><D:prop>${names}</D:prop></D:propfind>`;
    const { text } = await h.send('alice', 'PROPFIND', h.calendar('alice'), body, { depth: '0' });
    expect(text).toMatch(/00010101T000000Z[\s\S]*99991231T235959Z/);
    expect((await h.put('alice', 'old.ics', meeting({ uid: 'old', start: '16040101T100000Z' }))).status).toBe(201);
    const refused = await h.put('alice', 'zero.ics', meeting({ uid: 'zero', start: '00000101T100000Z' }));
    expect([refused.status, refused.text.includes('<C:min-date-time/>')]).toEqual([403, true]);
  });
});

describe('the outbox', () => {
  const ask = (organizer: string, more = '', method = 'REQUEST'): string =>
    [
      'BEGIN:VCALENDAR',
      `METHOD:${method}`,
      'BEGIN:VFREEBUSY',
      'UID:question',
      'DTSTART:20270310T000000Z',
      'DTEND:20270311T000000Z',
      `ORGANIZER:mailto:${organizer}`,
      'ATTENDEE:mailto:bob@example.com',
      'ATTENDEE:mailto:eve@elsewhere.test',
      `${more}END:VFREEBUSY`,
      'END:VCALENDAR',
      '',
    ].join('\r\n');
  const post = (body: string, path = `${h.home('alice')}outbox/`, user = 'alice', headers = {}) =>
    h.send(user, 'POST', path, body, { 'content-type': 'text/calendar', ...headers });

  it('answers for people inside, from their opaque calendars, and tells nobody', async () => {
    await h.put('bob', 'busy.ics', meeting({ uid: 'busy', start: '20270310T100000Z' }));
    const path = `${h.home('bob')}free/`;
    await h.send('bob', 'MKCALENDAR', path);
    await h.send('bob', 'PUT', `${path}b.ics`, meeting({ uid: 'b', start: '20270310T150000Z' }));
    const transparent = `<D:propertyupdate ${NS}><D:set><D:prop><C:schedule-calendar-transp><C:transparent/></C:schedule-calendar-transp></D:prop></D:set></D:propertyupdate>`;
    await h.send('bob', 'PROPPATCH', path, transparent);
    h.clear();
    const { status, text } = await post(ask('alice.archer@example.com'));
    expect(status).toBe(200);
    expect(text.match(/<C:request-status>[^<]*/g)).toEqual([
      '<C:request-status>2.0;Success',
      '<C:request-status>3.7;Invalid calendar user',
    ]);
    expect(text.match(/FREEBUSY;[^&]*/g)).toEqual(['FREEBUSY;FBTYPE=BUSY:20270310T100000Z/20270310T110000Z']);
    expect([text.includes('METHOD:REPLY'), text.includes('UID:question'), h.notified()]).toEqual([true, true, []]);
  });
  it.each([
    ['another organizer', ask('bob@example.com'), 'organizer-allowed'],
    ['another method', ask('alice@example.com', '', 'PUBLISH'), 'valid-scheduling-message'],
    ['a meeting', meeting({ organizer: 'alice@example.com' }), 'valid-scheduling-message'],
    ['no iCalendar', 'hello', 'valid-calendar-data'],
  ])('refuses %s', async (_what, body, precondition) => {
    const { status, text } = await post(body);
    expect([status, text.includes(`<C:${precondition}/>`)]).toEqual([403, true]);
  });
  it('is closed to others, checks the draft’s headers, and is the only place for POST', async () => {
    expect((await post(ask('alice@example.com'), `${h.home('alice')}outbox/`, 'bob')).status).toBe(403);
    expect(
      (await post(ask('alice@example.com'), `${h.home('alice')}outbox/`, 'alice', { scheduling: 'x' })).status,
    ).toBe(501);
    const { status, headers } = await post(ask('alice@example.com'), h.calendar('alice'));
    expect([status, String(headers['allow']).includes('POST')]).toEqual([405, false]);
  });
});
