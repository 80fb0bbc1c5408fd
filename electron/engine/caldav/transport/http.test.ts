import { afterEach, describe, expect, it } from 'vitest';
import { HushError } from '../../../../shared/model/failure.ts';
import { toEvidence } from '../discovery/evidence.ts';
import { connectionFailure, neverLeft } from './failures.ts';
import { createHttp, retryAfter, type Http, type HttpRequest } from './http.ts';
import { fakeServer, login, rawServer, type FakeServer, type Heard, type Said } from '../objects/server.fixture.ts';
import type { Connection } from '../types.ts';

const open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const one of open.splice(0).reverse()) await one.close();
});

async function serve(
  answer: (heard: Heard, nth: number) => Said | 'cut',
  more: Partial<Connection> = {},
): Promise<{ server: FakeServer; http: Http }> {
  const server = await fakeServer(answer);
  const http = createHttp(server.origin, login(server.origin, more));
  open.push(server, http);
  return { server, http };
}

async function failureOf(promise: Promise<unknown>): Promise<HushError['failure']> {
  try {
    await promise;
  } catch (error) {
    if (error instanceof HushError) return error.failure;
    throw error;
  }
  throw new Error('It did not fail.');
}

const PUT: HttpRequest = {
  method: 'PUT',
  path: '/cal/a.ics',
  body: Buffer.from('BEGIN'),
  headers: { Scheduling: 'none' },
};

describe('a request', () => {
  it('logs in with UTF-8, says its length, and waits for nobody', async () => {
    const { server, http } = await serve(() => ({ status: 201 }), {
      user: 'jörg',
      password: () => Promise.resolve('pä€'),
    });
    await http.send(PUT);
    const headers: Heard['headers'] = server.heard[0]?.headers ?? {};
    expect(headers.authorization).toBe(`Basic ${Buffer.from('jörg:pä€', 'utf8').toString('base64')}`);
    expect(headers['content-length']).toBe('5');
    expect([headers['transfer-encoding'], headers.expect]).toEqual([undefined, undefined]);
  });

  it('refuses a user name that would be read as another one', async () => {
    const { http } = await serve(() => ({ status: 200 }), { user: 'a:b' });
    expect((await failureOf(http.read({ method: 'GET', path: '/' }))).code).toBe('USER_INVALID');
  });

  it('stops reading an answer that is too large', async () => {
    const { http } = await serve(() => ({ status: 200, body: Buffer.alloc(100_000) }));
    const failure = await failureOf(http.read({ method: 'GET', path: '/', maxBytes: 50_000 }));
    expect(failure.code).toBe('ANSWER_TOO_LARGE');
  });

  it('ends when it is stopped, also while it waits', async () => {
    const stop = new AbortController();
    const { http } = await serve(() => {
      stop.abort();
      return { status: 503, headers: { 'retry-after': '30' } };
    });
    expect((await failureOf(http.read({ method: 'GET', path: '/', signal: stop.signal }))).code).toBe('STOPPED');
  });
});

describe('redirects', () => {
  const to = (location: string, status = 301): ((heard: Heard) => Said) => {
    return (heard) => (heard.path === '/cal/a.ics' ? { status, headers: { location } } : { status: 201 });
  };

  it.each([301, 302, 307, 308])('%i on the same origin: method, body and headers go along', async (status) => {
    const { server, http } = await serve(to('/other/a.ics', status));
    expect(await http.send(PUT)).toMatchObject({ status: 201, path: '/other/a.ics' });
    expect(server.heard[1]).toMatchObject({ method: 'PUT', body: 'BEGIN', headers: { scheduling: 'none' } });
    expect(server.heard[1]?.headers.authorization).toBeDefined();
  });

  it('never turns a write into a GET', async () => {
    const { server, http } = await serve(to('/other/a.ics', 303));
    expect((await failureOf(http.send(PUT))).code).toBe('SERVER_REDIRECTED');
    expect(server.heard).toHaveLength(1);
  });

  it('refuses another origin by name, and sends it nothing', async () => {
    const other = await fakeServer(() => ({ status: 200 }));
    open.push(other);
    const { http } = await serve(to(`${other.origin}/dav/`));
    const failure = await failureOf(http.send(PUT));
    expect(failure.message).toContain(`sends its clients on to ${other.origin}/dav/`);
    expect(other.heard).toEqual([]);
  });

  it('refuses a place that the caller does not want', async () => {
    const { server, http } = await serve(to('/bob/a.ics'));
    const failure = await failureOf(http.send({ ...PUT, mayGo: (path) => path.startsWith('/cal/') }));
    expect(failure.message).toContain('/bob/a.ics');
    expect(server.heard).toHaveLength(1);
  });

  it('ends a circle', async () => {
    const { http } = await serve(to('/cal/a.ics'));
    expect((await failureOf(http.send(PUT))).code).toBe('SERVER_REDIRECTED');
  });
});

describe('when things break', () => {
  it.each(['GET', 'PROPFIND', 'REPORT'])('%s is tried again', async (method) => {
    const { server, http } = await serve((_heard, nth) => (nth < 3 ? 'cut' : { status: 200 }));
    expect((await http.read({ method, path: '/' })).status).toBe(200);
    expect(server.heard).toHaveLength(3);
  });

  it('a read obeys Retry-After', async () => {
    const { server, http } = await serve((_heard, nth) =>
      nth === 1 ? { status: 503, headers: { 'retry-after': '0' } } : { status: 207 },
    );
    expect((await http.read({ method: 'PROPFIND', path: '/' })).status).toBe(207);
    expect(server.heard).toHaveLength(2);
  });

  it('a write is sent once, whatever happens', async () => {
    const { server, http } = await serve(() => 'cut');
    const error: unknown = await http.send(PUT).catch((thrown: unknown) => thrown);
    expect(neverLeft(error)).toBe(false);
    expect(connectionFailure(error, server.origin).failure.code).toBe('SERVER_CONNECTION_LOST');
    expect(server.heard).toHaveLength(1);
  });

  it('learns that a server closes its connections silently', async () => {
    const { server, http } = await serve((_heard, nth) => (nth === 2 || nth === 3 ? 'cut' : { status: 201 }));
    for (let nth = 1; nth <= 3; nth += 1) await http.send(PUT).catch(() => undefined);
    await http.send(PUT);
    expect(server.heard.map((heard) => heard.headers.connection)).toEqual([
      'keep-alive',
      'keep-alive',
      'keep-alive',
      'close',
    ]);
  });

  it('knows the status of a write whose answer was cut', async () => {
    const server = await rawServer('HTTP/1.1 201 Created\r\nETag: "a"\r\nContent-Length: 100\r\n\r\nhalf');
    const http = createHttp(server.origin, login(server.origin));
    open.push(server, http);
    expect((await http.send(PUT)).status).toBe(201);
  });

  it('tells a refused connection, where nothing can have arrived', async () => {
    const { origin, close } = await fakeServer(() => ({ status: 200 }));
    await close();
    const http = createHttp(origin, login(origin));
    open.push(http);
    const error: unknown = await http.send(PUT).catch((thrown: unknown) => thrown);
    expect(neverLeft(error)).toBe(true);
    expect(connectionFailure(error, origin).failure.code).toBe('SERVER_REFUSED');
  });
});

describe('the DAV header', () => {
  it('is read from several lines, folded, in any case', async () => {
    const server = await rawServer(
      'HTTP/1.1 200 OK\r\nDAV: 1, 2, 3,\r\n calendar-access\r\nAllow: PUT\r\nDav: Scheduling-Controls , ,x\r\nallow: DELETE\r\nServer: Test/1\r\nContent-Length: 0\r\n\r\n',
    );
    const http = createHttp(server.origin, login(server.origin));
    open.push(server, http);
    const answer = await http.read({ method: 'OPTIONS', path: '/' });
    const evidence = toEvidence('/', answer.headers, new Date(0));
    expect([...evidence.davTokens]).toEqual(['1', '2', '3', 'calendar-access', 'scheduling-controls', 'x']);
    expect([...evidence.allow]).toEqual(['PUT', 'DELETE']);
    expect(evidence.headers).toEqual({ server: 'Test/1' });
  });
});

describe('Retry-After', () => {
  const now = Date.UTC(2026, 10, 22, 12, 0, 0);
  it.each([
    ['120', 120],
    ['Sun, 22 Nov 2026 12:01:00 GMT', 60],
    ['Sun, 22 Nov 2026 11:00:00 GMT', 0],
    ['soon', null],
    ['', null],
  ])('%j', (text, seconds) => {
    expect(retryAfter({ 'retry-after': text }, now)).toBe(seconds);
  });
});

describe('a broken connection in words', () => {
  it.each([
    ['ENOTFOUND', 'SERVER_NOT_FOUND'],
    ['EAI_AGAIN', 'SERVER_NOT_FOUND'],
    ['ECONNREFUSED', 'SERVER_REFUSED'],
    ['ETIMEDOUT', 'SERVER_UNREACHABLE'],
    ['EHOSTUNREACH', 'SERVER_UNREACHABLE'],
    ['ECONNRESET', 'SERVER_CONNECTION_LOST'],
    ['ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED', 'SERVER_WANTS_CERTIFICATE'],
    ['ERR_SSL_DECRYPTION_FAILED_OR_BAD_RECORD_MAC', 'SERVER_CONNECTION_LOST'],
  ])('%s', (code, expected) => {
    const error = new Error('connect failed', { cause: Object.assign(new Error('inner'), { code }) });
    const { failure } = connectionFailure(error, 'https://dav.example.com');
    expect(failure.code).toBe(expected);
    expect(failure.message).toMatch(/^[^\n]*dav\.example\.com[^\n]*\.$/);
  });
});
