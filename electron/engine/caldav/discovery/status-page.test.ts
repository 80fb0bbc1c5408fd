import { afterEach, describe, expect, it } from 'vitest';
import { fakeServer, login, type FakeServer, type Said } from '../objects/server.fixture.ts';
import { createHttp, type Http } from '../transport/http.ts';
import { readStatusPage } from './status-page.ts';

const open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const one of open.splice(0).reverse()) await one.close();
});

async function serve(said: Said): Promise<{ readonly http: Http; readonly server: FakeServer }> {
  const server = await fakeServer(() => said);
  const http = createHttp(server.origin, login(server.origin));
  open.push(server, http);
  return { http, server };
}

const IN_A_FOLDER = '/cloud/remote.php/dav/calendars/alice/personal/';
const page = (versionstring: string): Said => ({
  status: 200,
  body: JSON.stringify({ installed: true, version: versionstring, versionstring, productname: 'Nextcloud' }),
});

describe('the status page of Nextcloud and ownCloud', () => {
  it.each([
    ['its own words', page('28.0.1 RC2'), { product: 'Nextcloud', version: '28.0.1' }],
    ['a hidden version', page(''), { product: 'Nextcloud', version: null }],
    ['another page', { status: 404, body: '<html></html>' }, null],
    ['a web page of somebody else', { status: 200, body: '{"ok":true}' }, null],
    ['maintenance', { status: 503, headers: { 'retry-after': '60' }, body: '' }, null],
    ['a login', { status: 401, headers: { 'www-authenticate': 'Basic realm="x"' } }, null],
    ['a redirect elsewhere', { status: 302, headers: { location: '/login' } }, null],
  ])('is asked beside remote.php, without the password: %s', async (_what, said: Said, expected) => {
    const { http, server } = await serve(said);
    expect(await readStatusPage(http, IN_A_FOLDER, new Set())).toEqual(expected);
    expect(server.heard).toHaveLength(1);
    expect(server.heard[0]).toMatchObject({ method: 'GET', path: '/cloud/status.php' });
    expect(server.heard[0]?.headers.authorization).toBeUndefined();
  });

  it('is asked once, however many calendars are opened', async () => {
    const { http, server } = await serve(page('33.0.3'));
    const asked = [1, 2, 3].map(() => readStatusPage(http, IN_A_FOLDER, new Set()));
    await Promise.all(asked);
    await readStatusPage(http, '/cloud/remote.php/dav/calendars/bob/work/', new Set());
    expect(server.heard).toHaveLength(1);
  });

  it('is asked at the root where the address tells no folder, and nowhere else', async () => {
    const { http, server } = await serve(page('33.0.3'));
    await readStatusPage(http, '/dav/calendars/alice/', new Set(['calendar-access']));
    expect(server.heard).toHaveLength(0);
    await readStatusPage(http, '/dav/calendars/alice/', new Set(['nc-calendar-search']));
    expect(server.heard[0]?.path).toBe('/status.php');
  });
});
