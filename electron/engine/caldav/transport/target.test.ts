import fc from 'fast-check';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { HushError } from '../../../../shared/model/failure.ts';
import { strongETag } from '../answers/classify.ts';
import { discover } from '../discovery/discover.ts';
import {
  fakeServer,
  login,
  multistatus,
  response,
  type FakeServer,
  type Heard,
  type Said,
} from '../objects/server.fixture.ts';
import { openStore } from '../objects/store.ts';
import { createHttp } from './http.ts';
import { Connector } from '../network/connector.ts';
import { PLAIN_NETWORK } from '../network/network.ts';
import { exchangeLeniently } from './lenient.ts';
import { leadOf, requestUrl } from './target.ts';

const A = 'https://a.test:8443';

describe('the URL of a request', () => {
  it.each(['/', '/cal/', '/cal/x%40y.ics', '//b.test/cal/', '/\\b.test/', '/a?b', '/..//b.test'])(
    '%j is on A',
    (path) => {
      expect(requestUrl(A, path).origin).toBe(A);
    },
  );

  it.each([
    '',
    'cal/',
    '@b.test/',
    '.b.test/',
    '0/',
    'https://b.test/',
    '\\\\b.test/',
    '/a b',
    '/a\r\nHost: b.test',
    '/\tb',
  ])('%j is refused', (path) => {
    expect(() => requestUrl(A, path)).toThrow('does not lie on https://a.test:8443');
  });

  it.each([
    '//b.test/',
    '/\\b.test/',
    '\\\\b.test/',
    'https:\\\\b.test/',
    'HTTPS://b.test/',
    '\t//b.test/',
    '/\t/b.test/',
    'https://a.test:8443@b.test/',
    'https://a.test/',
    'http://a.test:8443/',
    'ftp://a.test:8443/',
    'javascript:alert(1)',
  ])('%j leads away', (reference) => {
    expect(leadOf(A, '/cal/', reference)).toEqual({ elsewhere: expect.any(String) });
  });

  it.each([
    ['x', '/cal/x'],
    ['/x?y', '/x?y'],
    ['https://a.test:8443//b.test/', '//b.test/'],
    ['https://u:p@a.test:8443/x', '/x'],
  ])('%j stays', (reference, path) => {
    expect(leadOf(A, '/cal/', reference)).toEqual({ path });
  });
});

/** Everything that a server can write to name `host`, or to hide it. */
const names = (host: string): readonly string[] => [
  ...[`//${host}/cal/`, `/\\${host}/cal/`, `\\\\${host}/cal/`, `\\/${host}/cal/`, `///${host}/cal/`, `//${host}`],
  ...[`http://${host}/cal/`, `HTTP:\\\\${host}\\cal\\`, `http:/${host}/cal/`, `http:///${host}/cal/`, `http:${host}`],
  ...[`\t//${host}/cal/`, `/\t/${host}/cal/`, `//\t${host}/cal/`, `ht\ntp://${host}/cal/`, ` http://${host}/cal/ `],
  ...[`http://alice:secret@${host}/cal/`, `//a.test@${host}/cal/`, `@${host}/cal/`, `.${host}/`, `:1@${host}/`],
  ...[
    `https://${host}/cal/`,
    `ftp://${host}/`,
    `//${host}:80/`,
    `//[::1]/cal/`,
    `/cal/..//${host}/`,
    `/%2F${host}/cal/`,
  ],
];

describe('a server that names another one wherever it can', () => {
  let other: FakeServer;
  beforeAll(async () => {
    other = await fakeServer(() => ({ status: 200, headers: { dav: '1, calendar-access, scheduling-controls' } }));
  });
  afterAll(() => other.close());
  const open: { close(): Promise<void> }[] = [];
  afterEach(async () => {
    for (const one of open.splice(0).reverse()) await one.close();
  });

  const quietly = async (work: Promise<unknown>): Promise<void> => {
    await work.catch((error: unknown) => {
      if (!(error instanceof HushError)) throw error;
    });
  };

  it('the other one gets no request, whatever is asked of the first', async () => {
    const host = other.origin.slice('http://'.length);
    await fetch(other.origin);
    expect(other.heard).toHaveLength(1);
    const href = fc.constantFrom(...names(host));
    const where = { start: href, principal: href, home: href, inbox: href, object: href, redirect: href };
    await fc.assert(
      fc.asyncProperty(fc.record({ ...where, redirects: fc.boolean(), rest: fc.webPath() }), async (named) => {
        const escape = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('\t', '&#9;');
        const prop = (name: string, text: string): string => `<${name}><D:href>${escape(text)}</D:href></${name}>`;
        const answer = ({ method }: Heard): Said => {
          if (named.redirects) return { status: 302, headers: { location: named.redirect.replace('\n', '') } };
          if (method !== 'PROPFIND' && method !== 'REPORT')
            return { status: 200, headers: { dav: '1, calendar-access' } };
          return multistatus(
            response(
              escape(named.start),
              prop('D:current-user-principal', named.principal) +
                prop('C:calendar-home-set', named.home) +
                prop('C:schedule-inbox-URL', named.inbox) +
                prop('D:owner', named.principal) +
                '<D:resourcetype><D:collection/><C:calendar/></D:resourcetype>',
            ),
            response(escape(`${named.object}${named.rest}.ics`), '<D:getetag>"1"</D:getetag>'),
          );
        };
        const first = await fakeServer(answer);
        const store = openStore(`${first.origin}/cal/`, login(first.origin), { tries: 1 });
        const http = createHttp(first.origin, login(first.origin), { tries: 1 });
        try {
          await quietly(discover(login(`${first.origin}/`), { tries: 1 }));
          await quietly(store.list());
          await quietly(store.get(named.object));
          await quietly(store.remove(named.object, strongETag('"1"') ?? expect.fail(), {}));
          await quietly(http.read({ method: 'OPTIONS', path: named.object }));
          await quietly(http.send({ method: 'PUT', path: named.object, body: 'x' }));
        } finally {
          await http.close();
          await store.close();
          await first.close();
        }
        expect(other.heard).toHaveLength(1);
      }),
      { numRuns: 25 },
    );
  });

  it('nor by the lenient way of OPTIONS, and what it answers counts for nothing', async () => {
    const before = other.heard.length;
    const first = await fakeServer(() => ({ status: 200, headers: { dav: '1' } }));
    open.push(first);
    const wire = {
      method: 'OPTIONS',
      path: `//${other.origin.slice('http://'.length)}/cal/`,
      headers: { authorization: 'Basic c2VjcmV0' },
      body: null,
      reset: false,
      headersTimeout: 2000,
      bodyTimeout: 2000,
      maxBytes: 1000,
      statusCounts: false,
      signal: null,
    };
    expect(
      (await exchangeLeniently(new Connector(first.origin, PLAIN_NETWORK, 2000), first.origin, wire)).headers['dav'],
    ).toBe('1');
    expect(first.heard.map(({ path }) => path)).toEqual([wire.path]);
    expect(other.heard).toHaveLength(before);
  });
});
