import { afterEach, describe, expect, it } from 'vitest';
import { fakeServer, login, type FakeServer, type Said } from '../objects/server.fixture.ts';
import { createHttp, type Http } from '../transport/http.ts';
import { askStatusPage, hasStatusPage, statusPageAt } from './status-page.ts';

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
    expect(await askStatusPage(http, statusPageAt(IN_A_FOLDER))).toEqual(expected);
    expect(server.heard).toHaveLength(1);
    expect(server.heard[0]).toMatchObject({ method: 'GET', path: '/cloud/status.php' });
    expect(server.heard[0]?.headers.authorization).toBeUndefined();
  });

  it('is at the root where the address tells no folder, and nowhere else', () => {
    expect(statusPageAt('/dav/calendars/alice/')).toBe('/status.php');
    expect(hasStatusPage('/dav/calendars/alice/', new Set(['calendar-access']))).toBe(false);
    expect(hasStatusPage('/dav/calendars/alice/', new Set(['nc-calendar-search']))).toBe(true);
    expect(hasStatusPage(IN_A_FOLDER, new Set())).toBe(true);
  });
});
