import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { startPractice, type PracticeServer } from '../../../practice/server.ts';
import { discover } from '../discovery/discover.ts';
import { openStore } from '../objects/store.ts';
import type { Connection } from '../types.ts';
import { deadlineOf, DEADLINES } from './deadlines.ts';
import { createHttp } from './http.ts';

const open: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of open.splice(0).reverse()) await close();
});

/** Far apart, so that what a request waited for is seen. */
const SHORT = { connect: 400, small: 300, large: 20_000 };

async function practice(): Promise<{ server: PracticeServer; connection: Connection; calendar: string }> {
  const server = await startPractice({ samples: false });
  open.push(() => server.close());
  const alice = server.info.users.find(({ user }) => user === 'alice') ?? expect.fail();
  const url = server.info.base_url;
  const password = (): Promise<string> => Promise.resolve(alice.password);
  return { server, connection: { url, user: 'alice', password, concurrency: 4 }, calendar: url + alice.calendar };
}

/** A server that does with each connection what `each` does, counted from 1. */
async function raw(each: (socket: Socket, nth: number) => void): Promise<string> {
  let nth = 0;
  const sockets: Socket[] = [];
  const server: Server = createServer((socket) => {
    sockets.push(socket);
    socket.on('error', () => undefined);
    each(socket, (nth += 1));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  open.push(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  // Listening on TCP: an object, not a pipe's name.
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const ALL_BUT_OPTIONS = ['PROPFIND', 'REPORT', 'GET', 'PUT'];
const TIMEOUT = { failure: { code: 'SERVER_TIMEOUT', reaction: 'retry-after' } };

describe('how long a server is waited for', () => {
  it.each([
    ['OPTIONS', { method: 'OPTIONS', path: '/' }, 30_000],
    ['PROPFIND of one thing', { method: 'PROPFIND', path: '/', headers: { depth: '0' } }, 30_000],
    ['a page without login', { method: 'GET', path: '/status.php', anonymous: true }, 30_000],
    ['a list', { method: 'PROPFIND', path: '/', headers: { depth: '1' } }, 180_000],
    ['a report', { method: 'REPORT', path: '/', headers: { depth: '1' } }, 180_000],
    ['a write', { method: 'PUT', path: '/' }, 180_000],
  ])('%s', (_what, request, milliseconds) => {
    expect(deadlineOf(request, DEADLINES)).toBe(milliseconds);
    expect(DEADLINES.connect).toBe(15_000);
  });
});

describe('a silent server', () => {
  it('ends the login after one deadline, and says how long that was', async () => {
    const { server, connection } = await practice();
    server.setFaults([{ silent: true, count: 0 }]);
    await expect(discover(connection, { deadlines: SHORT })).rejects.toMatchObject(TIMEOUT);
    await expect(discover(connection, { deadlines: SHORT })).rejects.toThrow('did not respond within a second.');
  });

  it('ends the look at a calendar, also where it answers OPTIONS', async () => {
    const { server, connection, calendar } = await practice();
    for (const methods of [ALL_BUT_OPTIONS, ['OPTIONS']]) {
      server.setFaults(methods.map((method) => ({ method, silent: true, count: 0 })));
      const store = openStore(calendar, connection, { deadlines: SHORT });
      open.push(() => store.close());
      await expect(store.properties()).rejects.toMatchObject(TIMEOUT);
    }
  });

  it('does not end a list that comes slowly', async () => {
    const { server, connection, calendar } = await practice();
    server.setFaults([{ request: 'list', delayMs: 700, count: 0 }]);
    const store = openStore(calendar, connection, { deadlines: SHORT });
    open.push(() => store.close());
    expect((await store.list()).objects).toEqual([]);
  });

  it('that opens the connection and no TLS is one that does not respond', async () => {
    const origin = (await raw(() => undefined)).replace('http:', 'https:');
    const http = createHttp(
      origin,
      { url: origin, user: 'a', password: () => Promise.resolve('b'), concurrency: 1 },
      { deadlines: SHORT },
    );
    open.push(() => http.close());
    const asked = http.read({ method: 'OPTIONS', path: '/' });
    await expect(asked).rejects.toMatchObject({ failure: { code: 'SERVER_UNREACHABLE' } });
    await expect(asked).rejects.toThrow('did not respond within');
  });

  const FOLDED = 'HTTP/1.1 200 OK\r\nDAV: 1,\r\n calendar-access\r\nContent-Length: 0\r\n\r\n';
  it.each([
    ['says nothing', (): void => undefined],
    [
      'drips',
      (socket: Socket): void => {
        socket.write('HTTP/1.1 200 OK\r\nX-Long: ');
        const timer = setInterval(() => socket.write('X'), 20);
        socket.on('close', () => clearInterval(timer));
      },
    ],
  ])('after folded header lines: %s', async (_what, then) => {
    const origin = await raw((socket, nth) => {
      if (nth > 1) then(socket);
      else socket.once('data', () => socket.end(FOLDED));
    });
    const http = createHttp(
      origin,
      { url: origin, user: 'a', password: () => Promise.resolve('b'), concurrency: 1 },
      { deadlines: SHORT },
    );
    open.push(() => http.close());
    await expect(http.read({ method: 'OPTIONS', path: '/' })).rejects.toMatchObject(TIMEOUT);
  });
});

describe('Cancel', () => {
  it.each([ALL_BUT_OPTIONS, ['OPTIONS'], ['OPTIONS', ...ALL_BUT_OPTIONS]])(
    'ends it at once: %s',
    async (...methods) => {
      const { server, connection, calendar } = await practice();
      server.setFaults(methods.map((method) => ({ method, silent: true, count: 0 })));
      const store = openStore(calendar, connection);
      open.push(() => store.close());
      const cancel = new AbortController();
      const stopped = { failure: { code: 'STOPPED' } };
      const looking = [store.properties(cancel.signal), discover(connection, { signal: cancel.signal })];
      setTimeout(() => cancel.abort(), 50);
      for (const one of looking) await expect(one).rejects.toMatchObject(stopped);
    },
  );
});
