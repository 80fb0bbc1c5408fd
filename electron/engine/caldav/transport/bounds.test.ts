import { gzipSync } from 'node:zlib';
import { afterEach, describe, expect, it } from 'vitest';
import { HushError } from '../../../../shared/model/failure.ts';
import { propfind, propfindEach } from '../answers/propfind.ts';
import { fakeServer, login, type Said } from '../objects/server.fixture.ts';
import { BOUNDS } from './bounds.ts';
import { createHttp, type Http } from './http.ts';

const open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const one of open.splice(0).reverse()) await one.close();
});

async function serve(said: Said): Promise<Http> {
  const server = await fakeServer(() => said);
  const http = createHttp(server.origin, login(server.origin), { tries: 1 });
  open.push(server, http);
  return http;
}

async function codeOf(work: Promise<unknown>): Promise<string> {
  const error: unknown = await work.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  return error instanceof HushError ? error.failure.code : String(error);
}

const octets = (size: number): Buffer => Buffer.alloc(size, 'x');
const list = (response: string, bytes: number): Buffer =>
  Buffer.from(`<D:multistatus xmlns:D="DAV:">${response.repeat(Math.ceil(bytes / response.length))}</D:multistatus>`);
const RESPONSE =
  '<D:response><D:href>/cal/a.ics</D:href><D:propstat><D:prop><D:getetag>"1"</D:getetag></D:prop><D:status>HTTP/1.1 200 OK</D:status></D:propstat></D:response>';

describe('more than an answer may have', () => {
  it.each([
    ['an object', { status: 200, body: octets(BOUNDS.object + 1) }],
    [
      'a packed object',
      { status: 200, headers: { 'content-encoding': 'gzip' }, body: gzipSync(octets(BOUNDS.object + 1)) },
    ],
  ])('%s is refused', async (_what, said) => {
    const http = await serve(said);
    expect(await codeOf(http.read({ method: 'GET', path: '/cal/a.ics' }))).toBe('ANSWER_TOO_LARGE');
  });

  it.each([
    ['a PROPFIND of depth 0', '0', BOUNDS.properties],
    ['the calendars of a home', '1', BOUNDS.home],
  ] as const)('%s is refused', async (_what, depth, bound) => {
    const http = await serve({ status: 207, body: list(RESPONSE, bound) });
    expect(await codeOf(propfind(http, '/cal/', depth, ['D:getetag']))).toBe('ANSWER_TOO_LARGE');
  });

  it('a list is read as it comes, with a bound on how many it names', async () => {
    const http = await serve({ status: 207, body: list(RESPONSE, BOUNDS.home * 2) });
    const { responses } = await propfindEach(http, '/cal/', '1', ['D:getetag'], () => 1);
    expect(responses.length).toBeGreaterThan(100_000);
    const endless = await serve({ status: 207, body: list('<D:response/>', 13 * 500_001) });
    expect(await codeOf(propfindEach(endless, '/cal/', '1', ['D:getetag'], () => 1))).toBe('ANSWER_TOO_LARGE');
  });

  it.each([
    ['PROPFIND', 404, {}],
    ['PROPFIND', 200, {}],
    ['REPORT', 403, { 'content-encoding': 'gzip' }],
    ['OPTIONS', 200, {}],
  ])('of %s with %i only the beginning is read', async (method, status, headers) => {
    const sink = (): never => {
      throw new Error('no list');
    };
    const long = octets(BOUNDS.words * 8);
    const http = await serve({ status, headers, body: 'content-encoding' in headers ? gzipSync(long) : long });
    const answer = await http.read({ method, path: '/cal/', ...(method === 'OPTIONS' ? {} : { sink }) });
    expect(answer.status).toBe(status);
    expect(answer.body.length).toBeLessThanOrEqual(BOUNDS.words);
  });
});
