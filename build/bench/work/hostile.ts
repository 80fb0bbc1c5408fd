import { HushError } from '../../../shared/model/failure.ts';
import { readText } from '../../../electron/ipc/read-list.ts';
import { readSecretList } from '../../../electron/ipc/servers/secret-list.ts';
import { createEngine, type FindSession } from '../../../electron/engine/engine.ts';
import { openStore } from '../../../electron/engine/caldav/objects/store.ts';
import { createHttp } from '../../../electron/engine/caldav/transport/http.ts';
import { input, report } from '../lib/child.ts';
import type { HostileInput, HostileSeen } from '../hostile.ts';

const { ask, target, folder, rule } = input<HostileInput>();
const engine = createEngine({ runsDir: folder, tempDir: folder, now: () => new Date() });
const connection = { url: target, user: 'u', password: () => Promise.resolve('p'), concurrency: 4 };

const ASKS: Readonly<Record<HostileInput['ask'], () => Promise<string>>> = {
  discover: async () => `${(await engine.discover(connection)).calendars.length} calendars`,
  list: async () => {
    const store = openStore(target, connection, { tries: 1 });
    return `${(await store.list()).objects.length} objects`;
  },
  object: async () =>
    `${(await openStore(target, connection, { tries: 1 }).get(`${new URL(target).pathname}a.ics`))?.bytes.length ?? 0} octets`,
  options: async () => {
    const http = createHttp(new URL(target).origin, connection, { tries: 1 });
    return String((await http.read({ method: 'OPTIONS', path: new URL(target).pathname })).status);
  },
  inspect: async () => {
    const { rejected } = await engine.inspect([target]);
    return rejected[0]?.code ?? 'read';
  },
  find: async () => `${(await found()).result.events.length} found`,
  occurrences: async () => {
    const { occurrences, cut } = await (await found()).occurrences({ from: '2026-02-01', to: '2026-03-01' });
    return `${occurrences.length}${cut ? ', cut' : ''} occurrences`;
  },
  mapping: async () => `${engine.mappings.read(await readText(target)).rows.length} rows`,
  passwords: async () => `${readSecretList(await readText(target)).length} passwords`,
};

function found(): Promise<FindSession> {
  return engine.find([target], { words: '', rules: [rule ?? 'title~.*'], any: false });
}

/** Milliseconds between two looks at the event loop. */
const EVERY = 10;

/** Watches the event loop; the function that ends it gives the longest time at work without an answer, in milliseconds. */
function watchLoop(): () => number {
  let longest = 0;
  let last = performance.now();
  let spent = process.cpuUsage();
  const timer = setInterval(() => {
    const now = performance.now();
    const { user, system } = process.cpuUsage(spent);
    // Where others had the processor, the time is theirs.
    longest = Math.max(longest, Math.min(now - last - EVERY, (user + system) / 1000));
    last = now;
    spent = process.cpuUsage();
  }, EVERY);
  return () => {
    clearInterval(timer);
    const { user, system } = process.cpuUsage(spent);
    return Math.max(longest, Math.min(performance.now() - last, (user + system) / 1000));
  };
}

async function outcome(): Promise<string> {
  try {
    return await ASKS[ask]();
  } catch (error) {
    return error instanceof HushError ? error.failure.code : String(error);
  }
}

await report(async (): Promise<HostileSeen> => {
  const cpu = process.cpuUsage();
  const stop = watchLoop();
  const said = await outcome();
  const heldMs = stop();
  const { user, system } = process.cpuUsage(cpu);
  return { said, heldMs, cpuMs: (user + system) / 1000 };
});
process.exit(0);
