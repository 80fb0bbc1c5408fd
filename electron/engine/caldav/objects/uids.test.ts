import { afterEach, describe, expect, it } from 'vitest';
import { fakeServer, login, multistatus, response, type FakeServer, type Heard, type Said } from './server.fixture.ts';
import { openStore } from './store.ts';
import type { CalendarStore, ListedUid } from '../types.ts';

const open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const one of open.splice(0).reverse()) await one.close();
});

async function serve(
  answer: (heard: Heard, nth: number) => Said | 'cut',
  path = '/cal/',
): Promise<{ server: FakeServer; store: CalendarStore }> {
  const server = await fakeServer(answer);
  const store = openStore(server.origin + path, login(server.origin));
  open.push(server, store);
  return { server, store };
}

async function all(store: CalendarStore): Promise<readonly ListedUid[]> {
  const found: ListedUid[] = [];
  for await (const batch of store.uids()) found.push(...batch);
  return found;
}

const text = (uid: string, more = ''): string =>
  `BEGIN:VCALENDAR\nBEGIN:VEVENT\n${more}UID:${uid}\nEND:VEVENT\nEND:VCALENDAR\n`;
const object = (href: string, data: string): string =>
  response(href, `<D:getetag>"e"</D:getetag><D:resourcetype/><C:calendar-data>${data}</C:calendar-data>`);

describe('uids', () => {
  it('asks once, for the ETag and the UID alone', async () => {
    const { store, server } = await serve(() =>
      multistatus(object('/cal/a.ics', text('a')), object('/cal/b.ics', text('b', 'SUMMARY:whole\nATTACH:x\n'))),
    );
    expect(await all(store)).toEqual([
      { href: '/cal/a.ics', etag: '"e"', uids: ['a'] },
      { href: '/cal/b.ics', etag: '"e"', uids: ['b'] },
    ]);
    expect(server.heard).toHaveLength(1);
    expect(server.heard[0]).toMatchObject({ method: 'REPORT', path: '/cal/', headers: { depth: '1' } });
    const asked = server.heard[0]?.body ?? '';
    expect(asked).toContain('<C:comp name="VEVENT"><C:prop name="UID"/></C:comp>');
    expect(asked).not.toContain('allprop');
  });

  it('reads whole what an answer is silent about, asks for nothing outside the calendar, and says so', async () => {
    const { store, server } = await serve((heard) =>
      heard.body.includes('calendar-multiget')
        ? multistatus(object('/cal/b.ics', text('b')))
        : multistatus(object('/cal/a.ics', text('a')), object('/cal/b.ics', ''), object('/bob/c.ics', text('c'))),
    );
    const found: string[] = [];
    const reading = async (): Promise<void> => {
      for await (const batch of store.uids()) found.push(...batch.flatMap(({ uids }) => uids));
    };
    await expect(reading()).rejects.toThrow('/bob/c.ics');
    expect(found).toEqual(['a', 'b']);
    expect(server.heard).toHaveLength(2);
  });

  it.each([
    ['no such report', { status: 403 }],
    ['not done', { status: 501 }],
    ['a cut list', multistatus('<D:response><D:href>/cal/</D:href><D:status>HTTP/1.1 507 X</D:status></D:response>')],
    ['half an answer', { status: 207, body: '<D:multistatus xmlns:D="DAV:"><D:response>' }],
    ['a failure', { status: 500 }],
  ])('falls back to names and texts in batches of fifty: %s', async (_what, said) => {
    const hrefs = Array.from({ length: 120 }, (_, nth) => `/cal/${nth}.ics`);
    const { store, server } = await serve((heard) => {
      if (heard.method === 'PROPFIND') return multistatus(...hrefs.map((href) => object(href, '')));
      if (heard.body.includes('calendar-query')) return said;
      const asked = [...heard.body.matchAll(/<D:href>([^<]+)<\/D:href>/g)].map((found) => found[1] ?? '');
      return multistatus(...asked.map((href) => object(href, text(href))));
    });
    const found = await all(store);
    expect(new Set(found.flatMap(({ uids }) => uids))).toEqual(new Set(hrefs));
    // A failure may pass, so it is asked once more.
    expect(server.heard.filter(({ method, body }) => method !== 'REPORT' || body.includes('multiget'))).toHaveLength(
      1 + 3,
    );
  });

  it.each([
    ['a wrong password', { status: 401 }, 'user name or the password'],
    [
      'a list that is cut everywhere',
      multistatus('<D:response><D:href>/cal/</D:href><D:status>HTTP/1.1 507 X</D:status></D:response>'),
      'does not list all',
    ],
  ])('says it plainly: %s', async (_what, said, words) => {
    const { store } = await serve(() => said);
    await expect(all(store)).rejects.toThrow(words);
  });

  it('stops when told to', async () => {
    const over = new AbortController();
    const { store } = await serve(() => {
      over.abort();
      return 'cut';
    });
    await expect(store.uids(over.signal)[Symbol.asyncIterator]().next()).rejects.toMatchObject({
      failure: { code: 'STOPPED' },
    });
  });
});

describe('the trash bin', () => {
  const calendar = '/cloud/remote.php/dav/calendars/alice/personal/';
  const bin = '/cloud/remote.php/dav/calendars/alice/trashbin/objects/';
  const deleted = (nth: number, uid: string, from: string, at = '1763900000'): string =>
    response(
      `${bin}${nth}.ics`,
      `<D:getetag>"e"</D:getetag><n:deleted-at xmlns:n="http://nextcloud.com/ns">${at}</n:deleted-at>` +
        `${from}<C:calendar-data>${text(uid)}</C:calendar-data>`,
    );
  const uri = (name: string, property = 'calendar-uri'): string =>
    `<n:${property} xmlns:n="http://nextcloud.com/ns">${name}</n:${property}>`;

  it('lists what was deleted from this calendar, by one request', async () => {
    const { store, server } = await serve(
      () =>
        multistatus(
          deleted(1, 'a', uri('personal')),
          deleted(2, 'b', uri('work')),
          deleted(3, 'c', uri('calendars/alice/personal', 'source-calendar-uri'), 'soon'),
          deleted(4, 'd', ''),
        ),
      calendar,
    );
    expect(await store.trash.list()).toEqual([
      { href: `${bin}1.ics`, etag: '"e"', uids: ['a'], deletedAt: 1_763_900_000_000 },
      { href: `${bin}3.ics`, etag: '"e"', uids: ['c'], deletedAt: null },
      { href: `${bin}4.ics`, etag: '"e"', uids: ['d'], deletedAt: 1_763_900_000_000 },
    ]);
    expect(server.heard).toHaveLength(1);
    expect(server.heard[0]).toMatchObject({ method: 'REPORT', path: bin });
    expect(server.heard[0]?.body).toContain('deleted-at');
  });

  it('gives one of them, and nothing from outside', async () => {
    const { store, server } = await serve(() => ({ status: 200, body: text('a'), headers: { etag: '"e"' } }), calendar);
    expect((await store.trash.get(`${bin}1.ics`))?.bytes.toString('utf8')).toBe(text('a'));
    await expect(store.trash.get(`${calendar}a.ics`)).rejects.toMatchObject({ failure: { code: 'HREF_OUTSIDE' } });
    expect(server.heard).toHaveLength(1);
  });

  it.each([
    ['nothing there', { status: 404 }],
    ['not offered', { status: 501 }],
  ])('says that it cannot be listed: %s', async (_what, said) => {
    const { store } = await serve(() => said, calendar);
    await expect(store.trash.list()).rejects.toMatchObject({ failure: { code: 'TRASH_NOT_LISTED' } });
  });
});
