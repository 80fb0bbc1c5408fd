import { afterEach, describe, expect, it } from 'vitest';
import { HushError } from '../../../../shared/model/failure.ts';
import { discover } from './discover.ts';
import {
  fakeServer,
  login,
  multistatus,
  rawServer,
  response,
  type FakeServer,
  type Heard,
  type Said,
} from '../objects/server.fixture.ts';

const open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const one of open.splice(0).reverse()) await one.close();
});

async function serve(answer: (heard: Heard) => Said | 'cut'): Promise<FakeServer> {
  const server = await fakeServer(answer);
  open.push(server);
  return server;
}

const PRINCIPAL = '<D:current-user-principal><D:href>/p/alice/</D:href></D:current-user-principal>';
const CALENDAR = '<D:resourcetype><D:collection/><C:calendar/></D:resourcetype>';

/** A small CalDAV server whose root knows nothing: everything is behind the well-known address. */
function caldav(heard: Heard): Said {
  const { path, headers } = heard;
  if (path === '/.well-known/caldav') return { status: 301, headers: { location: '/dav/' } };
  if (path === '/dav/') return multistatus(response(path, PRINCIPAL));
  if (path === '/p/alice/') {
    return multistatus(
      response(
        path,
        `${PRINCIPAL}<C:calendar-home-set><D:href>/cal/alice/</D:href></C:calendar-home-set>` +
          '<C:calendar-user-address-set><D:href>mailto:alice@example.com</D:href></C:calendar-user-address-set>' +
          '<C:schedule-inbox-URL><D:href>/cal/alice/inbox/</D:href></C:schedule-inbox-URL>',
      ),
    );
  }
  if (path === '/cal/alice/' && headers['depth'] === '1') {
    return multistatus(
      response('/cal/alice/', `<D:resourcetype><D:collection/></D:resourcetype>`),
      response('/cal/alice/work/', `${CALENDAR}<D:displayname>2025</D:displayname>`),
      response('/cal/alice/home', `${CALENDAR}<D:displayname>1e5 &amp; true</D:displayname>`),
      response('/cal/alice/inbox/', '<D:resourcetype><D:collection/><C:calendar/><C:schedule-inbox/></D:resourcetype>'),
      response('/cal/alice/feed/', '<D:resourcetype><D:collection/><C:calendar/><S:subscribed/></D:resourcetype>'),
    );
  }
  if (path === '/cal/alice/')
    return multistatus(response(path, `${PRINCIPAL}<D:resourcetype><D:collection/></D:resourcetype>`));
  if (heard.method === 'OPTIONS') return { status: 200, headers: { dav: '1, calendar-access' } };
  if (path === '/cal/alice/work/') return multistatus(response(path, PRINCIPAL + CALENDAR));
  return { status: 404, body: 'Not found' };
}

describe('discovery', () => {
  it.each([
    ['a host', '/'],
    ['a base URL', '/dav/'],
    ['a principal', '/p/alice/'],
    ['a calendar home', '/cal/alice/'],
    ['a calendar', '/cal/alice/work/'],
  ])('starts from %s', async (_what, path) => {
    const server = await serve(caldav);
    const account = await discover(login(server.origin + path));
    expect(account.principal).toBe(`${server.origin}/p/alice/`);
    expect(account.home).toBe(`${server.origin}/cal/alice/`);
    expect(account.addresses).toEqual(['mailto:alice@example.com']);
    expect(account.calendars.map(({ url, name }) => [url, name])).toEqual([
      [`${server.origin}/cal/alice/work/`, '2025'],
      [`${server.origin}/cal/alice/home/`, '1e5 & true'],
    ]);
    expect(account.inbox).toBe(`${server.origin}/cal/alice/inbox/`);
    expect([...account.evidence.davTokens]).toEqual(['1', 'calendar-access']);
  });

  it.each(['/.well-known/caldav', '/remote.php/dav/'])('looks into a folder: %s', async (place) => {
    const server = await serve((heard) => {
      const { path } = heard;
      if (path === `/cloud${place}`) return { status: 301, headers: { location: '/dav/' } };
      return path === '/.well-known/caldav' ? { status: 404 } : caldav(heard);
    });
    expect((await discover(login(`${server.origin}/cloud`))).principal).toBe(`${server.origin}/p/alice/`);
  });

  it('says what was tried where nothing answers', async () => {
    const server = await serve(() => ({ status: 404 }));
    const tried = 'Tried were /cloud, /cloud/.well-known/caldav, /cloud/remote.php/dav/';
    await expect(discover(login(`${server.origin}/cloud`))).rejects.toThrow(tried);
  });

  it('needs no scheme on this machine', async () => {
    const server = await serve(caldav);
    expect((await discover(login(server.origin.replace('http://', '')))).calendars).toHaveLength(2);
  });

  it('takes one calendar whose parent is hidden', async () => {
    const server = await serve((heard) =>
      heard.path === '/cal/alice/' && heard.headers['depth'] === '1' ? { status: 403 } : caldav(heard),
    );
    const account = await discover(login(`${server.origin}/cal/alice/work/`));
    expect(account.calendars.map(({ url }) => url)).toEqual([`${server.origin}/cal/alice/work/`]);
  });
});

describe('a host that is not the one that was given', () => {
  const naming =
    (path: string, ...hosts: readonly string[]) =>
    (heard: Heard): Said => {
      const said = caldav(heard);
      const hrefs = hosts.map((host) => `<D:href>${host}${path}</D:href>`).join('');
      return { ...said, body: String(said.body).replace(`<D:href>${path}</D:href>`, hrefs) };
    };

  it.each(['/p/alice/', '/cal/alice/'])('is an inner name of our own where %s is here', async (path) => {
    const server = await serve(naming(path, 'http://inner:8080'));
    expect(await discover(login(server.origin))).toMatchObject({ calendars: [{ name: '2025' }, {}], unseen: [] });
  });

  it('is named beside a home that is here, and hears nothing', async () => {
    const other = await serve(caldav);
    const server = await serve(naming('/cal/alice/', '', other.origin));
    const { calendars, unseen } = await discover(login(server.origin));
    expect(calendars).toHaveLength(2);
    expect(unseen).toEqual([
      {
        href: `${other.origin}/cal/alice/`,
        reason: expect.stringContaining('The password was not sent there') as string,
      },
    ]);
    expect(other.heard).toEqual([]);
  });

  it('is named beside a calendar that was given', async () => {
    const other = await serve(caldav);
    const server = await serve((heard) =>
      heard.path === '/cal/alice/' ? { status: 404 } : naming('/cal/alice/', other.origin)(heard),
    );
    const { calendars, unseen } = await discover(login(`${server.origin}/cal/alice/work/`));
    expect(calendars).toHaveLength(1);
    expect(unseen.map(({ href }) => href)).toEqual([`${other.origin}/cal/alice/`]);
    expect(other.heard).toEqual([]);
  });
});

describe('what goes wrong is said in one sentence', () => {
  const codeOf = async (url: string): Promise<string> => {
    try {
      await discover(login(url), { deadlines: { small: 200, large: 200 }, tries: 1 });
    } catch (error) {
      if (!(error instanceof HushError)) throw error;
      expect(error.failure.message).not.toMatch(/\n|secret|at .*\(/);
      return error.failure.code;
    }
    return 'none';
  };

  it.each([
    ['a wrong password', { status: 401 }, 'SERVER_UNAUTHORIZED'],
    ['no access', { status: 403, body: 'Forbidden' }, 'SERVER_FORBIDDEN'],
    [
      'a web page',
      { status: 200, body: '<!doctype html><html><head><title>Welcome</title></head></html>' },
      'SERVER_NOT_CALDAV',
    ],
    ['a web server without DAV', { status: 405, body: 'Method Not Allowed' }, 'SERVER_NO_DAV'],
    ['nothing there', { status: 404 }, 'SERVER_NO_CALENDAR'],
    ['JSON', { status: 200, body: '{"ok":true}' }, 'SERVER_NOT_CALDAV'],
    [
      'nginx that wants a certificate of ours',
      { status: 400, body: '<html><center>No required SSL certificate was sent</center></html>' },
      'SERVER_WANTS_CERTIFICATE',
    ],
    ['a busy server', { status: 503 }, 'SERVER_BUSY'],
    ['a broken server', { status: 500 }, 'SERVER_FAILED'],
  ])('%s', async (_what, said, code) => {
    const server = await serve(() => said);
    expect(await codeOf(server.origin)).toBe(code);
  });

  it.each([
    ['no such name', 'https://nobody.invalid/', 'SERVER_NOT_FOUND'],
    ['plain http to another machine', 'http://dav.example.com/', 'SERVER_INSECURE'],
    ['no address', 'not an address', 'URL_INVALID'],
  ])('%s', async (_what, url, code) => {
    expect(await codeOf(url)).toBe(code);
  });

  it('a closed port', async () => {
    const server = await fakeServer(() => ({ status: 200 }));
    await server.close();
    expect(await codeOf(server.origin)).toBe('SERVER_REFUSED');
  });

  it('a server that speaks no TLS', async () => {
    const server = await serve(caldav);
    expect(await codeOf(server.origin.replace('http:', 'https:'))).toBe('TLS_FAILED');
  });

  it('something that is no web server', async () => {
    const server = await rawServer('220 mail.example.com ESMTP\r\n');
    open.push(server);
    expect(await codeOf(server.origin)).toBe('SERVER_NOT_HTTP');
  });

  it('a connection that is cut', async () => {
    const server = await serve(() => 'cut');
    expect(await codeOf(server.origin)).toBe('SERVER_CONNECTION_LOST');
  });

  it.each([
    ['home', '/cal/alice/', 404],
    ['home', '/cal/alice/', 403],
    ['principal', '/p/alice/', 404],
  ])('a %s on another host, which hears nothing (%s: %i)', async (_what, path, status) => {
    const other = await serve(caldav);
    const server = await serve((heard) => {
      if (heard.path === path) return { status };
      const said = caldav(heard);
      return { ...said, body: String(said.body).replace(`<D:href>${path}`, `<D:href>${other.origin}${path}`) };
    });
    await expect(discover(login(server.origin))).rejects.toThrow(`another host, ${other.origin}${path}`);
    expect(other.heard).toEqual([]);
  });

  it('another origin behind the well-known address, which hears nothing', async () => {
    const other = await serve(caldav);
    const server = await serve((heard) =>
      heard.path === '/.well-known/caldav'
        ? { status: 301, headers: { location: `${other.origin}/dav/` } }
        : { status: 404 },
    );
    await expect(discover(login(server.origin))).rejects.toThrow(`${other.origin}/dav/`);
    expect(other.heard).toEqual([]);
  });
});
