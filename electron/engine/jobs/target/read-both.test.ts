import { createServer, type Server } from 'node:net';
import { afterEach, expect, it } from 'vitest';
import { event, openWorld, type World } from '../testing/world.ts';
import { consentTo } from '../testing/consent.ts';

let world: World | null = null;
let silent: Server | null = null;
afterEach(async () => {
  silent?.close();
  await world?.close();
  silent = null;
  world = null;
});

const JCAL = '["vcalendar",[["version",{},"text","2.0"]],[["vevent",[["uid",{},"text","1"]],[]]]]';

/** A server that takes connections and never answers. */
async function silentServer(): Promise<string> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  silent = server;
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return `http://127.0.0.1:${address.port}/calendars/alice/`;
}

it('tells that reading failed, and waits for no server then', async () => {
  world = await openWorld();
  const url = await silentServer();
  // Converted texts go into the folder `temp`, which cannot be made now.
  await world.source('temp', '');
  const sources = [await world.source('backup.json', JCAL)];
  const preparing = world.engine.prepareRestore(world.spec({ sources, calendarUrl: url }), {
    ...world.connection,
    url,
  });
  await expect(preparing).rejects.toThrow(/temp/);
});

it('tells what is wrong with the server once the sources are read', async () => {
  world = await openWorld();
  const sources = [await world.source('backup.ics', event('1'))];
  const connection = { ...world.connection, password: () => Promise.resolve('wrong') };
  await expect(world.engine.prepareRestore(world.spec({ sources }), connection)).rejects.toMatchObject({
    failure: { code: 'SERVER_UNAUTHORIZED' },
  });
});

it('tells its phases one after the other', async () => {
  world = await openWorld();
  await world.put('there.ics', event('there'));
  const sources = [await world.source('backup.ics', event('1'))];
  const phases: string[] = [];
  const job = await world.engine.prepareRestore(world.spec({ sources }), world.connection, (phase) => {
    if (phases.at(-1) !== phase) phases.push(phase);
  });
  expect(phases.filter((phase, at) => phases.indexOf(phase) !== at)).toEqual([]);
  expect(phases[0]).toBe('reading');
  expect(phases.at(-1)).toBe('planning');
  await job.discard();
});

it('is given up while the server is silent, and stays usable after a later stop', async () => {
  world = await openWorld();
  const url = await silentServer();
  const sources = [await world.source('backup.ics', event('1'))];
  const stop = new AbortController();
  const preparing = world.engine.prepareRestore(
    world.spec({ sources, calendarUrl: url }),
    { ...world.connection, url },
    () => undefined,
    stop.signal,
  );
  setImmediate(() => stop.abort());
  await expect(preparing).rejects.toThrow();

  const late = new AbortController();
  const job = await world.engine.prepareRestore(world.spec({ sources }), world.connection, undefined, late.signal);
  late.abort();
  const run = await job.start(consentTo(job));
  await run.finished;
  expect([...(await world.objects()).keys()]).toHaveLength(1);
});
