import { afterEach, describe, expect, it } from 'vitest';
import { fakeServer, login, type FakeServer, type Said } from '../objects/server.fixture.ts';
import type { ProbeAnswers, ProbeMemory } from '../types.ts';
import { createHttp, type Http } from '../transport/http.ts';
import { probe } from './probes.ts';

const open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const one of open.splice(0).reverse()) await one.close();
});

const IN_A_FOLDER = '/cloud/remote.php/dav/calendars/alice/personal/';
const NEXTCLOUD = { server: 'nginx', dav: '1, 3, nc-calendar-search', allow: 'GET, PUT' };
const SABRE = { server: 'nginx', dav: '1, 3, calendar-access', allow: 'GET, PUT' };

const page = (versionstring: string): Said => ({
  status: 200,
  body: JSON.stringify({ installed: true, versionstring, productname: 'Nextcloud' }),
});

interface Stage {
  readonly server: FakeServer;
  readonly memory: ProbeMemory & { readonly kept: Map<string, ProbeAnswers> };
  /** What the server says from now on. */
  say(said: Said): void;
  http(): Http;
}

async function begin(said: Said): Promise<Stage> {
  let now = said;
  const server = await fakeServer(() => now);
  open.push(server);
  const kept = new Map<string, ProbeAnswers>();
  const memory = {
    kept,
    recall: (place: string) => kept.get(place) ?? null,
    keep: (place: string, answers: ProbeAnswers) => void kept.set(place, answers),
  };
  return {
    server,
    memory,
    say: (other) => {
      now = other;
    },
    http: () => {
      const http = createHttp(server.origin, { ...login(server.origin), probes: memory });
      open.push(http);
      return http;
    },
  };
}

/** As if the program had been started anew: what is kept with the server is all that is known. */
const atAnotherPort = async (stage: Stage, said: Said): Promise<Stage> => {
  const other = await begin(said);
  for (const [place, answers] of stage.memory.kept) {
    other.memory.kept.set(place.replace(stage.server.origin, other.server.origin), answers);
  }
  return other;
};

describe('what tells a product beside the calendar', () => {
  it('is asked once for all calendars of a job, and kept with the server', async () => {
    const stage = await begin(page('33.0.3'));
    const http = stage.http();
    await Promise.all([1, 2, 3].map(() => probe(http, IN_A_FOLDER, NEXTCLOUD)));
    await probe(http, '/cloud/remote.php/dav/calendars/bob/work/', NEXTCLOUD);
    expect(stage.server.heard.map(({ method, path }) => `${method} ${path}`)).toEqual(['GET /cloud/status.php']);
    expect([...stage.memory.kept.keys()]).toEqual([`${stage.server.origin}/cloud`]);
  });

  it('what is kept serves while the server answers as it did, and is asked again where it does not', async () => {
    const first = await begin(page('34.0.1'));
    await probe(first.http(), IN_A_FOLDER, NEXTCLOUD);
    const later = await atAnotherPort(first, page('35.0.0'));
    expect((await probe(later.http(), IN_A_FOLDER, NEXTCLOUD)).statusPage?.version).toBe('34.0.1');
    expect(later.server.heard).toEqual([]);
    for (const [what, options] of [
      ['DAV', { ...NEXTCLOUD, dav: '1, 3, nc-calendar-search, nc-new' }],
      ['Server', { ...NEXTCLOUD, server: 'Apache' }],
      ['Allow', { ...NEXTCLOUD, allow: 'GET, PUT, COPY' }],
    ] as const) {
      const other = await atAnotherPort(first, page('35.0.0'));
      expect((await probe(other.http(), IN_A_FOLDER, options)).statusPage?.version, what).toBe('35.0.0');
    }
  });

  it('not for ever, and not where a person looks again', async () => {
    const first = await begin(page('34.0.1'));
    await probe(first.http(), IN_A_FOLDER, NEXTCLOUD);
    const later = await atAnotherPort(first, page('35.0.0'));
    expect((await probe(later.http(), IN_A_FOLDER, NEXTCLOUD, { anew: true })).statusPage?.version).toBe('35.0.0');
    expect([...later.memory.kept.values()].map(({ statusPage }) => statusPage?.version)).toEqual(['35.0.0']);
    for (const days of [-1, 4]) {
      const old = await atAnotherPort(first, page('35.0.0'));
      for (const [place, answers] of old.memory.kept) {
        old.memory.kept.set(place, { ...answers, at: new Date(Date.now() - days * 86_400_000).toISOString() });
      }
      expect((await probe(old.http(), IN_A_FOLDER, NEXTCLOUD)).statusPage?.version, `${days} days`).toBe('35.0.0');
    }
  });

  it('what could not be read is not kept', async () => {
    const stage = await begin({ status: 503, body: '' });
    expect((await probe(stage.http(), IN_A_FOLDER, NEXTCLOUD)).statusPage).toBeNull();
    expect(stage.memory.kept.size).toBe(0);
    stage.say(page('33.0.3'));
    expect((await probe(stage.http(), IN_A_FOLDER, NEXTCLOUD)).statusPage?.version).toBe('33.0.3');
  });

  it('is the realm, asked without the password, where no header names the product', async () => {
    const stage = await begin({
      status: 401,
      headers: { 'www-authenticate': 'Basic realm="sabre/dav", charset="UTF-8"' },
    });
    expect(await probe(stage.http(), '/dav/calendars/alice/', SABRE)).toMatchObject({
      statusPage: null,
      realm: 'sabre/dav',
    });
    expect(stage.server.heard).toHaveLength(1);
    expect(stage.server.heard[0]).toMatchObject({ method: 'OPTIONS', path: '/dav/calendars/alice/' });
    expect(stage.server.heard[0]?.headers.authorization).toBeUndefined();
    await probe(stage.http(), '/dav/calendars/alice/', { ...SABRE, server: 'Cyrus-HTTP/3.6.1' });
    await probe(stage.http(), '/dav/calendars/alice/', { ...SABRE, 'x-sabre-version': '4.7.1' });
    expect(stage.server.heard, 'and is not asked where one does').toHaveLength(1);
  });
});
