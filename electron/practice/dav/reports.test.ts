import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Harness, type Headers } from '../testing/harness.ts';
import { meeting } from '../testing/events.ts';

/* Reports, collections and properties. One server for all; each test has its own names. */

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
    const other = '<D:resourcetype><D:collection/><D:principal/></D:resourcetype>';
    const refused = await h.send(
      'alice',
      'MKCOL',
      `${h.home('alice')}plain/`,
      `<D:mkcol ${NS}><D:set><D:prop>${other}</D:prop></D:set></D:mkcol>`,
    );
    expect([refused.status, refused.text.includes('valid-resourcetype')]).toEqual([403, true]);
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
