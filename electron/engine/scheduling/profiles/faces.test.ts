import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { toEvidence } from '../../caldav/discovery/evidence.ts';
import { fakeServer, login } from '../../caldav/objects/server.fixture.ts';
import type { ServerEvidence } from '../../caldav/types.ts';
import { assess } from '../assurance.ts';
import { openCalendar } from '../open-calendar.ts';
import { recognise, versionWhereFits } from '../recognise.ts';
import { PROFILES } from './all.ts';

/** A recorded answer of a server, or one that its source shows. */
const face = z.object({
  server: z.string(),
  source: z.string(),
  answers: z.array(
    z.object({
      request: z.string(),
      login: z.boolean(),
      status: z.number(),
      headers: z.array(z.tuple([z.string(), z.string()])),
      body: z.string().optional(),
    }),
  ),
});
type Face = z.infer<typeof face>;
type RecordedAnswer = Face['answers'][number];

const FOLDER = join(import.meta.dirname, 'faces');
const faceOf = (file: string): Face => face.parse(JSON.parse(readFileSync(join(FOLDER, file), 'utf8')));

const quiet = (methods: string): string => `none on ${methods}`;
const ALL = quiet('create, update, delete, delete-collection');
const NONE = 'blocked';

/** What each face must give: profile, product with its version, and on which methods nobody is notified. */
const EXPECTED: Readonly<Record<string, readonly [profile: string, product: string, silent: string]>> = {
  'baikal-0.12.1.json': ['sabre/dav', 'sabre/dav 4.7.1', ALL],
  'cyrus-3.6.1-4-deb12u5.json': ['Cyrus', 'Cyrus 3.6.1', ALL],
  'davical-1.1.12-2.json': ['DAViCal', 'DAViCal 1.1.12', quiet('delete-collection')],
  'davmail.read.json': ['DavMail', 'DavMail 6.2.2', NONE],
  'icloud.read.json': ['iCloud', 'iCloud', NONE],
  'nextcloud-31.0.11.json': ['Nextcloud', 'Nextcloud 31.0.11', ALL],
  'nextcloud-33.0.3.json': ['Nextcloud', 'Nextcloud 33.0.3', ALL],
  'nextcloud-34.0.1.json': ['Nextcloud', 'Nextcloud 34.0.1', ALL],
  'open-xchange.read.json': ['Open-Xchange', 'Open-Xchange', NONE],
  'radicale-3.1.8-2.json': ['Radicale', 'Radicale', NONE],
  'radicale-3.7.8.json': ['Radicale', 'Radicale', NONE],
  'rustical-0.15.read.json': ['RustiCal', 'RustiCal', NONE],
  'sabre-dav-3.2.3.json': ['sabre/dav', 'sabre/dav 3.2.2', ALL],
  'sabre-dav-4.7.1.json': ['sabre/dav', 'sabre/dav 4.7.1', ALL],
  'sogo-5.8.0-2-deb12u4.json': ['SOGo', 'SOGo', NONE],
  'stalwart-0.12-0.16.read.json': ['Stalwart', 'Stalwart', quiet('delete, delete-collection')],
  'xandikos-0.2.8-1.json': ['Xandikos', 'Xandikos 0.2.8', ALL],
  'xandikos-0.3.7.json': ['Xandikos', 'Xandikos', NONE],
  'xandikos-master-f61f963-2026-05.json': ['Xandikos', 'Xandikos', NONE],
};

/** What the replayed servers were asked. */
const heard: { readonly method: string; readonly login: boolean }[] = [];
const opened: { close(): Promise<void> }[] = [];

afterEach(async () => {
  for (const one of opened.splice(0)) await one.close();
});

/** The profiles of which a fingerprint fits; more than one would be a fingerprint that says too little. */
function productsThatFit(server: ServerEvidence): readonly string[] {
  const fitting = PROFILES.filter(({ fingerprints }) =>
    fingerprints.some((fingerprint) => versionWhereFits(fingerprint, server) !== null),
  );
  return [...new Set(fitting.map(({ name }) => name))];
}

describe('what real servers answered', () => {
  it('is all expected here', () => {
    const files = readdirSync(FOLDER).filter((name) => name.endsWith('.json'));
    expect(files.sort()).toEqual(Object.keys(EXPECTED).sort());
  });

  it.each(Object.entries(EXPECTED))('%s', async (file, [profile, product, silent]) => {
    const server = await evidenceOf(faceOf(file));
    const known = recognise(server);
    expect([known?.profile.name, known?.product]).toEqual([profile, product]);
    expect(silentMethods(server)).toBe(silent);
    // No other product is taken for it, whatever the order of the profiles.
    expect(productsThatFit(server)).toEqual([profile]);
  });

  it('are behind every profile, or its source is named', () => {
    const recorded = new Set(Object.values(EXPECTED).map(([profile]) => profile));
    for (const { name, recognisedBy = [] } of PROFILES) {
      if (!recorded.has(name)) expect(recognisedBy, name).not.toEqual([]);
    }
  });
});

it('addresses that a server quotes are read as addresses', async () => {
  const recorded = faceOf('xandikos-master-f61f963-2026-05.json');
  const path = '/alice/calendars/calendar/';
  const origin = await replay(recorded.answers);
  const store = openCalendar(origin + path, login(origin));
  opened.push(store);
  expect((await store.properties()).ownerAddresses).toEqual(['mailto:alice@example.com']);
});

describe('servers behind a proxy', () => {
  it('Cyrus without its Server header is told by its own privileges, and without these it is unknown', async () => {
    const server = await evidenceOf(faceOf('cyrus-3.6.1-4-deb12u5.json'), ['server']);
    expect(recognise(server)?.product).toBe('Cyrus 3.0 or later');
    expect(silentMethods(server)).toBe(ALL);
    expect(recognise({ ...server, privileges: new Set() })).toBeNull();
  });

  it.each(['baikal-0.12.1.json', 'sabre-dav-3.2.3.json', 'sabre-dav-4.7.1.json'])(
    '%s that hides its version is told by its realm alone, and that unlocks nothing',
    async (file) => {
      const server = await evidenceOf(faceOf(file), ['x-sabre-version']);
      expect(recognise(server)).toMatchObject({ product: 'sabre/dav', version: null, byRealm: true });
      expect(productsThatFit(server)).toEqual(['sabre/dav']);
      expect(silentMethods(server)).toBe(NONE);
      const verdict = assess({ server, assume: [] }).verdict('none', ['create']);
      expect(verdict).toMatchObject({ workarounds: [], provable: true });
      expect(verdict.evidence?.[0]).toBe('The server is sabre/dav, by the realm in which it asks for a login.');
      expect(recognise({ ...server, realm: 'Our calendars' })).toBeNull();
    },
  );

  it('no realm unlocks what the rest of an answer does not', async () => {
    const realms = [
      'sabre/dav',
      'BaikalDAV',
      'SOGo',
      'Nextcloud',
      'Radicale - Password Required',
      'Openexchange WebDAV',
    ];
    for (const realm of realms) {
      for (const file of Object.keys(EXPECTED)) {
        const plain = { ...(await evidenceOf(faceOf(file), ['server', 'x-sabre-version'])), realm: null };
        expect(silentMethods({ ...plain, realm }), `${file}, ${realm}`).toBe(silentMethods(plain));
      }
    }
  });

  it('what is asked beside the calendar are three small requests at most, without the password where it can be', async () => {
    for (const file of Object.keys(EXPECTED)) {
      for (const hidden of [[], ['server', 'x-sabre-version']]) {
        heard.length = 0;
        await evidenceOf(faceOf(file), hidden);
        const small = heard.filter(({ method }) => method !== 'PROPFIND');
        expect(small.length, file).toBeLessThanOrEqual(3);
        expect(
          small.filter(({ login: known }) => known).map(({ method }) => method),
          file,
        ).toEqual(small.length === 0 ? [] : ['OPTIONS']);
      }
    }
  });

  it('Nextcloud whose status page cannot be read has no version, and is blocked', async () => {
    const recorded = faceOf('nextcloud-33.0.3.json');
    const answers = recorded.answers.filter(({ request }) => request !== 'GET /status.php');
    const server = await evidenceOf({ ...recorded, answers });
    expect(recognise(server)?.product).toBe('Nextcloud');
    expect(silentMethods(server)).toBe(NONE);
  });
});

/** Methods on which mode `none` is kept without anything being assumed. */
function silentMethods(server: ServerEvidence): string {
  const capability = assess({ server, assume: [] });
  const methods = ['create', 'update', 'delete', 'delete-collection'] as const;
  const kept = methods.filter((method) => capability.verdict('none', [method]).effective === 'none');
  return kept.length === 0 ? NONE : quiet(kept.join(', '));
}

/** The engine's own reading of a face: from a server that replays it, or of its OPTIONS where there is nothing else. */
async function evidenceOf(recorded: Face, hidden: readonly string[] = []): Promise<ServerEvidence> {
  const answers = recorded.answers.map((answer) => ({
    ...answer,
    headers: answer.headers.filter(([name]) => !hidden.includes(name)),
  }));
  const options = answers.find(({ request, status }) => request.startsWith('OPTIONS ') && status === 200);
  if (options === undefined) throw new Error('a face has an answer to OPTIONS');
  const path = options.request.slice('OPTIONS '.length);
  if (!answers.some(({ request }) => request === `PROPFIND ${path}`)) {
    return toEvidence(path, linesOf(options), new Date(0));
  }
  const origin = await replay(answers);
  const store = openCalendar(origin + path, login(origin));
  try {
    return (await store.properties()).evidence;
  } finally {
    await store.close();
  }
}

async function replay(answers: readonly RecordedAnswer[]): Promise<string> {
  const server = await fakeServer(({ method, path, headers }) => {
    const known = headers.authorization !== undefined;
    heard.push({ method, login: known });
    const found = answers.find((one) => one.request === `${method} ${path}` && one.login === known);
    return found === undefined
      ? { status: 404 }
      : { status: found.status, headers: linesOf(found), body: found.body ?? '' };
  });
  opened.push(server);
  return server.origin;
}

/** Header lines by name; several of one name stay several. */
function linesOf({ headers }: RecordedAnswer): Record<string, string[]> {
  const lines: Record<string, string[]> = {};
  for (const [name, value] of headers) (lines[name] ??= []).push(value);
  return lines;
}
