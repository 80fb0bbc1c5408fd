import { afterEach, describe, expect, it } from 'vitest';
import { strongETag } from '../answers/classify.ts';
import { fakeServer, login, multistatus, response, type FakeServer, type Heard, type Said } from './server.fixture.ts';
import { openStore } from './store.ts';
import type { CalendarStore, ETag, FetchedObject } from '../types.ts';

const open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const one of open.splice(0).reverse()) await one.close();
});

async function serve(
  answer: (heard: Heard, nth: number) => Said | 'cut',
): Promise<{ server: FakeServer; store: CalendarStore }> {
  const server = await fakeServer(answer);
  const store = openStore(`${server.origin}/cal/`, login(server.origin));
  open.push(server, store);
  return { server, store };
}

const tag = (text: string): ETag => {
  const etag = strongETag(text);
  if (etag === null) throw new Error('Not an entity tag.');
  return etag;
};

const etagged = (href: string, etag: string): string =>
  response(href, `<D:getetag>${etag}</D:getetag><D:resourcetype/>`);
const withData = (href: string, text: string): string =>
  response(href, `<D:getetag>"e"</D:getetag><C:calendar-data>${text}</C:calendar-data>`);

async function fetchAll(store: CalendarStore, hrefs: readonly string[]): Promise<readonly FetchedObject[]> {
  const all: FetchedObject[] = [];
  for await (const batch of store.fetch(hrefs)) all.push(...batch);
  return all;
}

describe('list', () => {
  it('takes objects only, whatever they are called, with tags that can guard a write', async () => {
    const { store, server } = await serve(() =>
      multistatus(
        response('/cal/', '<D:resourcetype><D:collection/><C:calendar/></D:resourcetype>'),
        etagged('/cal/a.ics', '&quot;1.10&quot;'),
        etagged('http://inner:8080/cal/b', 'W/&quot;x&quot;'),
        etagged('/cal/no%20quotes.ics', '2025'),
        response('/cal/sub/', '<D:resourcetype><D:collection/></D:resourcetype>'),
        etagged('/elsewhere/c.ics', '"c"'),
        '<D:response><D:href>/cal/gone.ics</D:href><D:status>HTTP/1.1 404 Not Found</D:status></D:response>',
      ),
    );
    const { objects, unseen } = await store.list();
    expect(objects).toEqual([
      { href: '/cal/a.ics', etag: '"1.10"' },
      { href: '/cal/b', etag: null },
      { href: '/cal/no%20quotes.ics', etag: '"2025"' },
    ]);
    expect(unseen.map(({ href }) => href)).toEqual(['/cal/sub/', '/elsewhere/c.ics', '/cal/gone.ics']);
    expect(server.heard[0]).toMatchObject({ method: 'PROPFIND', path: '/cal/', headers: { depth: '1' } });
  });

  it('refuses a list that the server cut short', async () => {
    const { store } = await serve(() =>
      multistatus(
        etagged('/cal/a.ics', '"a"'),
        '<D:response><D:href>/cal/</D:href><D:status>HTTP/1.1 507 Insufficient Storage</D:status></D:response>',
      ),
    );
    await expect(store.list()).rejects.toThrow('does not list all');
  });

  it.each([
    ['a web page', { status: 200, body: '<html><body>Hello</body></html>' }, 'is not a CalDAV server'],
    ['half an answer', { status: 207, body: '<D:multistatus xmlns:D="DAV:"><D:response>' }, 'cannot be read'],
    ['a wrong password', { status: 401 }, 'user name or the password'],
    ['no access', { status: 403 }, 'not allowed to read'],
    ['nothing there', { status: 404 }, 'There is nothing at'],
    ['a failure', { status: 500, body: 'oops' }, 'The server failed (500)'],
  ])('says it plainly: %s', async (_what, said, words) => {
    const { store } = await serve(() => said);
    await expect(store.list()).rejects.toThrow(words);
  });
});

describe('fetch', () => {
  it('keeps text exactly, finds other spellings, and takes what is gone for gone', async () => {
    const { store, server } = await serve(() =>
      multistatus(
        withData('/cal/%61.ics', ' BEGIN:X&#13;\nSUMMARY:1 &lt; 2 &amp;amp; 3&#13;\n '),
        '<D:response><D:href>/cal/b.ics</D:href><D:status>HTTP/1.1 404 Not Found</D:status></D:response>',
      ),
    );
    expect(await fetchAll(store, ['/cal/a.ics', '/cal/b.ics'])).toEqual([
      { href: '/cal/a.ics', etag: '"e"', text: ' BEGIN:X\r\nSUMMARY:1 < 2 &amp; 3\r\n ' },
      { href: '/cal/b.ics', etag: null, text: null },
    ]);
    expect(server.heard).toHaveLength(1);
  });

  it('asks for fifty at a time, and gets every object once', async () => {
    const { store, server } = await serve((heard) =>
      multistatus(
        ...[...heard.body.matchAll(/<D:href>([^<]+)<\/D:href>/g)].map((found) => withData(found[1] ?? '', 'X')),
      ),
    );
    const hrefs = Array.from({ length: 120 }, (_, nth) => `/cal/${nth}.ics`);
    const all = await fetchAll(store, hrefs);
    expect(all.map((object) => object.href).sort()).toEqual([...hrefs].sort());
    expect(server.heard).toHaveLength(3);
  });

  it('gets what an answer left out one by one', async () => {
    const { store } = await serve((heard) =>
      heard.method === 'GET'
        ? { status: 200, headers: { etag: '"g"' }, body: 'got' }
        : multistatus(withData('/cal/a.ics', 'x')),
    );
    expect(await fetchAll(store, ['/cal/a.ics', '/cal/b.ics'])).toContainEqual({
      href: '/cal/b.ics',
      etag: '"g"',
      text: 'got',
    });
  });

  it.each([
    ['a control character', multistatus(withData('/cal/a.ics', 'x\u0001y'))],
    [
      'octets that are not UTF-8',
      { ...multistatus(), body: Buffer.from([0x3c, 0x61, 0x3e, 0xe4, 0x3c, 0x2f, 0x61, 0x3e]) },
    ],
    ['a cut document', { status: 207, body: '<D:multistatus xmlns:D="DAV:"><D:response><D:href>/cal/a.ics' }],
    ['no REPORT', { status: 501 }],
    ['a failed REPORT', { status: 500 }],
  ])('falls back to GET: %s', async (_what, said) => {
    const { store } = await serve((heard) => (heard.method === 'GET' ? { status: 200, body: 'whole' } : said));
    expect(await fetchAll(store, ['/cal/a.ics'])).toMatchObject([{ href: '/cal/a.ics', text: 'whole' }]);
  });

  it('sends no request outside the calendar', async () => {
    const { store, server } = await serve(() => ({ status: 200 }));
    await expect(fetchAll(store, ['/other/a.ics'])).rejects.toThrow('does not lie in the calendar');
    await expect(store.get('/cal/../x')).rejects.toThrow('does not lie in the calendar');
    expect(server.heard).toEqual([]);
  });
});

describe('writes', () => {
  const body = Buffer.from('BEGIN:VCALENDAR\r\n', 'utf8');

  it('never without a precondition, always with the headers given', async () => {
    const { store, server } = await serve(() => ({ status: 201, headers: { etag: '"n"' } }));
    await store.put('/cal/a.ics', body, { kind: 'absent' }, { Scheduling: 'none' });
    await store.put('/cal/a.ics', body, { kind: 'etag', etag: tag('"o"') }, { 'If-Match': '*' });
    await store.remove('/cal/a.ics', tag('"n"'), { Scheduling: 'none', 'Schedule-User-Address': 'mailto:a@b.test' });
    expect(
      server.heard.map(({ method, headers }) => [
        method,
        headers['if-none-match'],
        headers['if-match'],
        headers['scheduling'],
      ]),
    ).toEqual([
      ['PUT', '*', undefined, 'none'],
      ['PUT', undefined, '"o"', undefined],
      ['DELETE', undefined, '"n"', 'none'],
    ]);
    expect(server.heard[0]?.headers['content-type']).toBe('text/calendar; charset=utf-8');
    expect(server.heard[2]?.headers['schedule-user-address']).toBe('mailto:a@b.test');
  });

  it('is lost when the answer does not come, and is not sent again', async () => {
    const { store, server } = await serve(() => 'cut');
    expect(await store.put('/cal/a.ics', body, { kind: 'absent' }, {})).toMatchObject({ kind: 'lost' });
    expect(server.heard).toHaveLength(1);
  });

  it('is for later when the server is not there at all', async () => {
    const gone = await fakeServer(() => ({ status: 200 }));
    await gone.close();
    const store = openStore(`${gone.origin}/cal/`, login(gone.origin));
    open.push(store);
    expect(await store.put('/cal/a.ics', body, { kind: 'absent' }, {})).toMatchObject({ kind: 'later', status: 0 });
  });

  it('does not follow a redirect out of the calendar', async () => {
    const { store, server } = await serve(() => ({ status: 301, headers: { location: '/bob/a.ics' } }));
    expect(await store.put('/cal/a.ics', body, { kind: 'absent' }, {})).toMatchObject({
      kind: 'refused',
      reaction: 'stop-job',
    });
    expect(server.heard).toHaveLength(1);
  });

  it('rejects a header that would be two', async () => {
    const { store, server } = await serve(() => ({ status: 201 }));
    const result = await store
      .put('/cal/a.ics', body, { kind: 'absent' }, { Scheduling: 'none\r\nX: y' })
      .catch(() => 'thrown');
    expect(result).not.toMatchObject({ kind: 'done' });
    expect(server.heard).toEqual([]);
  });
});

describe('properties', () => {
  const calendar = (more: string): string =>
    response('/cal/', `<D:resourcetype><D:collection/><C:calendar/></D:resourcetype>${more}`);

  it('reads what the calendar says, its owner and OPTIONS', async () => {
    const { store } = await serve((heard) => {
      if (heard.method === 'OPTIONS')
        return { status: 200, headers: { dav: ['1, calendar-access', 'Scheduling-Controls'], allow: 'PUT' } };
      if (heard.path === '/p/alice/') {
        return multistatus(
          response(
            '/p/alice/',
            '<C:calendar-user-address-set><D:href>/p/alice/</D:href><D:href>mailto:alice@example.com</D:href></C:calendar-user-address-set>',
          ),
        );
      }
      return multistatus(
        calendar(
          '<D:displayname>2025</D:displayname><D:owner><D:href>/p/alice/</D:href></D:owner>' +
            '<C:supported-calendar-component-set><C:comp name="VEVENT"/></C:supported-calendar-component-set>' +
            '<C:max-resource-size>1000</C:max-resource-size><A:calendar-color>#ff0000ff</A:calendar-color>' +
            '<D:current-user-privilege-set><D:privilege><D:read/></D:privilege></D:current-user-privilege-set>',
        ),
      );
    });
    const properties = await store.properties();
    expect(properties.info).toMatchObject({
      name: '2025',
      components: ['VEVENT'],
      maxResourceSize: 1000,
      writable: false,
      color: '#ff0000ff',
    });
    expect(properties.ownerAddresses).toEqual(['mailto:alice@example.com', '/p/alice/']);
    expect([...properties.evidence.davTokens]).toEqual(['1', 'calendar-access', 'scheduling-controls']);
  });

  it('takes no token from an answer that is no success', async () => {
    const { store } = await serve((heard) =>
      heard.method === 'OPTIONS' ? { status: 405, headers: { dav: 'scheduling-controls' } } : multistatus(calendar('')),
    );
    expect((await store.properties()).evidence.davTokens.size).toBe(0);
  });

  it('knows that nothing is there from a 207 that says so inside', async () => {
    const { store } = await serve(() =>
      multistatus('<D:response><D:href>/cal/</D:href><D:status>HTTP/1.1 404 Not Found</D:status></D:response>'),
    );
    await expect(store.properties()).rejects.toMatchObject({ failure: { code: 'SERVER_NO_CALENDAR' } });
  });

  it.each([
    ['<D:read/>', [false, false]],
    ['<D:read/></D:privilege><D:privilege><D:unbind/>', [false, true]],
    ['<D:write/>', [true, true]],
  ])('tells the right to store from the right to delete: %s', async (privileges, rights) => {
    const grant = `<D:current-user-privilege-set><D:privilege>${privileges}</D:privilege></D:current-user-privilege-set>`;
    const { store } = await serve(() => multistatus(calendar(grant)));
    const { info, removable } = await store.properties();
    expect([info.writable, removable]).toEqual(rights);
  });

  it.each([
    ['a folder', '<D:resourcetype><D:collection/></D:resourcetype>'],
    ['an inbox', '<D:resourcetype><D:collection/><C:calendar/><C:schedule-inbox/></D:resourcetype>'],
    ['a subscription', '<D:resourcetype><D:collection/><C:calendar/><S:subscribed/></D:resourcetype>'],
    ['an event', '<D:resourcetype/>'],
  ])('refuses %s', async (_what, props) => {
    const { store } = await serve(() => multistatus(response('/cal/', props)));
    await expect(store.properties()).rejects.toThrow('is not a calendar');
  });
});
