import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Harness, type Headers } from '../testing/harness.ts';
import { meeting } from '../testing/events.ts';

/* CalDAV itself: discovery, preconditions, reports, properties. One server for all; each test has its own names. */

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
        expect(h.told()).toEqual([]);
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

describe('reports', () => {
  const query = (inner: string): string =>
    `<C:calendar-query ${NS}><D:prop><D:getetag/></D:prop><C:filter><C:comp-filter name="VCALENDAR">${inner}</C:comp-filter></C:filter></C:calendar-query>`;
  const inRange = (start: string, end: string): string =>
    query(`<C:comp-filter name="VEVENT"><C:time-range start="${start}" end="${end}"/></C:comp-filter>`);

  it('calendar-query by kind, UID and time, recurrences included', async () => {
    const path = await calendar('query');
    await put(`${path}one.ics`, event('one', { start: '20270310T100000Z' }));
    await put(
      `${path}weekly.ics`,
      event('weekly', { start: '20270101T100000Z', lines: ['RRULE:FREQ=WEEKLY', 'EXDATE:20270312T100000Z'] }),
    );
    await put(`${path}ended.ics`, event('ended', { start: '20270101T100000Z', lines: ['RRULE:FREQ=DAILY;COUNT=3'] }));
    await put(
      `${path}zoned.ics`,
      event('zoned')
        .replace(/DTSTART:.*/, 'DTSTART;TZID=America/New_York:20270310T230000')
        .replace(/DTEND:.*/, 'DTEND;TZID=America/New_York:20270310T233000'),
    );
    await put(`${path}todo.ics`, event('todo', { component: 'VTODO' }));
    const find = async (body: string) =>
      hrefs((await report(path, body)).text)
        .map((href) => href.slice(path.length))
        .sort();
    expect(await find(query('<C:comp-filter name="VTODO"/>'))).toEqual(['todo.ics']);
    expect(
      await find(
        query(
          '<C:comp-filter name="VEVENT"><C:prop-filter name="UID"><C:text-match collation="i;octet">weekly</C:text-match></C:prop-filter></C:comp-filter>',
        ),
      ),
    ).toEqual(['weekly.ics']);
    expect(await find(inRange('20270310T000000Z', '20270311T000000Z'))).toEqual(['one.ics']);
    expect(await find(inRange('20270311T030000Z', '20270311T050000Z'))).toEqual(['zoned.ics']);
    expect(await find(inRange('20270305T000000Z', '20270306T000000Z'))).toEqual(['weekly.ics']);
    expect(await find(inRange('20270312T000000Z', '20270313T000000Z'))).toEqual([]);
    expect((await report(path, inRange('soon', 'later'))).text).toContain('valid-filter');
  });
  it('calendar-multiget with a 404 inside and the data unharmed', async () => {
    const path = await calendar('multiget');
    const text = event('multi', { summary: 'a & b < c' });
    await put(`${path}a.ics`, text);
    const body = `<C:calendar-multiget ${NS}><D:prop><D:getetag/><C:calendar-data/></D:prop><D:href>${path}a.ics</D:href><D:href>${path}gone.ics</D:href></C:calendar-multiget>`;
    const answer = await report(path, body);
    expect(hrefs(answer.text)).toEqual([`${path}a.ics`, `${path}gone.ics`]);
    expect(answer.text).toContain('<D:status>HTTP/1.1 404 Not Found</D:status>');
    const data = /<C:calendar-data>([^<]*)/.exec(answer.text)?.[1] ?? '';
    expect(data.replace(/&#13;/g, '\r').replace(/&lt;/g, '<').replace(/&amp;/g, '&')).toBe(text);
  });
  it('sync-collection: all, then what changed, cut by a limit, and no foreign token', async () => {
    const path = await calendar('sync');
    const sync = (token: string, limit = ''): string =>
      `<D:sync-collection ${NS}><D:sync-token>${token}</D:sync-token><D:sync-level>1</D:sync-level>${limit}<D:prop><D:getetag/></D:prop></D:sync-collection>`;
    const tokenOf = (text: string): string => /<D:sync-token>([^<]*)/.exec(text)?.[1] ?? '';
    for (const name of ['a', 'b', 'c']) await put(`${path}${name}.ics`, event(`sync-${name}`));
    const all = await report(path, sync(''));
    expect(hrefs(all.text)).toEqual(['a', 'b', 'c'].map((n) => `${path}${n}.ics`));
    await put(`${path}a.ics`, event('sync-a', { summary: 'New' }));
    await h.send('alice', 'DELETE', `${path}b.ics`);
    const changed = await report(path, sync(tokenOf(all.text)));
    expect(hrefs(changed.text)).toEqual([`${path}a.ics`, `${path}b.ics`]);
    expect(changed.text).toContain('404 Not Found');
    expect(hrefs((await report(path, sync(tokenOf(changed.text)))).text)).toEqual([]);
    const cut = await report(path, sync('', '<D:limit><D:nresults>1</D:nresults></D:limit>'));
    expect(cut.text).toContain('number-of-matches-within-limits');
    expect(hrefs((await report(path, sync(tokenOf(cut.text)))).text).concat(hrefs(cut.text))).toEqual(
      expect.arrayContaining([`${path}a.ics`, `${path}c.ics`]),
    );
    const foreign = await report(path, sync('http://elsewhere.test/1'));
    expect([foreign.status, foreign.text.includes('valid-sync-token')]).toEqual([403, true]);
  });
  it('free-busy-query', async () => {
    const path = await calendar('busy');
    await put(`${path}a.ics`, event('busy-a', { start: '20270310T100000Z' }));
    await put(`${path}b.ics`, event('busy-b', { start: '20270310T130000Z', lines: ['TRANSP:TRANSPARENT'] }));
    const { text } = await report(
      path,
      `<C:free-busy-query ${NS}><C:time-range start="20270310T000000Z" end="20270311T000000Z"/></C:free-busy-query>`,
    );
    expect(text.match(/FREEBUSY;[^\r]*/g)).toEqual(['FREEBUSY;FBTYPE=BUSY:20270310T100000Z/20270310T110000Z']);
  });
  it('refuses what it does not offer, and what is not XML', async () => {
    expect((await report(h.calendar('alice'), `<D:expand-property ${NS}/>`)).text).toContain('supported-report');
    expect((await report(h.calendar('alice'), '<broken')).status).toBe(400);
    expect((await report(h.calendar('alice'), '<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>')).status).toBe(400);
    expect((await h.send('alice', 'PROPFIND', h.home('alice'), undefined, { depth: 'infinity' })).text).toContain(
      'propfind-finite-depth',
    );
  });
});

describe('collections and properties', () => {
  it('makes a calendar with its properties, by MKCALENDAR and by extended MKCOL', async () => {
    const props =
      '<D:displayname>Work &amp; Play</D:displayname><A:calendar-color>#ff0000</A:calendar-color><C:supported-calendar-component-set><C:comp name="VTODO"/></C:supported-calendar-component-set>';
    const path = await calendar(
      'made',
      'alice',
      `<C:mkcalendar ${NS}><D:set><D:prop>${props}</D:prop></D:set></C:mkcalendar>`,
    );
    const { text } = await propfind(
      'alice',
      path,
      '<D:displayname/><A:calendar-color/><C:supported-calendar-component-set/>',
    );
    expect(text).toMatch(/Work &amp; Play[\s\S]*#ff0000[\s\S]*<C:comp name="VTODO"\/>/);
    expect((await put(`${path}e.ics`, event('in-todo'))).text).toContain('supported-calendar-component');
    expect((await h.send('alice', 'MKCALENDAR', path)).status).toBe(403);
    const type = '<D:resourcetype><D:collection/><C:calendar/></D:resourcetype>';
    const mkcol = await h.send(
      'alice',
      'MKCOL',
      `${h.home('alice')}mkcol/`,
      `<D:mkcol ${NS}><D:set><D:prop>${type}</D:prop></D:set></D:mkcol>`,
    );
    expect(mkcol.status).toBe(201);
    expect((await h.send('alice', 'MKCOL', `${h.home('alice')}plain/`)).status).toBe(403);
    expect((await h.send('alice', 'DELETE', path)).status).toBe(204);
    expect((await propfind('alice', path, '<D:displayname/>')).status).toBe(404);
  });
  it('sets and removes properties, dead ones too, all or none', async () => {
    const path = await calendar('props');
    const patch = (steps: string) =>
      h.send('alice', 'PROPPATCH', path, `<D:propertyupdate ${NS} xmlns:Z="urn:z">${steps}</D:propertyupdate>`);
    const set = (props: string): string => `<D:set><D:prop>${props}</D:prop></D:set>`;
    await patch(set('<D:displayname>One</D:displayname><Z:dead><Z:inner a="1">x</Z:inner></Z:dead>'));
    const { text } = await propfind('alice', path, '<D:displayname/><Z:dead xmlns:Z="urn:z"/>');
    expect(text).toMatch(/One[\s\S]*a="1">x</);
    const mixed = await patch(set('<D:displayname>Two</D:displayname><D:getctag/><D:resourcetype/>'));
    expect(mixed.text).toMatch(/424 Failed Dependency[\s\S]*403 Forbidden[\s\S]*cannot-modify-protected-property/);
    expect((await propfind('alice', path, '<D:displayname/>')).text).toContain('One');
    await patch('<D:remove><D:prop><Z:dead xmlns:Z="urn:z"/></D:prop></D:remove>');
    expect((await propfind('alice', path, '<Z:dead xmlns:Z="urn:z"/>')).text).toContain('404 Not Found');
  });
  it('answers allprop and propname', async () => {
    const all = await h.send('alice', 'PROPFIND', h.calendar('alice'), undefined, { depth: '0' });
    expect(all.text).toContain('<D:resourcetype>');
    const names = await h.send(
      'alice',
      'PROPFIND',
      h.calendar('alice'),
      `<D:propfind ${NS}><D:propname/></D:propfind>`,
      { depth: '0' },
    );
    expect(names.text).toContain('<C:supported-calendar-component-set/>');
  });
  it('changes getctag and sync-token with every change, and only then', async () => {
    const path = await calendar('ctag');
    const tag = async (): Promise<string> => (await propfind('alice', path, '<D:sync-token/>')).text;
    const before = await tag();
    expect(await tag()).toBe(before);
    await put(`${path}a.ics`, event('ctag'));
    expect(await tag()).not.toBe(before);
  });
});
