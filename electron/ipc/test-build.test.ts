import { expect, test } from 'vitest';
import type { Ports, StoredServer } from './ports.ts';
import { askBeforeWrites } from './test-build.ts';
import type { Handlers } from './types.ts';

const WRITES = ['run.start', 'run.resume', 'batch.start', 'batch.resume', 'server.canary', 'mapping.canary'];

const REAL: StoredServer = {
  id: 'a',
  name: 'A',
  url: 'https://a.test/',
  user: 'anna',
  assumeNoMailHook: false,
  calendarOrigins: [],
};

/** Handlers that note what reached them. */
function ask(servers: readonly StoredServer[], mayWrite: boolean) {
  const reached: string[] = [];
  const noting = (route: string) => () => {
    reached.push(route);
    return Promise.resolve({});
  };
  const names = [...WRITES, 'run.pause', 'restore.plan'];
  const handlers = Object.fromEntries(names.map((name) => [name, noting(name)])) as unknown as Handlers;
  let asked = 0;
  const desktop = {
    mayWrite: () => {
      asked += 1;
      return Promise.resolve(mayWrite);
    },
  } as Ports['desktop'];
  const book = { list: () => servers } as Ports['book'];
  const guarded = askBeforeWrites(handlers, { desktop, book }) as unknown as Record<string, () => Promise<unknown>>;
  return { reached, names, asked: () => asked, call: (name: string) => guarded[name]?.() };
}

test('a person who refuses writes to no real server, and reads on', async () => {
  const { reached, call, asked } = ask([REAL], false);
  for (const route of WRITES) {
    await expect(call(route)).rejects.toMatchObject({ failure: { code: 'TEST_BUILD' } });
  }
  await call('restore.plan');
  expect([reached, asked()]).toEqual([['restore.plan'], WRITES.length]);
});

test('one who agrees does, and where there is only the practice server nobody is asked', async () => {
  const agreed = ask([REAL], true);
  for (const name of agreed.names) await agreed.call(name);
  expect(agreed.reached).toEqual(agreed.names);
  const alone = ask([], false);
  for (const name of alone.names) await alone.call(name);
  expect([alone.reached, alone.asked()]).toEqual([alone.names, 0]);
});
