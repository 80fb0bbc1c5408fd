import { afterEach, describe, expect, it } from 'vitest';
import { unexpected } from '../answers/answers.ts';
import { fakeServer, login, type FakeServer, type Heard, type Said } from '../objects/server.fixture.ts';
import { createHttp, type Http } from './http.ts';

const open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const one of open.splice(0).reverse()) await one.close();
});

async function serve(answer: (heard: Heard) => Said): Promise<{ readonly http: Http; readonly server: FakeServer }> {
  const server = await fakeServer(answer);
  const http = createHttp(server.origin, login(server.origin));
  open.push(server, http);
  return { http, server };
}

const DENIED: Said = { status: 401, headers: { 'www-authenticate': 'Basic realm="Nextcloud"' } };
const LOCKED: Said = {
  status: 429,
  headers: { 'retry-after': '120' },
  body: '{"message":"Reached maximum delay"}',
};
const askAll = (http: Http): Promise<readonly number[]> =>
  Promise.all(['/a', '/b', '/c'].map(async (path) => (await http.read({ method: 'PROPFIND', path })).status));

describe('the first request of a client', () => {
  it.each([
    ['a wrong password', DENIED],
    ['an address that is locked', LOCKED],
  ])('is the only one: %s', async (_what, said) => {
    const { http, server } = await serve(() => said);
    expect(await askAll(http)).toEqual([said.status, said.status, said.status]);
    expect(await askAll(http)).toEqual([said.status, said.status, said.status]);
    expect(server.heard).toHaveLength(1);
  });

  it('lets the others in, which then go together', async () => {
    const { http, server } = await serve(({ path }) => (path === '/b' ? DENIED : { status: 207 }));
    expect(await askAll(http)).toEqual([207, 401, 207]);
    expect(server.heard).toHaveLength(3);
  });
});

it('a lock is named, with how long it lasts', async () => {
  const { http } = await serve(() => LOCKED);
  const answer = await http.read({ method: 'PROPFIND', path: '/' });
  const { failure } = unexpected(answer, 'https://cloud.test/');
  expect(failure.code).toBe('SERVER_LOCKED');
  expect(failure.message).toContain('locked');
  expect(failure.message).toContain('2 minutes');
});
