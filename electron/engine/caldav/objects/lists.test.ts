import { gzipSync } from 'node:zlib';
import { afterEach, describe, expect, it } from 'vitest';
import { listBoth } from '../../backup/list-both.ts';
import type { CalendarStore } from '../types.ts';
import { proveGone } from './prove-gone.ts';
import { readListed } from './read-listed.ts';
import { fakeServer, login, multistatus, response, type FakeServer, type Heard, type Said } from './server.fixture.ts';
import { openStore } from './store.ts';

const open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const one of open.splice(0).reverse()) await one.close();
});

type Bend = (heard: Heard, plain: () => Said, nth: number) => Said | 'cut';

const SELF = response('/cal/', '<D:resourcetype><D:collection/><C:calendar/></D:resourcetype>');
const text = (uid: string): string => `BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:${uid}\nEND:VEVENT\nEND:VCALENDAR\n`;
const listed = (href: string): string => response(href, '<D:getetag>"e"</D:getetag><D:resourcetype/>');
const failed = (href: string, status: number): string =>
  `<D:response><D:href>${href}</D:href><D:status>HTTP/1.1 ${status} X</D:status></D:response>`;
const withText = (href: string, uid: string): string =>
  response(href, `<D:getetag>"e"</D:getetag><C:calendar-data>${text(uid)}</C:calendar-data>`);

/** A calendar with the objects a, b and c, whose answers can be bent. */
async function calendar(
  bend: Bend = (_heard, plain) => plain(),
): Promise<{ readonly store: CalendarStore; readonly server: FakeServer }> {
  const uids = ['a', 'b', 'c'];
  const plain = ({ method, path, body }: Heard): Said => {
    if (method === 'PROPFIND') return multistatus(SELF, ...uids.map((uid) => listed(`/cal/${uid}.ics`)));
    if (method === 'REPORT') {
      const asked = [...body.matchAll(/<D:href>\/cal\/(\w)\.ics<\/D:href>/g)].map((found) => found[1] ?? '');
      return multistatus(...(asked.length > 0 ? asked : uids).map((uid) => withText(`/cal/${uid}.ics`, uid)));
    }
    const uid = /^\/cal\/(\w)\.ics$/.exec(path)?.[1];
    return uid === undefined || !uids.includes(uid)
      ? { status: 404 }
      : { status: 200, headers: { etag: '"e"' }, body: text(uid) };
  };
  const server = await fakeServer((heard, nth) => bend(heard, () => plain(heard), nth));
  const store = openStore(`${server.origin}/cal/`, login(server.origin));
  open.push(server, store);
  return { server, store };
}

const abc = ['/cal/a.ics', '/cal/b.ics', '/cal/c.ics'];

describe('a list is accounted for', () => {
  it.each([
    ['a status of its own', failed('/cal/c.ics', 500), '/cal/c.ics', 'cannot read it (500)'],
    ['nobody may read it', failed('/cal/c.ics', 403), '/cal/c.ics', 'cannot read it (403)'],
    ['it lies elsewhere', listed('/bob/c.ics'), '/bob/c.ics', 'does not lie in the calendar'],
    ['a folder', response('/cal/c/', '<D:resourcetype><D:collection/></D:resourcetype>'), '/cal/c/', 'folder'],
    ['two spellings of one name', listed('/cal/%61.ics'), '/cal/%61.ics', 'twice'],
  ])('%s: is named, after a second look', async (_what, bent, href, words) => {
    const { store, server } = await calendar((heard, plain) =>
      heard.method === 'PROPFIND' ? multistatus(SELF, listed('/cal/a.ics'), listed('/cal/b.ics'), bent) : plain(),
    );
    const { objects, unseen } = await store.list();
    expect(objects.map((one) => one.href)).toEqual(['/cal/a.ics', '/cal/b.ics']);
    expect(unseen).toEqual([{ href, reason: expect.stringContaining(words) as string }]);
    expect(server.heard).toHaveLength(2);
  });

  it('is whole when the second look sees everything', async () => {
    const { store } = await calendar((_heard, plain, nth) =>
      nth === 1 ? multistatus(SELF, failed('/cal/c.ics', 500)) : plain(),
    );
    expect(await store.list()).toMatchObject({ objects: abc.map((href) => ({ href })), unseen: [] });
  });

  it.each([
    ['no ETag, though others have one', [response('/cal/a.ics', '<D:resourcetype/>')], null, 'without an ETag'],
    [
      'two ETags',
      [listed('/cal/a.ics'), response('/cal/a.ics', '<D:getetag>"f"</D:getetag>')],
      null,
      'different ETags',
    ],
    ['an ETag and none', [listed('/cal/a.ics'), response('/cal/a.ics', '')], null, 'different ETags'],
    [
      'two weak ETags',
      ['"e"', '"f"'].map((tag) => response('/cal/a.ics', `<D:getetag>W/${tag}</D:getetag>`)),
      null,
      'different',
    ],
  ])('names an object with %s, which is asked for all the same', async (_what, bent, etag, words) => {
    const { store, server } = await calendar(() => multistatus(SELF, ...bent, listed('/cal/b.ics')));
    const { objects, unseen } = await store.list();
    expect(objects).toEqual([
      { href: '/cal/a.ics', etag },
      { href: '/cal/b.ics', etag: '"e"' },
    ]);
    expect(unseen).toEqual([{ href: '/cal/a.ics', reason: expect.stringContaining(words) as string }]);
    expect(server.heard).toHaveLength(2);
  });

  it('is whole where the server gives no ETags at all, or weak ones', async () => {
    for (const props of ['', '<D:getetag>W/"e"</D:getetag>']) {
      const { store } = await calendar(() => multistatus(SELF, ...abc.map((href) => response(href, props))));
      expect(await store.list()).toEqual({ objects: abc.map((href) => ({ href, etag: null })), unseen: [] });
    }
  });

  it('names an object once that the list has twice', async () => {
    const { store } = await calendar(() => multistatus(SELF, listed('/cal/a.ics'), listed('/cal/a.ics')));
    expect(await store.list()).toMatchObject({ objects: [{ href: '/cal/a.ics' }], unseen: [] });
  });

  it.each([
    ['cut by a limit', [listed('/cal/a.ics'), failed('/cal/', 507)]],
    ['cut by a limit, under the name behind a proxy', [listed('/cal/a.ics'), failed('/inner/cal/', 507)]],
    ['the calendar itself fails', [failed('/cal/', 500), listed('/cal/a.ics')]],
  ])('is never taken for whole: %s', async (_what, responses) => {
    const { store } = await calendar(() => multistatus(...responses));
    await expect(store.list()).rejects.toThrow('does not list all');
  });

  it.each([
    ['everything lies elsewhere', [listed('/bob/a.ics'), listed('/bob/b.ics')], '/bob/a.ics'],
    ['there is nothing', [], 'nothing at all'],
  ])('is an error when nothing can be placed: %s', async (_what, responses, words) => {
    const { store } = await calendar(() => multistatus(...responses));
    await expect(store.list()).rejects.toThrow(words);
  });

  it.each([
    ['another path', '/u/4711/'],
    ['the name of an inner host', 'http://inner:8080/u/4711/'],
    ['a prefix', '/inner/cal/'],
  ])('takes what the answer calls the calendar for its base: %s', async (_what, base) => {
    const self = response(base, '<D:resourcetype><D:collection/><C:calendar/></D:resourcetype>');
    const { store, server } = await calendar((heard, plain) =>
      heard.method === 'PROPFIND' ? multistatus(listed(`${base}a.ics`), self, listed(`${base}b%2F1.ics`)) : plain(),
    );
    expect((await store.list()).objects.map(({ href }) => href)).toEqual(['/cal/a.ics', '/cal/b%2F1.ics']);
    await store.get('/cal/a.ics');
    expect(server.heard.at(-1)).toMatchObject({ method: 'GET', path: '/cal/a.ics' });
  });
});

describe('an answer that is not as it should be', () => {
  const xml = String(multistatus(SELF, ...abc.map(listed)).body);

  it.each([
    ['packed unasked', { status: 207, headers: { 'content-encoding': 'gzip' }, body: gzipSync(xml) }],
    ['an empty line first', { status: 207, body: `\r\n\ufeff${xml}` }],
  ])('is read: %s', async (_what, said) => {
    const { store } = await calendar(() => said);
    expect((await store.list()).objects).toHaveLength(3);
  });

  it.each([
    ['a warning first', { status: 207, body: `<br />Warning: something${xml}` }, 'begins: "Warning: something'],
    ['cut short each time', { status: 207, body: xml.slice(0, -30) }, 'cannot be read'],
    ['nothing', { status: 207 }, 'It is empty'],
    ['packed badly', { status: 207, headers: { 'content-encoding': 'gzip' }, body: 'no' }, 'packed as "gzip"'],
    ['packed strangely', { status: 207, headers: { 'content-encoding': 'zz' }, body: 'no' }, 'packed as "zz"'],
    ['a web page', { status: 200, body: '<html><body>Please log in</body></html>' }, 'a web page'],
  ])('says what came: %s', async (_what, said, words) => {
    const { store } = await calendar(() => said);
    await expect(store.list()).rejects.toThrow(words);
  });

  it.each([
    ['cut off', 'cut' as const],
    ['cut in the middle', { status: 207, body: xml.slice(0, 300) }],
    ['a failure', { status: 500 }],
    ['a busy server', { status: 503, headers: { 'retry-after': '0' } }],
    ['octets that are missing', { status: 207, headers: { 'content-length': '9999' }, body: xml }],
  ])('is asked for again: %s', async (_what, said) => {
    const { store } = await calendar((_heard, plain, nth) => (nth === 1 ? said : plain()));
    expect((await store.list()).objects).toHaveLength(3);
  });
});

async function readAll(store: CalendarStore): Promise<{ read: readonly string[]; unread: readonly string[] }> {
  const [read, unread]: [string[], string[]] = [[], []];
  for await (const batch of readListed(store, await store.list())) {
    read.push(...batch.objects.map(({ href }) => href));
    unread.push(...batch.unread.map(({ href, reason }) => `${href} ${reason}`));
  }
  return { read: read.sort(), unread };
}

describe('what is listed is read', () => {
  const without = (uid: string): Said =>
    multistatus(...['a', 'b', 'c'].filter((one) => one !== uid).map((one) => withText(`/cal/${one}.ics`, one)));
  const bent =
    (get: Said, report: Said = without('c')): Bend =>
    (heard, plain) =>
      heard.method === 'REPORT' ? report : heard.path === '/cal/c.ics' ? get : plain();

  it.each([
    ['says that there is none', { status: 404 }, 'says that there is nothing'],
    ['fails', { status: 500 }, 'failed (500)'],
    ['refuses', { status: 403 }, 'not allowed'],
    ['sends a web page', { status: 200, body: '<!doctype html><html></html>' }, 'a web page'],
    ['sends nothing', { status: 200 }, 'an empty answer'],
    ['sends the half of it', { status: 200, body: text('c').slice(0, 30) }, 'ends in the middle'],
  ])('or is unreadable, and costs no other, when the server %s', async (_what, said, words) => {
    const { store } = await calendar(bent(said));
    const { read, unread } = await readAll(store);
    expect(read).toEqual(['/cal/a.ics', '/cal/b.ics']);
    expect(unread).toEqual([expect.stringMatching(new RegExp(`^/cal/c\\.ics .*${words.replace(/[()]/g, '\\$&')}`))]);
  });

  it('is asked for itself when a report says that there is none', async () => {
    const report = multistatus(withText('/cal/a.ics', 'a'), withText('/cal/b.ics', 'b'), failed('/cal/c.ics', 404));
    const { store } = await calendar((heard, plain) => (heard.method === 'REPORT' ? report : plain()));
    expect(await readAll(store)).toEqual({ read: abc, unread: [] });
  });

  const given = (tag: string, body: string): string =>
    response(
      '/cal/c.ics',
      `${tag === '' ? '' : `<D:getetag>${tag}</D:getetag>`}<C:calendar-data>${body}</C:calendar-data>`,
    );

  it.each([
    ['is cut in the middle', [given('"e"', text('c').slice(0, 30))]],
    ['has no ETag, though others have', [given('', text('c'))]],
    ['is there twice, with two ETags', [given('"e"', text('c')), given('"f"', text('c'))]],
    ['is there twice, with two texts', [given('"e"', text('c')), given('"e"', text('x'))]],
    ['is there, and failed', [given('"e"', text('c')), failed('/cal/c.ics', 500)]],
    ['is there, and not', [failed('/cal/c.ics', 404), given('"e"', text('c'))]],
  ])('is asked for itself when what a report gives of it %s', async (_what, bent) => {
    const report = multistatus(withText('/cal/a.ics', 'a'), withText('/cal/b.ics', 'b'), ...bent);
    const { store, server } = await calendar((heard, plain) => (heard.method === 'REPORT' ? report : plain()));
    expect(await readAll(store)).toEqual({ read: abc, unread: [] });
    expect(server.heard.filter(({ method }) => method === 'GET').map(({ path }) => path)).toEqual(['/cal/c.ics']);
  });

  it('is gone when a second list lacks it', async () => {
    let lists = 0;
    const { store } = await calendar((heard, plain) => {
      if (heard.method === 'PROPFIND' && (lists += 1) > 1) return multistatus(SELF, ...abc.slice(0, 2).map(listed));
      return bent({ status: 404 })(heard, plain, 0);
    });
    expect(await readAll(store)).toEqual({ read: ['/cal/a.ics', '/cal/b.ics'], unread: [] });
  });

  it('is found under the spelling that works, when the list encodes it twice', async () => {
    const { store } = await calendar((heard) => {
      if (heard.method === 'PROPFIND') return multistatus(SELF, listed('/cal/x%2540y.ics'));
      if (heard.method === 'REPORT') return multistatus(failed('/cal/x%2540y.ics', 404));
      return heard.path === '/cal/x%40y.ics' ? { status: 200, body: text('x@y') } : { status: 404 };
    });
    expect(await readAll(store)).toEqual({ read: ['/cal/x%40y.ics'], unread: [] });
  });

  it('is not whole where two names of a list lead to one object', async () => {
    // Names are encoded twice, so that one of them is the right name of the other object.
    const { store } = await calendar((heard) => {
      if (heard.method === 'PROPFIND') return multistatus(SELF, listed('/cal/5%2525.ics'), listed('/cal/5%252525.ics'));
      if (heard.method === 'REPORT') return { status: 501 };
      return heard.path === '/cal/5%2525.ics' ? { status: 200, body: text('5%25') } : { status: 404 };
    });
    const { read, unread } = await readAll(store);
    expect(read).toEqual(['/cal/5%2525.ics']);
    expect(unread).toEqual([expect.stringContaining('Two names in the list lead to this one object')]);
  });

  it('has the ETag of the list where its own answer comes without', async () => {
    const { store } = await calendar((heard, plain) =>
      heard.method === 'GET'
        ? { status: 200, body: text('a') }
        : heard.method === 'REPORT'
          ? { status: 501 }
          : heard.path === '/cal/'
            ? plain()
            : multistatus(response(heard.path, '<D:getetag>"p"</D:getetag>')),
    );
    for await (const { objects } of readListed(store, await store.list())) {
      for (const { etag } of objects) expect(etag).toBe('"e"');
    }
    expect((await store.get('/cal/a.ics'))?.etag).toBe('"p"');
    for await (const batch of store.fetch(['/cal/a.ics'])) expect(batch[0]?.etag).toBe('"p"');
  });
});

describe('gone is proved for each object', () => {
  const prove = async (bend: Bend, uid = 'z'): Promise<string | null | undefined> => {
    const { store } = await calendar(bend);
    return (await proveGone(store, [{ href: '/cal/z.ics', uid }])).get('/cal/z.ics');
  };

  it('by a list, its own address, and its UID', async () => {
    expect(await prove((_heard, plain) => plain())).toBeNull();
  });

  it.each<[string, Bend, string?]>([
    ['it is listed', (h, plain) => (h.method === 'PROPFIND' ? multistatus(SELF, listed('/cal/z.ics')) : plain())],
    ['its address gives it', (h, plain) => (h.path === '/cal/z.ics' ? { status: 200, body: text('z') } : plain())],
    ['its address fails', (h, plain) => (h.path === '/cal/z.ics' ? { status: 500 } : plain())],
    ['its address is refused', (h, plain) => (h.path === '/cal/z.ics' ? { status: 403 } : plain())],
    ['its UID is there', (_h, plain) => plain(), 'a'],
    [
      'its UID is there, and the query names nothing',
      (h, plain) => (h.body.includes('calendar-query') ? multistatus() : plain()),
      'b',
    ],
    [
      'another object cannot be listed',
      (h, plain) => (h.method === 'PROPFIND' ? multistatus(SELF, failed('/cal/a.ics', 500)) : plain()),
    ],
    [
      'another cannot be queried',
      (h, plain) => (h.method === 'REPORT' ? multistatus(failed('/cal/a.ics', 500)) : plain()),
    ],
    ['the list is cut', (h, plain) => (h.method === 'PROPFIND' ? multistatus(failed('/cal/', 507)) : plain())],
    ['there is no list', (h, plain) => (h.method === 'PROPFIND' ? { status: 502 } : plain())],
  ])('and not when %s', async (_what, bend, uid) => {
    expect(await prove(bend, uid)).toMatch(/\w/);
  });
});

describe('two lists of a calendar', () => {
  const byReport =
    (...hrefs: readonly string[]): Bend =>
    (heard, plain) =>
      heard.method === 'REPORT' ? multistatus(...hrefs.map(listed)) : plain();

  it('agree', async () => {
    const { store, server } = await calendar(byReport(...abc));
    expect(await listBoth(store)).toMatchObject({ objects: abc.map((href) => ({ href })), unseen: [], disagreeing: 0 });
    expect(server.heard).toHaveLength(2);
  });

  it('are both believed where they differ twice, and the calendar is not shown to be whole', async () => {
    const { store, server } = await calendar(byReport('/cal/a.ics', '/cal/b.ics', '/cal/d.ics'));
    const both = await listBoth(store);
    expect(both.objects.map(({ href }) => href).sort()).toEqual([...abc, '/cal/d.ics']);
    expect(both).toMatchObject({
      disagreeing: 2,
      unseen: [{ reason: expect.stringContaining('do not agree') as string }],
    });
    expect(server.heard).toHaveLength(4);
  });

  it('agree where a query leaves things out, and sync-collection names what PROPFIND does', async () => {
    const { store, server } = await calendar((heard, plain) =>
      heard.body.includes('calendar-query') ? multistatus() : plain(),
    );
    const both = await listBoth(store);
    expect(both).toMatchObject({ objects: abc.map((href) => ({ href })), unseen: [], disagreeing: 0 });
    expect(both.said).toEqual([expect.stringContaining('leaves out 3 objects')]);
    expect(server.heard).toHaveLength(3);
  });

  it.each([
    ['there is no sync-collection', { status: 501 }],
    ['sync-collection leaves something out, too', multistatus(listed('/cal/a.ics'))],
  ])('do not agree where a query leaves things out, and %s', async (_what, sync) => {
    const { store } = await calendar((heard, plain) =>
      heard.body.includes('calendar-query') ? multistatus() : heard.method === 'REPORT' ? sync : plain(),
    );
    const { objects, unseen } = await listBoth(store);
    expect(objects).toHaveLength(3);
    expect(unseen).toMatchObject([{ reason: expect.stringContaining('do not agree') as string }]);
  });

  it('agree on what one of them only encodes once more', async () => {
    const { store } = await calendar((heard) =>
      multistatus(...(heard.method === 'REPORT' ? [listed('/cal/x%40y.ics')] : [SELF, listed('/cal/x%2540y.ics')])),
    );
    expect(await listBoth(store)).toMatchObject({ objects: [{ href: '/cal/x%2540y.ics' }], disagreeing: 0 });
  });

  it('say that something is missing when the second one fails', async () => {
    const { store } = await calendar((heard, plain) => (heard.method === 'REPORT' ? { status: 503 } : plain()));
    expect((await listBoth(store)).unseen).toHaveLength(1);
  });

  it('are one where the server has no report', async () => {
    const { store } = await calendar((heard, plain) => (heard.method === 'REPORT' ? { status: 501 } : plain()));
    expect(await listBoth(store)).toMatchObject({ unseen: [], said: [expect.stringContaining('no second way')] });
  });
});
