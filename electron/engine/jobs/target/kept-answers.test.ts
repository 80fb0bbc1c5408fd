import { once } from 'node:events';
import { createServer, request as ask } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, it } from 'vitest';
import { discover } from '../../caldav/discovery/discover.ts';
import type { ProbeAnswers, ProbeMemory } from '../../caldav/types.ts';
import { recognise } from '../../scheduling/recognise.ts';
import { openAccount } from '../account.ts';
import { calendar, GUESTS, openWorld, type World } from '../testing/world.ts';

const worlds: World[] = [];
afterEach(async () => {
  for (const world of worlds.splice(0)) await world.close();
});

async function open(personality: string): Promise<World> {
  const world = await openWorld({ personality });
  worlds.push(world);
  return world;
}

it('what is kept of a server serves a list, and opens nothing in a plan', async () => {
  const kept = new Map<string, ProbeAnswers>();
  const probes: ProbeMemory = {
    recall: (place) => kept.get(place) ?? null,
    keep: (place, answers) => void kept.set(place, answers),
  };
  const before = await open('nextcloud-33-like');
  await openAccount({ ...before.connection, probes });
  const [answers = expect.fail()] = kept.values();
  expect(answers.statusPage?.version).toBe('33.0.3');

  // Another version, which nobody has measured, with the same cheap answers.
  const now = await open('nextcloud-29-like');
  kept.clear();
  kept.set(now.server.info.base_url, answers);
  const connection = { ...now.connection, probes };
  expect(recognise((await discover(connection)).evidence)?.version, 'a list goes by what is kept').toBe('33.0.3');
  const sources = [await now.source('one.ics', calendar([['UID:a', ...GUESTS]]))];
  const job = await now.engine.prepareRestore(now.spec({ sources }), connection);
  expect(job.summary.verdict).toMatchObject({ effective: null, assurance: 'blocked' });
  await job.discard();
  expect((await openAccount(connection)).product, 'a person who looks sees what it is now').toBe('Nextcloud 29.0.16');
  expect(kept.get(now.server.info.base_url)?.statusPage?.version).toBe('29.0.16');
});

it('a server that is none that we know has no product, whatever its web server calls itself', async () => {
  const { connection, server } = await open('default');
  const front = createServer((request, answer) => {
    const { method, headers, url = '/' } = request;
    const behind = ask(new URL(url, server.info.base_url), { method, headers }, (reply) => {
      answer.writeHead(reply.statusCode ?? 502, { ...reply.headers, server: 'WSGIServer/0.2 CPython/3.11.2' });
      reply.pipe(answer);
    });
    request.pipe(behind);
  });
  front.listen(0, '127.0.0.1');
  await once(front, 'listening');
  try {
    const url = new URL(connection.url);
    url.port = String((front.address() as AddressInfo).port);
    const { evidence, product } = await openAccount({ ...connection, url: url.href });
    expect(evidence.headers['server']).toContain('WSGIServer');
    expect(product).toBeNull();
  } finally {
    front.close();
  }
});
