import { afterEach, describe, expect, test } from 'vitest';
import { createHash } from 'node:crypto';
import { createHttp, type Http } from './http.ts';
import { fakeServer, login, type FakeServer, type Heard, type Said } from '../objects/server.fixture.ts';
import type { Connection } from '../types.ts';

const open: (Http | FakeServer)[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((one) => one.close()));
});

async function speak(
  answer: (heard: Heard, nth: number) => Said | 'cut',
  more: Partial<Connection> = {},
): Promise<{ readonly http: Http; readonly server: FakeServer }> {
  const server = await fakeServer(answer);
  const http = createHttp(server.origin, login(server.origin, more));
  open.push(http, server);
  return { http, server };
}

const denied = (...challenges: string[]): Said => ({ status: 401, headers: { 'www-authenticate': challenges } });
const DIGEST = (nonce: string, more = ''): string =>
  `Digest realm="r", qop="auth", algorithm=MD5, nonce="${nonce}"${more}`;
const get = { method: 'GET', path: '/x?y=1' } as const;

const md5 = (text: string): string => createHash('md5').update(text).digest('hex');

/** Checks a Digest login as a server does; gives the nonce and its count. */
function checked(heard: Heard | undefined, password = 'secret'): readonly [nonce: string, count: string] {
  if (heard === undefined) throw new Error('nothing was sent');
  const { headers, method, path } = heard;
  const text = headers.authorization ?? '';
  const field = (name: string): string => new RegExp(`\\b${name}="?([^",]+)`).exec(text)?.[1] ?? '';
  const [nonce, nc, cnonce] = [field('nonce'), field('nc'), field('cnonce')];
  const wanted = md5([md5(`alice:r:${password}`), nonce, nc, cnonce, 'auth', md5(`${method}:${path}`)].join(':'));
  if (field('response') !== wanted || field('uri') !== path) throw new Error(`wrong digest: ${text}`);
  return [nonce, nc];
}

describe('Digest', () => {
  test('is spoken where the server offers nothing else, and every request counts', async () => {
    const { http, server } = await speak(({ headers }) =>
      headers.authorization?.startsWith('Digest') === true ? { status: 200 } : denied(DIGEST('n1')),
    );
    for (let at = 0; at < 3; at += 1) expect((await http.send(get)).status).toBe(200);
    expect(server.heard).toHaveLength(4);
    expect(server.heard.slice(1).map((heard) => checked(heard))).toEqual([
      ['n1', '00000001'],
      ['n1', '00000002'],
      ['n1', '00000003'],
    ]);
  });

  test('is left for Basic where both are offered: the password was wrong', async () => {
    const { http, server } = await speak(() => denied(DIGEST('n1'), 'Basic realm="r"'));
    expect(await http.send(get)).toMatchObject({
      status: 401,
      denied: 'The server does not accept the user name or the password. Check both.',
    });
    expect(server.heard).toHaveLength(1);
  });

  test('a wrong password is tried once and said plainly', async () => {
    const { http, server } = await speak((_heard, nth) => denied(DIGEST(`n${nth}`)));
    expect(await http.send(get)).toMatchObject({ status: 401, denied: expect.stringContaining('password') });
    expect(server.heard).toHaveLength(2);
  });

  test('a nonce that the server calls stale is changed for the next one, also for a write', async () => {
    const { http, server } = await speak((_heard, nth) => {
      if (nth === 1) return denied(DIGEST('n1'));
      return nth === 3 ? denied(DIGEST('n2', ', stale=true')) : { status: 200 };
    });
    await http.send(get);
    expect((await http.send({ ...get, method: 'PUT', body: 'x' })).status).toBe(200);
    expect(checked(server.heard[2])).toEqual(['n1', '00000002']);
    expect(checked(server.heard[3])).toEqual(['n2', '00000001']);
    expect(server.heard[3]?.body).toBe('x');
  });

  test('the next nonce is taken from the answer', async () => {
    const { http, server } = await speak((_heard, nth) =>
      nth === 1
        ? denied(DIGEST('n1'))
        : { status: 200, headers: { 'authentication-info': 'qop=auth, nextnonce="n2"' } },
    );
    await http.send(get);
    await http.send(get);
    expect(checked(server.heard[2])).toEqual(['n2', '00000001']);
  });

  test('many requests at once need one challenge each at most', async () => {
    const { http, server } = await speak(({ headers }) =>
      headers.authorization?.startsWith('Digest') === true ? { status: 200 } : denied(DIGEST('n1')),
    );
    const answers = await Promise.all(Array.from({ length: 12 }, () => http.send(get)));
    expect(answers.map(({ status }) => status)).toEqual(Array.from({ length: 12 }, () => 200));
    const counts = server.heard
      .filter(({ headers }) => headers.authorization?.startsWith('Digest'))
      .map((h) => checked(h)[1]);
    expect(new Set(counts).size).toBe(12);
  });

  test('goes along a redirect with the new address in it', async () => {
    const { http, server } = await speak(({ headers, path }) => {
      if (headers.authorization?.startsWith('Digest') !== true) return denied(DIGEST('n1'));
      return path === '/x?y=1' ? { status: 301, headers: { location: '/there' } } : { status: 200 };
    });
    expect((await http.send(get)).path).toBe('/there');
    expect(checked(server.heard[2])[1]).toBe('00000002');
  });
});

describe('a token', () => {
  const token = (tokens: readonly string[]): Partial<Connection> & { readonly asked: boolean[] } => {
    const asked: boolean[] = [];
    return {
      asked,
      credential: 'token',
      password: (again = false) => {
        asked.push(again);
        return Promise.resolve(tokens[asked.length - 1] ?? 'none');
      },
    };
  };

  test('is sent as Bearer and renewed once when it is refused', async () => {
    const connection = token(['old', 'new']);
    const { http, server } = await speak(
      ({ headers }) => (headers.authorization === 'Bearer new' ? { status: 200 } : denied('Bearer realm="r"')),
      connection,
    );
    const answers = await Promise.all([http.send(get), http.send(get), http.send(get)]);
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
    expect(connection.asked).toEqual([false, true]);
    expect(server.heard[0]?.headers.authorization).toBe('Bearer old');
  });

  test('that is refused after it was renewed is not renewed again', async () => {
    const connection = token(['one', 'two', 'three']);
    const { http } = await speak(() => denied('Bearer error="invalid_token"'), connection);
    expect(await http.send(get)).toMatchObject({
      status: 401,
      denied: 'The server does not accept the token. Get a new one, then try again.',
    });
    expect(connection.asked).toEqual([false, true]);
  });

  test('is refused here when it could end the header', async () => {
    const { http, server } = await speak(() => ({ status: 200 }), token(['a\r\nScheduling: all']));
    await expect(http.send(get)).rejects.toMatchObject({ failure: { code: 'TOKEN_INVALID' } });
    expect(server.heard).toHaveLength(0);
  });

  test('where the server takes passwords only is said so', async () => {
    const { http } = await speak(() => denied('Basic realm="r"'), token(['one', 'two']));
    expect((await http.send(get)).denied).toBe('The server takes no token, only Basic. Log in with a password.');
  });
});

describe('Authorize-As', () => {
  test('goes with every request, redirects included', async () => {
    const { http, server } = await speak(
      ({ path }) => (path === '/there' ? { status: 200 } : { status: 301, headers: { location: '/there' } }),
      { user: 'admin', authorizeAs: 'bob' },
    );
    await http.read({ method: 'PROPFIND', path: '/' });
    expect(server.heard.map(({ headers }) => headers['authorize-as'])).toEqual(['bob', 'bob']);
  });

  test('never goes to another origin', async () => {
    const other = await fakeServer(() => ({ status: 200 }));
    open.push(other);
    const { http } = await speak(() => ({ status: 301, headers: { location: `${other.origin}/` } }), {
      authorizeAs: 'bob',
    });
    await expect(http.read(get)).rejects.toMatchObject({ failure: { code: 'SERVER_REDIRECTED' } });
    expect(other.heard).toHaveLength(0);
  });

  test('that is refused names both', async () => {
    const { http } = await speak(() => denied('Basic realm="r"'), { user: 'admin', authorizeAs: 'bob' });
    expect((await http.send(get)).denied).toContain('does not let admin act for bob');
  });

  test('takes no name that could be a second header', async () => {
    const { http } = await speak(() => ({ status: 200 }), { authorizeAs: 'bob\r\nScheduling: all' });
    await expect(http.send(get)).rejects.toMatchObject({ failure: { code: 'USER_INVALID' } });
  });
});

test('a server that takes no password at all is said so', async () => {
  const { http } = await speak(() => denied('Negotiate', 'Bearer realm="r"'));
  expect((await http.send(get)).denied).toBe(
    'The server does not take a password, only Negotiate, Bearer. Log in with a token.',
  );
});
