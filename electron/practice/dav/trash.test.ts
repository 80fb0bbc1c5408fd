import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { meeting } from '../testing/events.ts';
import { Harness, type Reply } from '../testing/harness.ts';

/* The trash bin as Nextcloud has it: what it shows, and what it does to a new object of the same UID. */

let h: Harness;
afterEach(() => h.close());

const start = async (personality: string): Promise<void> => {
  h = await Harness.start({ personality });
};
const bin = (user = 'alice'): string => `${h.home(user)}trashbin/objects/`;
const query = (path = bin()): Promise<Reply> =>
  h.send(
    'alice',
    'REPORT',
    path,
    '<C:calendar-query xmlns:D="DAV:" xmlns:C="urn:ietf:params:xml:ns:caldav" xmlns:N="http://nextcloud.com/ns"><D:prop>' +
      '<D:getetag/><N:deleted-at/><N:calendar-uri/><C:calendar-data/></D:prop>' +
      '<C:filter><C:comp-filter name="VCALENDAR"/></C:filter></C:calendar-query>',
    { depth: '1' },
  );
const members = ({ text }: Reply): readonly string[] =>
  [...text.matchAll(/<D:response><D:href>([^<]*)/g)].map((found) => found[1] ?? '');
const invitation = meeting({ uid: 'a', organizer: 'alice@example.com', guests: ['bob@example.com', 'ext@other.test'] });
const event = (uid: string, summary = 'One'): string => meeting({ uid, summary });

describe.each(['nextcloud-31-like', 'nextcloud-25-like'])('the trash bin (%s)', (personality) => {
  it('holds what was deleted, with its text, its calendar and the time', async () => {
    await start(personality);
    await h.put('alice', 'a.ics', event('a'));
    expect((await h.delete('alice', 'a.ics')).status).toBe(204);
    const answer = await query();
    expect(answer.status).toBe(207);
    expect(members(answer)).toEqual([`${bin()}1.ics`]);
    expect(answer.text).toMatch(/deleted-at[^>]*>\d{10}</);
    expect(answer.text).toMatch(/calendar-uri[^>]*>default</);
    expect((await h.send('alice', 'GET', `${bin()}1.ics`)).text).toBe(event('a'));
    expect(await h.members('alice')).toEqual([]);
  });

  it('says in OPTIONS that there is one, and its version outside DAV', async () => {
    await start(personality);
    const { headers } = await h.send('alice', 'OPTIONS', h.calendar('alice'));
    expect(String(headers['dav'])).toContain('nc-calendar-trashbin');
    const status = await h.send(null, 'GET', '/status.php');
    expect(JSON.parse(status.text)).toMatchObject({
      versionstring: personality === 'nextcloud-31-like' ? '31.0.11' : '25.0.3',
    });
  });

  it('is listed by calendar-query only, and nobody writes into it', async () => {
    await start(personality);
    await h.put('alice', 'a.ics', event('a'));
    await h.delete('alice', 'a.ics');
    const list = await h.send('alice', 'PROPFIND', bin(), undefined, { depth: '1' });
    expect(list.status).toBe(501);
    for (const name of ['1.ics', '2.ics']) {
      const put = await h.send('alice', 'PUT', bin() + name, event('b'), { 'content-type': 'text/calendar' });
      expect(put.status).toBe(403);
    }
    const other = await h.send('bob', 'GET', `${bin()}1.ics`);
    expect(other.status).toBe(403);
    const home = await h.send('alice', 'PROPFIND', h.home('alice'), undefined, { depth: '1' });
    expect(home.text).toMatch(/trash-bin/);
    expect(await h.send('alice', 'DELETE', bin()).then(({ status }) => status)).toBe(403);
  });

  it('is emptied by hand, and passed by with the header of Nextcloud', async () => {
    await start(personality);
    await h.put('alice', 'a.ics', event('a'));
    await h.delete('alice', 'a.ics');
    expect((await h.send('alice', 'DELETE', `${bin()}1.ics`)).status).toBe(204);
    expect(members(await query())).toEqual([]);
    expect((await h.put('alice', 'a.ics', event('a'))).status).toBe(201);
    await h.delete('alice', 'a.ics', { 'X-NC-CalDAV-No-Trashbin': '1' });
    expect(members(await query())).toEqual([]);
  });

  it('gives back what is moved to its restore folder, under its old name and without a word', async () => {
    await start(personality);
    const quiet = { 'schedule-reply': 'F' };
    await h.put('alice', 'a.ics', invitation, quiet);
    await h.delete('alice', 'a.ics', quiet);
    const move = (): Promise<Reply> =>
      h.send('alice', 'MOVE', `${bin()}1.ics`, undefined, { destination: `${h.home('alice')}trashbin/restore/any` });
    expect((await move()).status).toBe(201);
    expect([await h.members('alice'), members(await query())]).toEqual([['a.ics'], []]);
    expect(h.notified()).toEqual([]);
    expect((await move()).status).toBe(404);
    // Where something has its name by now, it stays in the trash bin.
    await h.delete('alice', 'a.ics', quiet);
    await h.put('alice', 'a.ics', event('other'));
    expect((await move()).status).toBe(403);
    expect(members(await query())).toHaveLength(1);
  });

  it('stands in the way of the same calendar only', async () => {
    await start(personality);
    await h.put('alice', 'a.ics', event('a'));
    await h.delete('alice', 'a.ics');
    const work = `${h.home('alice')}work/`;
    await h.send('alice', 'MKCALENDAR', work);
    const put = await h.send('alice', 'PUT', `${work}a.ics`, event('a'), { 'content-type': 'text/calendar' });
    expect(put.status).toBe(201);
    expect(members(await query())).toHaveLength(1);
  });
});

describe('a UID that lies in the trash bin', () => {
  it('is refused in words by the old one', async () => {
    await start('nextcloud-25-like');
    await h.put('alice', 'a.ics', event('a'));
    await h.delete('alice', 'a.ics');
    h.clear();
    const again = await h.put('alice', 'b.ics', event('a'), { 'if-none-match': '*' });
    expect(again.status).toBe(400);
    expect(again.text).toContain('Deleted calendar object with uid already exists in this calendar collection.');
    expect([await h.members('alice'), members(await query())]).toEqual([[], [`${bin()}1.ics`]]);
    expect(h.notified()).toEqual([]);
  });

  it('makes 33 fail, after people were notified, until it is taken out', async () => {
    await start('nextcloud-33-like');
    const quiet = { 'schedule-reply': 'F' };
    await h.put('alice', 'a.ics', invitation, quiet);
    await h.delete('alice', 'a.ics', quiet);
    h.clear();
    expect((await h.put('alice', 'b.ics', invitation, { 'if-none-match': '*' })).status).toBe(500);
    expect(h.notified().length).toBeGreaterThan(0);
    expect([await h.members('alice'), members(await query())]).toEqual([[], [`${bin()}1.ics`]]);
    h.clear();
    expect((await h.send('alice', 'DELETE', `${bin()}1.ics`, undefined, quiet)).status).toBe(204);
    expect((await h.put('alice', 'b.ics', invitation, { ...quiet, 'if-none-match': '*' })).status).toBe(201);
    expect(h.notified()).toEqual([]);
  });

  it('cancels once more when it is taken out openly', async () => {
    await start('nextcloud-33-like');
    await h.put('alice', 'a.ics', invitation);
    await h.delete('alice', 'a.ics');
    h.clear();
    await h.send('alice', 'DELETE', `${bin()}1.ics`);
    expect(h.notified().length).toBeGreaterThan(0);
  });

  it('takes the place of the deleted one on the new one, without a word', async () => {
    await start('nextcloud-31-like');
    await h.put('alice', 'a.ics', event('a'));
    await h.delete('alice', 'a.ics');
    expect((await h.put('alice', 'b.ics', event('a', 'Two'), { 'if-none-match': '*' })).status).toBe(201);
    expect([await h.members('alice'), members(await query())]).toEqual([['b.ics'], []]);
    // Another deletion gets another number.
    await h.delete('alice', 'b.ics');
    expect((await h.send('alice', 'GET', members(await query())[0] ?? '')).text).toContain('SUMMARY:Two');
  });
});

it('keeps its trash bin over a restart, and has none left after a reset', async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'hushcal-trash-'));
  try {
    h = await Harness.start({ personality: 'nextcloud-31-like', dataDir });
    await h.put('alice', 'a.ics', event('a'));
    await h.delete('alice', 'a.ics');
    await h.close();
    h = await Harness.start({ personality: 'nextcloud-31-like', dataDir });
    const answer = await query();
    expect(members(answer)).toHaveLength(1);
    expect(answer.text).toMatch(/calendar-uri[^>]*>default</);
    h.server.reset();
    expect(members(await query())).toEqual([]);
  } finally {
    rmSync(dataDir, { recursive: true, force: true });
  }
});

it('is not there on any other server', async () => {
  await start('sabre-like');
  await h.put('alice', 'a.ics', event('a'));
  await h.delete('alice', 'a.ics');
  expect((await query()).status).toBe(404);
  expect((await h.put('alice', 'b.ics', event('a'))).status).toBe(201);
});
