import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import type { Login } from '../../../shared/model/login.ts';
import { ArchiveReader } from '../backup/archive-reader.ts';
import type { BackupOptions } from '../backup/write.ts';
import { calendar, event, GUESTS, openWorld, runAll, type World } from './testing/world.ts';

let world: World;
afterEach(() => world.close());

const loginOf = ({ calendarUrl }: World): Login => ({
  url: calendarUrl,
  user: 'alice',
  way: 'own',
  actor: 'alice',
  credential: 'password',
  secret: '',
});

function save(name: string, options: BackupOptions = {}, all = false, signal?: AbortSignal) {
  const place = { login: loginOf(world), calendarUrl: all ? null : world.calendarUrl };
  const connect = ({ url }: Login) => ({ ...world.connection, url });
  return world.engine.backup([place], connect, join(world.dir, name), options, undefined, signal);
}

async function opened(name: string): Promise<ArchiveReader> {
  return ArchiveReader.open(join(world.dir, name));
}

async function request(method: string, path: string, body: string): Promise<number> {
  const { password } = world.server.info.admin;
  const authorization = `Basic ${Buffer.from(`alice:${password}`).toString('base64')}`;
  const url = new URL(path, world.calendarUrl);
  const type = method === 'PUT' ? { 'content-type': 'text/calendar' } : {};
  const answer = await fetch(url, { method, headers: { authorization, scheduling: 'none', ...type }, body });
  return answer.status;
}

const NS = 'xmlns:D="DAV:" xmlns:C="urn:ietf:params:xml:ns:caldav" xmlns:A="http://apple.com/ns/ical/"';
const ZONE =
  'BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//t//EN\r\nBEGIN:VTIMEZONE\r\nTZID:Home/Town\r\nBEGIN:STANDARD\r\nDTSTART:19700101T000000\r\nTZOFFSETFROM:+0100\r\nTZOFFSETTO:+0100\r\nEND:STANDARD\r\nEND:VTIMEZONE\r\nEND:VCALENDAR\r\n';
const PATCH =
  `<D:propertyupdate ${NS}><D:set><D:prop><D:displayname>Büro &amp; Team</D:displayname>` +
  '<A:calendar-color>#aabbcc</A:calendar-color><A:calendar-order>7</A:calendar-order>' +
  '<C:calendar-description>Where we meet</C:calendar-description>' +
  '<C:schedule-calendar-transp><C:transparent/></C:schedule-calendar-transp>' +
  `<C:calendar-timezone>${ZONE}</C:calendar-timezone></D:prop></D:set></D:propertyupdate>`;

describe('a backup', () => {
  it('holds every object byte for byte, and what the calendar says of itself', async () => {
    world = await openWorld();
    await world.put('a.ics', event('one@x', GUESTS));
    await world.put('b.ics', event('CON', ['SUMMARY:Grüße']));
    await world.put('c.ics', event('con', ['SUMMARY:Same name on Windows']));
    expect(await request('PROPPATCH', '', PATCH)).toBe(207);

    const result = await save('alice.zip');

    expect(result).toMatchObject({ calendars: 1, events: 3, verified: 3, failed: [], reused: 0, file: 'alice.zip' });
    const archive = await opened('alice.zip');
    const [stored] = archive.manifest.calendars;
    expect(stored?.properties).toMatchObject({
      name: 'Büro & Team',
      color: '#aabbcc',
      order: 7,
      description: 'Where we meet',
      transparency: 'transparent',
    });
    expect(stored?.properties.timezone?.replace(/\r?\n/g, '\r\n').trim()).toBe(ZONE.trim());
    const inZip = new Map<string, string>();
    for (const { path, href } of stored?.resources ?? []) {
      expect(path).toMatch(/^[A-Za-z0-9._-]+\/[A-Za-z0-9_-][A-Za-z0-9._-]*\.ics$/);
      expect(path.split('/')[1]).not.toMatch(/^con\./i);
      inZip.set(href, (await archive.read(path))?.toString('utf8') ?? '');
    }
    archive.close();
    expect(inZip).toEqual(await world.objects());
    expect(new Set([...(stored?.resources ?? [])].map(({ path }) => path.toLowerCase())).size).toBe(3);
    expect(await readFile(join(world.dir, 'alice.zip'), 'latin1')).not.toContain(world.server.info.admin.password);
  });

  it('comes back: restored over itself nothing changes, and into a new calendar it is as it was', async () => {
    world = await openWorld();
    await world.put('a.ics', event('one@x', GUESTS));
    await request('PROPPATCH', '', PATCH);
    await save('alice.zip');
    const sources = [join(world.dir, 'alice.zip')];
    const again = await world.engine.prepareRestore(world.spec({ sources }), world.connection);
    expect(again.summary.counts).toMatchObject({ unchanged: 1, create: 0, update: 0, reject: 0 });
    await again.discard();

    const calendarUrl = new URL('../rebuilt/', world.calendarUrl).href;
    const makeCalendar = { name: null, color: null };
    const job = await world.engine.prepareRestore(world.spec({ sources, calendarUrl, makeCalendar }), {
      ...world.connection,
      url: calendarUrl,
    });
    expect(job.summary.makes).toMatchObject({ name: 'Büro & Team', color: '#aabbcc', order: 7 });
    expect(job.summary.makes?.components).toContain('VTODO');
    await runAll(job);
    const place = { login: { ...loginOf(world), url: calendarUrl }, calendarUrl };
    const connect = ({ url }: Login) => ({ ...world.connection, url });
    await world.engine.backup([place], connect, join(world.dir, 'rebuilt.zip'));
    const [before, after] = await Promise.all(['alice.zip', 'rebuilt.zip'].map(opened));
    const { components: _old, ...wanted } = before?.manifest.calendars[0]?.properties ?? { components: [] };
    expect(after?.manifest.calendars[0]?.properties).toMatchObject(wanted);
    before?.close();
    after?.close();
  });

  it('of several calendars names all of them', async () => {
    world = await openWorld();
    const url = new URL('../more/', world.calendarUrl).href;
    expect(await request('MKCALENDAR', '../more/', '')).toBe(201);
    await request('PUT', '../more/x.ics', event('x'));
    await world.put('a.ics', event('a'));
    const result = await save('all.zip', {}, true);
    expect(result).toMatchObject({ calendars: 2, events: 2, failed: [] });
    const calendarUrl = new URL('../both/', url).href;
    const spec = world.spec({
      sources: [join(world.dir, 'all.zip')],
      calendarUrl,
      makeCalendar: { name: null, color: null },
    });
    const job = await world.engine.prepareRestore(spec, world.connection);
    expect(job.summary.makes?.name.split(' + ').sort()).toEqual(['Calendar', 'more']);
    await job.discard();
  });
});

describe('an incremental backup', () => {
  it('takes over what did not change, and is whole by itself', async () => {
    world = await openWorld();
    for (const uid of ['a', 'b', 'c', 'd']) await world.put(`${uid}.ics`, event(uid));
    await save('one.zip');
    await world.put('b.ics', event('b', ['SUMMARY:Later']));
    await world.put('e.ics', event('e'));
    await request('DELETE', 'd.ics', '');

    const result = await save('two.zip', { since: join(world.dir, 'one.zip') });

    expect(result).toMatchObject({ events: 4, reused: 2, verified: 4, failed: [], warnings: [] });
    const archive = await opened('two.zip');
    const texts = new Map<string, string>();
    for (const { path, href } of archive.manifest.calendars[0]?.resources ?? []) {
      texts.set(href, (await archive.read(path))?.toString('utf8') ?? '');
    }
    archive.close();
    expect(texts).toEqual(await world.objects());
  });

  it('reads everything, and says so, when the server knows the token no more', async () => {
    world = await openWorld();
    await world.put('a.ics', event('a'));
    await save('one.zip');
    world.server.setFaults([
      { method: 'REPORT', status: 403, body: '<D:error xmlns:D="DAV:"><D:valid-sync-token/></D:error>', count: 0 },
    ]);
    const result = await save('two.zip', { since: join(world.dir, 'one.zip') });
    expect(result).toMatchObject({ events: 1, reused: 0, failed: [] });
    // Neither report is answered here, so the list stands alone, and that is said, too.
    expect(result.warnings).toEqual([
      expect.stringContaining('all was read'),
      expect.stringContaining('no second way to list'),
    ]);
  });

  it('refuses an earlier file that is no backup', async () => {
    world = await openWorld();
    await writeFile(join(world.dir, 'other.zip'), 'no zip');
    await expect(save('two.zip', { since: join(world.dir, 'other.zip') })).rejects.toThrow('not a backup');
    expect(await readdir(world.dir)).not.toContain('two.zip');
  });
});

describe('a backup that goes wrong', () => {
  it('names what is missing, and is not called complete', async () => {
    world = await openWorld();
    for (const uid of ['a', 'b', 'c']) await world.put(`${uid}.ics`, event(uid));
    world.server.setFaults([{ method: 'GET', path: 'b\\.ics', status: 403, count: 0 }]);
    const result = await save('x.zip');
    expect(result.failed).toEqual([
      { href: expect.stringMatching(/b\.ics$/) as string, reason: expect.any(String) as string },
    ]);
    expect(result).toMatchObject({ events: 2, file: 'x.incomplete.zip' });
    const files = await readdir(world.dir);
    expect(files).toContain('x.incomplete.zip');
    expect(files.filter((name) => name === 'x.zip' || name.endsWith('.part'))).toEqual([]);
  });

  it('takes what is listed and not given for unreadable, never for gone', async () => {
    world = await openWorld();
    for (const uid of ['a', 'b']) await world.put(`${uid}.ics`, event(uid));
    world.server.setFaults([{ method: 'GET', path: 'b\\.ics', status: 404, count: 0 }]);
    expect(await save('x.zip')).toMatchObject({ events: 1, gone: 0, file: 'x.incomplete.zip' });
  });

  it('replaces a file only when it may, and leaves the old one when nothing can be read', async () => {
    world = await openWorld();
    await world.put('a.ics', event('a'));
    await writeFile(join(world.dir, 'x.zip'), 'mine');
    await expect(save('x.zip')).rejects.toThrow('already exists');
    world.server.setFaults([{ method: 'PROPFIND', status: 403, count: 0 }]);
    await expect(save('x.zip', { overwrite: true })).rejects.toThrow();
    expect(await readFile(join(world.dir, 'x.zip'), 'utf8')).toBe('mine');
    world.server.setFaults([]);
    expect(await save('x.zip', { overwrite: true })).toMatchObject({ events: 1, failed: [] });
    expect((await readdir(world.dir)).filter((name) => name.endsWith('.part'))).toEqual([]);
  });

  it('leaves nothing behind when it is stopped', async () => {
    world = await openWorld();
    for (let at = 0; at < 20; at += 1) await world.put(`${at}.ics`, event(`u${at}`));
    const over = new AbortController();
    world.server.setFaults([{ method: 'GET', after: 5, delayMs: 60_000, count: 0 }]);
    const running = save('x.zip', {}, false, over.signal);
    setTimeout(() => {
      over.abort();
    }, 300);
    await expect(running).rejects.toThrow();
    expect((await readdir(world.dir)).filter((name) => name.startsWith('x.'))).toEqual([]);
  });

  it.each([true, false])('ends at once where the server says nothing, all calendars: %s', async (all) => {
    world = await openWorld();
    world.server.setFaults([{ silent: true, count: 0 }]);
    const over = new AbortController();
    const running = save('x.zip', {}, all, over.signal);
    setTimeout(() => over.abort(), 50);
    await expect(running).rejects.toThrow(/aborted|Stopped/);
    expect(await readdir(world.dir)).not.toContain('x.zip');
  });

  it('takes a calendar with many events in bounded memory and one folder', async () => {
    world = await openWorld();
    for (let at = 0; at < 60; at += 1) await world.put(`${at}.ics`, calendar([[`UID:same/${at % 3}-${at}`]]));
    expect(await save('many.zip')).toMatchObject({ events: 60, verified: 60 });
  });
});
