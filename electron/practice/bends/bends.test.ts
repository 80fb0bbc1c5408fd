import { gunzipSync } from 'node:zlib';
import { request as httpRequest } from 'node:http';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { practiceOptions } from '../command.ts';
import { Harness, type Reply } from '../testing/harness.ts';
import { meeting } from '../testing/events.ts';
import { BENDS, bendNamed } from './bends.ts';
import { REQUESTS, type RequestKind } from './requests.ts';
import { spell } from './spellings.ts';

/* Every bend changes every answer that it says it can change, and no other. */

const NAMES = [
  'a.ics',
  'room%2F42.ics',
  'what%3Fnow.ics',
  '100%25.ics',
  'nr%235%20b.ics',
  'gr%C3%B6%C3%9Fe%40home.ics',
];
const PROPS =
  '<D:prop><D:getetag/><D:resourcetype/><D:displayname/><D:current-user-principal/><C:calendar-home-set/></D:prop>';
const SPACES = 'xmlns:D="DAV:" xmlns:C="urn:ietf:params:xml:ns:caldav"';
const FIND = `<D:propfind ${SPACES}>${PROPS}</D:propfind>`;
const QUERY = `<C:calendar-query ${SPACES}><D:prop><D:getetag/><C:calendar-data/></D:prop><C:filter><C:comp-filter name="VCALENDAR"/></C:filter></C:calendar-query>`;
const SYNC = `<D:sync-collection ${SPACES}><D:sync-token/><D:sync-level>1</D:sync-level><D:prop><D:getetag/></D:prop></D:sync-collection>`;

let h: Harness;
beforeAll(async () => {
  h = await Harness.start();
  for (const [at, name] of NAMES.entries())
    await h.put('alice', name, meeting({ uid: `u${at}` }), { scheduling: 'none' });
});
afterEach(() => {
  h.server.setFaults([]);
});
afterAll(() => h.close());

function ask(kind: RequestKind): Promise<Reply> {
  const calendar = h.calendar('alice');
  switch (kind) {
    case 'options':
      return h.send('alice', 'OPTIONS', calendar);
    case 'principal':
      return h.send('alice', 'PROPFIND', '/dav/principals/alice/', FIND, { depth: '0' });
    case 'home':
      return h.send('alice', 'PROPFIND', h.home('alice'), FIND, { depth: '1' });
    case 'properties':
      return h.send('alice', 'PROPFIND', calendar, FIND, { depth: '0' });
    case 'list':
      return h.send('alice', 'PROPFIND', calendar, FIND, { depth: '1' });
    case 'query':
      return h.send('alice', 'REPORT', calendar, QUERY, { depth: '1' });
    case 'multiget': {
      const hrefs = NAMES.map((name) => `<D:href>${calendar}${name}</D:href>`).join('');
      const prop = '<D:prop><D:getetag/><C:calendar-data/></D:prop>';
      const body = `<C:calendar-multiget ${SPACES}>${prop}${hrefs}</C:calendar-multiget>`;
      return h.send('alice', 'REPORT', calendar, body, { depth: '1' });
    }
    case 'sync':
      return h.send('alice', 'REPORT', calendar, SYNC);
    case 'get':
      return h.send('alice', 'GET', `${calendar}a.ics`);
  }
}

/** What may differ from one answer to the next though nothing is bent. */
const shown = ({ status, headers, text }: Reply): string => {
  const { date: _date, ...rest } = headers;
  return JSON.stringify([status, rest, text]);
};
const asked = (kind: RequestKind): Promise<string> => ask(kind).then(shown, (error: unknown) => String(error));

const bend = (name: string, request: RequestKind, object?: string): void => {
  h.server.setFaults([{ request, bend: name, count: 0, ...(object === undefined ? {} : { object }) }]);
};
const hrefs = (text: string): string[] => [...text.matchAll(/<D:href>([^<]*)<\/D:href>/g)].map((m) => m[1] ?? '');

describe('every bend', () => {
  let plain: ReadonlyMap<RequestKind, string>;
  beforeAll(async () => {
    const answers = new Map<RequestKind, string>();
    for (const kind of REQUESTS) answers.set(kind, await asked(kind));
    plain = answers;
  });

  it.each(BENDS)('$name changes the answers that it says it can change, and no other', async ({ name, requests }) => {
    for (const [at, kind] of requests.entries()) {
      bend(name, kind);
      expect(await asked(kind), kind).not.toBe(plain.get(kind));
      const other = REQUESTS[(REQUESTS.indexOf(kind) + at + 1) % REQUESTS.length] ?? kind;
      if (other !== kind) expect(await asked(other), `${other} while ${kind} is bent`).toBe(plain.get(other));
    }
  });

  it('has a name of its own', () => {
    expect(new Set(BENDS.map(({ name }) => name)).size).toBe(BENDS.length);
  });
});

describe('what is bent', () => {
  it('is the response of the object that is named, else the last', async () => {
    bend('missing', 'list', 'room');
    const { text } = await ask('list');
    expect(hrefs(text).filter((href) => href.includes('room'))).toEqual([]);
    bend('missing', 'list');
    expect(hrefs((await ask('list')).text).filter((href) => href.endsWith('.ics'))).toHaveLength(NAMES.length - 1);
  });

  it('is as many requests as the fault says', async () => {
    h.server.setFaults([{ request: 'list', bend: 'truncated', after: 1, count: 1 }]);
    const cut = [];
    for (let at = 0; at < 3; at += 1) cut.push((await ask('list')).text.includes('507 Insufficient Storage'));
    expect(cut).toEqual([false, true, false]);
    expect(h.server.faults()).toMatchObject([{ seen: 3 }]);
  });

  it('is a GET of that object alone', async () => {
    bend('answer-404', 'get', '^room/42');
    expect((await ask('get')).status).toBe(200);
    expect((await h.send('alice', 'GET', `${h.calendar('alice')}room%2F42.ics`)).status).toBe(404);
  });

  it('is read back by whoever unpacks it', async () => {
    const plain = (await ask('list')).text;
    bend('gzip', 'list');
    const { base_url: base, admin } = h.server.info;
    const octets = await new Promise<Buffer>((resolve, reject) => {
      const headers = {
        depth: '1',
        authorization: `Basic ${Buffer.from(`alice:${admin.password}`).toString('base64')}`,
      };
      const outgoing = httpRequest(base + h.calendar('alice'), { method: 'PROPFIND', headers }, (answer) => {
        const chunks: Buffer[] = [];
        answer.on('data', (chunk: Buffer) => chunks.push(chunk));
        answer.on('end', () => resolve(Buffer.concat(chunks)));
      });
      outgoing.on('error', reject);
      outgoing.end(FIND);
    });
    expect(gunzipSync(octets).toString()).toBe(plain);
  });

  it.each([
    ['prefix-stripped', '/calendars/alice/default/a%2Fb.ics'],
    ['prefix-added', '/inside/dav/calendars/alice/default/a%2Fb.ics'],
    ['doubled-slash', '/dav/calendars//alice/default/a%2Fb.ics'],
    ['user-case', '/dav/calendars/ALICE/default/a%2Fb.ics'],
    ['internal-host', 'http://backend.internal:8080/dav/calendars/alice/default/a%2Fb.ics'],
    ['lower-hex', '/dav/calendars/alice/default/a%2fb.ics'],
    ['encoded-unreserved', '/dav/calendars/alice/default/%61%2Fb.ics'],
    ['raw', '/dav/calendars/alice/default/a%2Fb.ics'],
    ['slash-decoded', '/dav/calendars/alice/default/a/b.ics'],
    ['encoded-twice', '/dav/calendars/alice/default/a%252Fb.ics'],
  ] as const)('is spelled as it says: %s', (spelling, href) => {
    expect(spell('/dav/calendars/alice/default/a%2Fb.ics', spelling)).toBe(href);
  });

  it('leaves names unencoded where it says so', () => {
    expect(spell('/dav/calendars/alice/default/100%25%20%3F%23.ics', 'raw')).toBe(
      '/dav/calendars/alice/default/100% ?#.ics',
    );
  });
});

describe('how it is asked for', () => {
  it('takes words on the command line', () => {
    expect(practiceOptions(['--bend', 'list:truncated', '--bend', 'get:answer-404:^lunch']).faults).toEqual([
      { request: 'list', bend: 'truncated', count: 0 },
      { request: 'get', bend: 'answer-404', count: 0, object: '^lunch' },
    ]);
  });

  it.each([
    ['lists:truncated', 'options, principal, home'],
    ['list:truncate', 'truncated'],
    ['options:truncated', 'login-redirect'],
  ])('says what there is instead of %s', (words, hint) => {
    expect(() => practiceOptions(['--bend', words])).toThrow(hint);
  });

  it('refuses a bend over HTTP that there is none of', async () => {
    const answer = await h.send(null, 'POST', h.control('faults'), JSON.stringify([{ bend: 'nothing' }]));
    expect([answer.status, answer.text]).toEqual([400, expect.stringContaining('truncated')]);
    expect(bendNamed('nothing')).toBeUndefined();
  });
});
