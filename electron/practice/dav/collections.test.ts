import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Harness, type Headers } from '../testing/harness.ts';
import { meeting } from '../testing/events.ts';

/* Folders, COPY and MOVE of collections, properties of objects, access lists. One server for all. */

const dataDir = mkdtempSync(join(tmpdir(), 'practice-'));
let h: Harness;
beforeAll(async () => {
  h = await Harness.start({ dataDir, password: 'secret' });
});
afterAll(async () => {
  await h.close();
  rmSync(dataDir, { recursive: true });
});

const NS = 'xmlns:D="DAV:" xmlns:C="urn:ietf:params:xml:ns:caldav" xmlns:Z="urn:z"';
const send = (method: string, slug: string, body?: string, headers: Headers = {}) =>
  h.send('alice', method, h.home('alice') + slug, body, headers);
const to = (slug: string): Headers => ({ destination: h.home('alice') + slug });
const put = (slug: string, text: string): Promise<{ status: number }> =>
  send('PUT', slug, text, { 'content-type': slug.endsWith('.ics') ? 'text/calendar' : 'text/plain' });
const members = async (slug: string): Promise<string[]> => {
  const { text } = await send('PROPFIND', slug, undefined, { depth: '1' });
  const found = [...text.matchAll(/<D:response><D:href>([^<]*)/g)].map((m) => m[1] ?? '');
  return found.map((path) => path.slice(h.home('alice').length)).filter((path) => path !== slug);
};
const status = async (method: string, slug: string, headers: Headers = {}): Promise<number> =>
  (await send(method, slug, undefined, headers)).status;

describe('folders', () => {
  it('hold files and folders, no calendars, and calendars hold no folders', async () => {
    expect(await status('MKCOL', 'a/')).toBe(201);
    expect(await status('MKCOL', 'a/b/')).toBe(201);
    expect(await status('MKCOL', 'a/none/c/')).toBe(409);
    expect((await put('a/b/note.txt', 'ünicode')).status).toBe(201);
    expect((await put('a/b/note.txt', 'again')).status).toBe(204);
    expect((await send('GET', 'a/b/note.txt')).text).toBe('again');
    expect(await members('a/')).toEqual(['a/b/']);
    expect(await members('a/b/')).toEqual(['a/b/note.txt']);
    expect(await status('MKCALENDAR', 'a/cal/')).toBe(403);
    expect(await status('MKCOL', 'default/x/')).toBe(403);
    expect(await status('MKCOL', 'x%2Fy/')).toBe(403);
    expect((await send('REPORT', 'a/', `<C:calendar-query ${NS}/>`)).text).toContain('supported-report');
  });
  it('take any text, also of a meeting, and tell nobody', async () => {
    const text = meeting({ organizer: 'alice@example.com', guests: ['bob@example.com'] });
    expect((await put('a/meeting.ics', text)).status).toBe(201);
    expect((await send('PUT', 'a/bytes', '\u00ff', {})).status).toBe(201);
    expect((await h.send('alice', 'PUT', `${h.home('alice')}a/bytes`, Buffer.from([0xff, 0xfe]))).status).toBe(415);
    expect(h.notified()).toEqual([]);
  });
  it('are copied whole or empty, moved and deleted with all that lies in them', async () => {
    expect(await status('COPY', 'a/', { ...to('copy/'), depth: '0' })).toBe(201);
    expect(await members('copy/')).toEqual([]);
    expect(await status('COPY', 'a/', { ...to('copy/'), overwrite: 'F' })).toBe(412);
    expect(await status('COPY', 'a/', to('copy/'))).toBe(204);
    expect((await send('GET', 'copy/b/note.txt')).text).toBe('again');
    expect(await status('MOVE', 'copy/b/', to('copy/c/'))).toBe(201);
    expect((await send('GET', 'copy/c/note.txt')).text).toBe('again');
    expect(await status('MOVE', 'copy/', to('copy/c/d/'))).toBe(403);
    expect(await status('DELETE', 'copy/')).toBe(204);
    expect(await status('GET', 'copy/c/note.txt')).toBe(404);
  });
  it('do not exchange objects with calendars', async () => {
    await put('default/plain.ics', meeting({ uid: 'plain' }));
    expect(await status('MOVE', 'default/plain.ics', to('a/plain.ics'))).toBe(403);
    expect(await status('COPY', 'a/meeting.ics', to('default/m.ics'))).toBe(403);
    expect(await status('MOVE', 'a/', to('default/a/'))).toBe(403);
  });
});

describe('calendars', () => {
  it('are renamed by MOVE with their properties, and copied when no UID is in the way', async () => {
    const name = '<D:displayname>Work</D:displayname>';
    const body = `<C:mkcalendar ${NS}><D:set><D:prop>${name}</D:prop></D:set></C:mkcalendar>`;
    await send('MKCALENDAR', 'old/', body);
    await put('old/e.ics', meeting({ uid: 'renamed' }));
    expect(await status('MOVE', 'old/', to('new/'))).toBe(201);
    expect((await send('GET', 'new/e.ics')).text).toBe(meeting({ uid: 'renamed' }));
    expect((await send('PROPFIND', 'new/', undefined, { depth: '0' })).text).toContain('Work');
    expect(await status('GET', 'old/')).toBe(404);
    expect(await status('COPY', 'new/', to('third/'))).toBe(201);
    expect(await members('third/')).toEqual(['third/e.ics']);
  });
  it('are not replaced, not given away, and the special ones stay', async () => {
    expect(await status('MOVE', 'new/', to('third/'))).toBe(403);
    expect((await send('MOVE', 'default/', undefined, to('x/'))).text).toContain('default-calendar-needed');
    expect(await status('MOVE', 'inbox/', to('x/'))).toBe(403);
    expect(await status('MOVE', 'new/', { destination: '/dav/calendars/bob/new/' })).toBe(403);
    const away = await h.send('admin', 'MOVE', `${h.home('alice')}new/`, undefined, {
      destination: '/dav/calendars/bob/new/',
    });
    expect([away.status, away.text]).toEqual([403, expect.stringContaining('home of its owner')]);
  });
});

describe('properties', () => {
  const patch = (slug: string, steps: string) =>
    send('PROPPATCH', slug, `<D:propertyupdate ${NS}>${steps}</D:propertyupdate>`);
  const dead = async (slug: string): Promise<string> =>
    (await send('PROPFIND', slug, `<D:propfind ${NS}><D:prop><Z:note/></D:prop></D:propfind>`, { depth: '0' })).text;

  it('of an object survive PUT, COPY and MOVE and leave its ETag alone', async () => {
    await put('default/props.ics', meeting({ uid: 'props' }));
    const { etag } = (await send('GET', 'default/props.ics')).headers;
    const set = '<D:set><D:prop><Z:note>a &#x1F389; &#66;<![CDATA[&amp;]]></Z:note></D:prop></D:set>';
    expect((await patch('default/props.ics', set)).text).toContain('200 OK');
    expect(await dead('default/props.ics')).toContain('a 🎉 B&amp;amp;');
    expect((await send('GET', 'default/props.ics')).headers['etag']).toBe(etag);
    await put('default/props.ics', meeting({ uid: 'props', summary: 'New' }));
    await send('MKCALENDAR', 'props/');
    await status('MOVE', 'default/props.ics', to('props/p.ics'));
    expect(await dead('props/p.ics')).toContain('🎉');
    expect((await patch('props/p.ics', '<D:set><D:prop><D:getetag>x</D:getetag></D:prop></D:set>')).text).toContain(
      'cannot-modify-protected-property',
    );
  });
  it('of an object and folders survive a restart', async () => {
    const text = (await send('GET', 'a/meeting.ics')).text;
    await h.close();
    h = await Harness.start({ dataDir, password: 'secret' });
    expect((await send('GET', 'a/meeting.ics')).text).toBe(text);
    expect((await send('GET', 'a/b/note.txt')).text).toBe('again');
    expect(await dead('props/p.ics')).toContain('🎉');
  });
  it('refuses a prefix that is declared empty, and a reference to no character', async () => {
    const ask = (body: string) => send('PROPFIND', '', body, { depth: '0' });
    expect((await ask('<D:propfind xmlns:D="DAV:" xmlns:E=""><D:allprop/></D:propfind>')).status).toBe(400);
    expect((await ask('<D:propfind xmlns:D="DAV:"><D:prop>&#0;</D:prop></D:propfind>')).status).toBe(400);
  });
});

describe('access', () => {
  const ask = async (user: string, path: string, names: string): Promise<string> =>
    (await h.send(user, 'PROPFIND', path, `<D:propfind ${NS}><D:prop>${names}</D:prop></D:propfind>`, { depth: '0' }))
      .text;
  it('lists who may do what: owner and administrators all, nobody else anything', async () => {
    const text = await ask('alice', h.calendar('alice'), '<D:acl/><D:supported-privilege-set/><D:acl-restrictions/>');
    expect(text).toMatch(/<D:property><D:owner\/><\/D:property><\/D:principal><D:grant><D:privilege><D:all\/>/);
    expect(text).toContain('<D:href>/dav/principals/admin/</D:href>');
    expect(text).toContain('<D:supported-privilege><D:privilege><D:all/>');
    expect(text).not.toContain('404 Not Found');
    expect(await ask('alice', '/dav/principals/', '<D:acl/>')).toContain('<D:authenticated/>');
  });
  it('finds oneself by principal-match', async () => {
    const body = `<D:principal-match ${NS}><D:self/><D:prop><D:displayname/></D:prop></D:principal-match>`;
    expect((await h.send('bob', 'REPORT', '/dav/principals/', body)).text).toMatch(/principals\/bob\/[\s\S]*Bob Baker/);
  });
});
