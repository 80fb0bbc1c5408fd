import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Harness, type Headers } from '../testing/harness.ts';
import { meeting } from '../testing/events.ts';

/* CalDAV itself: discovery, rights, preconditions, the draft's headers. One server for all; each test has its own names. */

let h: Harness;
beforeAll(async () => {
  h = await Harness.start();
});
afterAll(() => h.close());

const NS = 'xmlns:D="DAV:" xmlns:C="urn:ietf:params:xml:ns:caldav" xmlns:A="http://apple.com/ns/ical/"';
const event = (uid: string, more: Parameters<typeof meeting>[0] = {}): string => meeting({ uid, ...more });
const propfind = (user: string, path: string, names: string, depth = '0', headers: Headers = {}) =>
  h.send(user, 'PROPFIND', path, `<D:propfind ${NS}><D:prop>${names}</D:prop></D:propfind>`, { depth, ...headers });
const report = (path: string, body: string, user = 'alice') => h.send(user, 'REPORT', path, body);
const hrefs = (text: string): string[] => [...text.matchAll(/<D:response><D:href>([^<]*)/g)].map((m) => m[1] ?? '');

async function calendar(name: string, user = 'alice', body?: string): Promise<string> {
  const path = `${h.home(user)}${name}/`;
  expect((await h.send(user, 'MKCALENDAR', path, body)).status).toBe(201);
  return path;
}

const put = (path: string, text: string | Buffer, headers: Headers = {}) =>
  h.send('alice', 'PUT', path, text, { 'content-type': 'text/calendar', ...headers });

describe('discovery', () => {
  it('leads from the well-known address to the calendars and addresses of the user', async () => {
    const wellKnown = await h.send(null, 'PROPFIND', '/.well-known/caldav');
    expect([wellKnown.status, wellKnown.headers['location']]).toEqual([301, '/dav/']);
    const root = await propfind('alice', '/dav/', '<D:current-user-principal/>');
    expect(root.text).toContain('<D:current-user-principal><D:href>/dav/principals/alice/</D:href>');
    const principal = await propfind(
      'alice',
      '/dav/principals/alice/',
      '<C:calendar-home-set/><C:calendar-user-address-set/><C:schedule-inbox-URL/><C:schedule-outbox-URL/>',
    );
    for (const value of [
      '/dav/calendars/alice/',
      'mailto:alice@example.com',
      'mailto:alice.archer@example.com',
      'alice/inbox/',
      'alice/outbox/',
    ]) {
      expect(principal.text).toContain(value);
    }
    expect(principal.text).not.toContain('404');
  });
  it('announces the draft beside the tokens of the RFCs, on several lines', async () => {
    const { headers, status } = await h.send('alice', 'OPTIONS', h.calendar('alice'));
    const tokens = String(headers['dav']).split(/\s*,\s*/);
    expect(status).toBe(200);
    expect(tokens).toEqual(
      expect.arrayContaining([
        '1',
        '3',
        'access-control',
        'calendar-access',
        'calendar-auto-schedule',
        'scheduling-controls',
      ]),
    );
  });
  it('asks for a password and takes UTF-8 Basic only when it is right', async () => {
    for (const credentials of [
      undefined,
      'Basic !!!',
      `Basic ${Buffer.from('alice:wrong').toString('base64')}`,
      `Basic ${Buffer.from('nobody:x').toString('base64')}`,
    ]) {
      const headers = credentials === undefined ? {} : { authorization: credentials };
      const answer = await fetch(h.server.info.base_url + '/dav/', { headers });
      expect(answer.status).toBe(401);
      expect(answer.headers.get('www-authenticate')).toContain('charset="UTF-8"');
    }
  });
  it('lists the calendars of a home with what a client needs to choose one', async () => {
    const { text } = await propfind(
      'alice',
      h.home('alice'),
      '<D:resourcetype/><C:supported-calendar-component-set/><D:current-user-privilege-set/><C:max-resource-size/>',
      '1',
    );
    expect(hrefs(text)).toEqual(
      expect.arrayContaining([
        h.home('alice'),
        h.calendar('alice'),
        `${h.home('alice')}inbox/`,
        `${h.home('alice')}outbox/`,
      ]),
    );
    expect(text).toContain('<C:comp name="VEVENT"/>');
    expect(text).toContain('<C:schedule-inbox/>');
    expect(text).toContain('<D:write-content/>');
  });
  it('finds other users by a part of their name or address', async () => {
    const search = (match: string) =>
      report(
        '/dav/principals/',
        `<D:principal-property-search ${NS} test="anyof"><D:property-search><D:prop><D:displayname/></D:prop><D:match>${match}</D:match></D:property-search><D:property-search><D:prop><C:calendar-user-address-set/></D:prop><D:match>${match}</D:match></D:property-search><D:prop><D:displayname/></D:prop></D:principal-property-search>`,
      );
    expect(hrefs((await search('BAKER')).text)).toEqual(['/dav/principals/bob/']);
    expect(hrefs((await search('carol@')).text)).toEqual(['/dav/principals/carol/']);
    expect(hrefs((await search('nobody')).text)).toEqual([]);
  });
});

describe('rights', () => {
  it('keeps the calendars of others closed, except to the administrator', async () => {
    const foreign = await propfind('bob', h.calendar('alice'), '<D:getetag/>');
    expect([foreign.status, foreign.text.includes('need-privileges')]).toEqual([403, true]);
    expect((await h.put('alice', 'x.ics', event('x'), {}, 'bob')).status).toBe(403);
    expect((await propfind('admin', h.calendar('alice'), '<D:getetag/>')).status).toBe(207);
    expect((await h.put('alice', 'admin.ics', event('by-admin'), {}, 'admin')).status).toBe(201);
  });
  it('lets nobody write into an inbox, a home or over the default calendar', async () => {
    expect((await put(`${h.home('alice')}inbox/x.ics`, event('i'))).status).toBe(403);
    expect((await put(`${h.home('alice')}x.ics`, event('i'))).status).toBe(409);
    const kept = await h.send('alice', 'DELETE', h.calendar('alice'));
    expect([kept.status, kept.text.includes('default-calendar-needed')]).toEqual([403, true]);
    expect((await put(`${h.home('alice')}nowhere/x.ics`, event('i'))).status).toBe(409);
  });
});

describe('objects', () => {
  it('gives back the very bytes that were sent', async () => {
    const odd = event('bytes', { summary: 'Zoë 🎉 folded\r\n  here', lines: ['x-odd;p="a;b:c":V'] }).replace(
      'END:VCALENDAR\r\n',
      '\r\nEND:VCALENDAR',
    );
    const unix = event('unix').replace(/\r\n/g, '\n');
    for (const [name, text] of [
      ['odd.ics', odd],
      ['unix%20%C3%A9.ics', unix],
    ] as const) {
      const stored = await put(h.calendar('alice') + name, text);
      expect(stored.status).toBe(201);
      const read = await h.send('alice', 'GET', h.calendar('alice') + name);
      expect(read.text).toBe(text);
      expect(read.headers['etag']).toBe(stored.headers['etag']);
      const again = await h.send('alice', 'GET', h.calendar('alice') + name, undefined, {
        'if-none-match': String(read.headers['etag']),
      });
      expect(again.status).toBe(304);
      const head = await h.send('alice', 'HEAD', h.calendar('alice') + name);
      expect([head.status, head.text, head.headers['content-length']]).toEqual([
        200,
        '',
        String(Buffer.byteLength(text)),
      ]);
    }
  });
  it('keeps If-Match and If-None-Match', async () => {
    const path = `${h.calendar('alice')}cond.ics`;
    expect((await put(path, event('cond'), { 'if-match': '"x"' })).status).toBe(412);
    const { headers } = await put(path, event('cond'), { 'if-none-match': '*' });
    const etag = String(headers['etag']);
    expect((await put(path, event('cond'), { 'if-none-match': '*' })).status).toBe(412);
    expect((await put(path, event('cond', { summary: 'B' }), { 'if-match': '"other"' })).status).toBe(412);
    expect((await put(path, event('cond', { summary: 'B' }), { 'if-match': `"other", ${etag}` })).status).toBe(204);
    expect((await h.send('alice', 'DELETE', path, undefined, { 'if-match': etag })).status).toBe(412);
    expect((await h.send('alice', 'DELETE', path, undefined, { 'if-match': '*' })).status).toBe(204);
    expect((await h.send('alice', 'DELETE', path)).status).toBe(404);
  });
  it('keeps If-Schedule-Tag-Match', async () => {
    const text = (summary: string): string =>
      event('tag', { organizer: 'alice@example.com', guests: ['bob@example.com'], summary });
    await h.put('alice', 'tag.ics', text('A'));
    const tag = String((await h.get('alice', 'tag.ics')).headers['schedule-tag']);
    expect((await h.put('alice', 'tag.ics', text('B'), { 'if-schedule-tag-match': '"x"' })).status).toBe(412);
    expect((await h.put('alice', 'tag.ics', text('B'), { 'if-schedule-tag-match': tag })).status).toBe(204);
  });

  const swap =
    (from: string | RegExp, to: string) =>
    (text: string): string =>
      text.replace(from, to);
  const REFUSED: readonly (readonly [string, string, (text: string) => string | Buffer])[] = [
    ['no iCalendar', 'valid-calendar-data', () => 'hello'],
    ['a missing END', 'valid-calendar-data', swap('END:VEVENT\r\n', '')],
    ['a line without a colon', 'valid-calendar-data', swap('SUMMARY:Meeting', 'SUMMARY Meeting')],
    ['a date that is none', 'valid-calendar-data', swap(/DTSTART:.*/, 'DTSTART:tomorrow')],
    ['no DTSTART', 'valid-calendar-data', swap(/DTSTART:.*\r\n/, '')],
    ['Latin-1', 'valid-calendar-data', (text) => Buffer.from(text.replace('Meeting', 'Zo\u00eb'), 'latin1')],
    ['a NUL', 'valid-calendar-data', swap('Meeting', 'Mee\0ting')],
    ['METHOD', 'valid-calendar-object-resource', swap('VERSION:2.0', 'VERSION:2.0\r\nMETHOD:PUBLISH')],
    ['no UID', 'valid-calendar-object-resource', swap(/UID:.*\r\n/, '')],
    [
      'two UIDs',
      'valid-calendar-object-resource',
      (text) =>
        text.replace('END:VCALENDAR', `${event('other').split('\r\n').slice(3, -2).join('\r\n')}\r\nEND:VCALENDAR`),
    ],
    [
      'two kinds',
      'valid-calendar-object-resource',
      (text) => text.replace('END:VCALENDAR', 'BEGIN:VTODO\r\nUID:refused\r\nEND:VTODO\r\nEND:VCALENDAR'),
    ],
    ['no component', 'valid-calendar-object-resource', swap(/BEGIN:VEVENT[\s\S]*END:VEVENT\r\n/, '')],
    ['an unknown component', 'supported-calendar-component', (text) => text.replaceAll('VEVENT', 'VPOLL')],
    [
      'two organizers',
      'same-organizer-in-all-components',
      () =>
        event('refused', {
          organizer: 'alice@example.com',
          guests: ['bob@example.com'],
          lines: ['RRULE:FREQ=DAILY'],
          overrides: [{ at: '20270302T100000Z' }],
        }).replace(/ORGANIZER[^\r]*(?![\s\S]*ORGANIZER)/, 'ORGANIZER:mailto:bob@example.com'),
    ],
    ['more than the limit', 'max-resource-size', swap('Meeting', 'x'.repeat(11 * 1024 * 1024))],
  ];
  it.each(REFUSED)('refuses %s with %s', async (_what, precondition, spoil) => {
    const answer = await put(`${h.calendar('alice')}refused.ics`, spoil(event('refused')));
    expect([answer.status, answer.text.includes(`<C:${precondition}/>`)]).toEqual([403, true]);
    expect((await h.get('alice', 'refused.ics')).status).toBe(404);
  });
  it('refuses other media types', async () => {
    const answer = await put(`${h.calendar('alice')}json.ics`, event('json'), {
      'content-type': 'application/calendar+json',
    });
    expect([answer.status, answer.text.includes('supported-calendar-data')]).toEqual([403, true]);
  });
  it('names the other object when a UID is there already, and keeps the UID of an object', async () => {
    await h.put('alice', 'first.ics', event('same-uid'));
    const twice = await h.put('alice', 'second.ics', event('same-uid'));
    expect([
      twice.status,
      twice.text.includes('<C:no-uid-conflict><D:href>/dav/calendars/alice/default/first.ics'),
    ]).toEqual([403, true]);
    const other = await h.put('alice', 'first.ics', event('other-uid'));
    expect([other.status, other.text.includes('no-uid-conflict')]).toEqual([403, true]);
  });
  it('copies and moves between calendars, with Overwrite', async () => {
    const second = await calendar('copies');
    await h.put('alice', 'move.ics', event('move-me'));
    const source = `${h.calendar('alice')}move.ics`;
    expect((await h.send('alice', 'COPY', source, undefined, { destination: `${second}a.ics` })).status).toBe(201);
    expect(
      (await h.send('alice', 'COPY', source, undefined, { destination: `${second}a.ics`, overwrite: 'F' })).status,
    ).toBe(412);
    expect((await h.send('alice', 'COPY', source, undefined, { destination: `${second}b.ics` })).status).toBe(403);
    expect(
      (await h.send('alice', 'MOVE', source, undefined, { destination: `${h.server.info.base_url}${second}a.ics` }))
        .status,
    ).toBe(204);
    expect((await h.get('alice', 'move.ics')).status).toBe(404);
    expect((await h.send('alice', 'GET', `${second}a.ics`)).text).toBe(event('move-me'));
  });
});

describe('the draft’s headers', () => {
  const BAD: readonly (readonly [string, Headers, number, string])[] = [
    ['an empty mode', { Scheduling: '' }, 400, 'valid-scheduling'],
    ['a list', { Scheduling: 'none, all' }, 400, 'valid-scheduling'],
    ['a parameter', { Scheduling: 'none;q=1' }, 400, 'valid-scheduling'],
    ['two lines', { Scheduling: ['none', 'none'] }, 400, 'valid-scheduling'],
    ['an unknown mode', { Scheduling: 'nobody' }, 501, 'supported-scheduling'],
    ['an extension mode', { Scheduling: 'X-quiet' }, 501, 'supported-scheduling'],
    ['an empty address', { 'Schedule-User-Address': '' }, 400, 'valid-schedule-user-address'],
    ['an address that is no URI', { 'Schedule-User-Address': 'alice@example.com' }, 400, 'valid-schedule-user-address'],
    [
      'two addresses',
      { 'Schedule-User-Address': ['mailto:alice@example.com', 'mailto:alice@example.com'] },
      400,
      'valid-schedule-user-address',
    ],
    [
      'a list of addresses',
      { 'Schedule-User-Address': 'mailto:alice@example.com, mailto:x@y' },
      400,
      'valid-schedule-user-address',
    ],
    [
      'an address of somebody else',
      { 'Schedule-User-Address': 'mailto:bob@example.com' },
      403,
      'allowed-schedule-user-address',
    ],
    [
      'somebody else’s address in mode none',
      { Scheduling: 'none', 'Schedule-User-Address': 'mailto:bob@example.com' },
      403,
      'allowed-schedule-user-address',
    ],
  ];
  const invitation = event('bad', {
    organizer: 'alice@example.com',
    guests: ['bob@example.com', 'eve@elsewhere.test'],
  });
  const DISPLAY = `<D:propertyupdate ${NS}><D:set><D:prop><D:displayname>Spoiled</D:displayname></D:prop></D:set></D:propertyupdate>`;

  describe.each(BAD)('%s', (_what, headers, status, precondition) => {
    it.each(['alice', 'admin'])(
      'is refused on PUT, DELETE and PROPPATCH of %s, and nothing is stored',
      async (actor) => {
        await h.put('alice', 'kept.ics', event('kept'));
        h.clear();
        const answers = [
          await h.send(actor, 'PUT', `${h.calendar('alice')}bad.ics`, invitation, {
            'content-type': 'text/calendar',
            ...headers,
          }),
          await h.send(actor, 'DELETE', `${h.calendar('alice')}kept.ics`, undefined, headers),
          await h.send(actor, 'PROPPATCH', h.calendar('alice'), DISPLAY, headers),
        ];
        for (const answer of answers)
          expect([answer.status, answer.text.includes(`<H:${precondition}/>`)]).toEqual([status, true]);
        expect((await h.get('alice', 'bad.ics')).status).toBe(404);
        expect((await h.get('alice', 'kept.ics')).status).toBe(200);
        expect((await propfind('alice', h.calendar('alice'), '<D:displayname/>')).text).not.toContain('Spoiled');
        expect(h.notified()).toEqual([]);
      },
    );
  });
  it('reads names and values in any case, and every form of an own address', async () => {
    const accepted: Headers[] = [
      { sCHEDULING: 'NONE' },
      { 'SCHEDULE-USER-ADDRESS': 'MAILTO:Alice@Example.com' },
      { 'schedule-user-address': 'mailto:alice.archer%40example.com' },
    ];
    for (const headers of accepted)
      expect((await h.put('alice', 'case.ics', event('case'), headers)).status).toBeLessThan(300);
  });
});
