import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join as pathOf } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { startPractice, type PracticeServer } from '../practice/server.ts';
import type { MainCalls } from '../ipc/apart/calls.ts';
import { serveEngine } from '../ipc/apart/serve.ts';
import type { Child } from '../processes/child.ts';
import { childHere } from '../processes/testing/pair.ts';
import { EngineProcess } from './engine-process.ts';

const PAGE = { url: 'app://hushcal/index.html', isTopFrame: true, isOurWindow: true };
const CANARY = 'cAnArY-password';

let folder = '';
let server: PracticeServer;
let engine: EngineProcess;
let child: Child;
let deaths = 0;
/** Where the main process keeps passwords. */
let kept = new Map<string, string>();

beforeEach(async () => {
  folder = await mkdtemp(pathOf(tmpdir(), 'hushcal-engine-'));
  server = await startPractice({ password: CANARY });
  kept = new Map();
  deaths = 0;
  engine = new EngineProcess({
    fork: () => (child = childHere(serveEngine)),
    settings: () => ({
      userData: folder,
      preferences: {
        connections: 8,
        notifications: true,
        runsDir: null,
        standardRunsDir: pathOf(folder, 'runs'),
      },
      tempRoot: folder,
      operator: undefined,
      secrets: { store: 'session', reason: '', places: new Map([...kept.keys()].map((id) => [id, 'session'])) },
      practice: { connection: { url: server.info.base_url, user: 'alice', password: CANARY }, trouble: null },
    }),
    calls: mainCalls(),
    died: () => {
      deaths += 1;
    },
  });
});
afterEach(async () => {
  await engine.close();
  await server.close();
  await rm(folder, { recursive: true, force: true });
});

function mainCalls(): MainCalls {
  const no = (): never => {
    throw new Error('not asked here');
  };
  return {
    info: no,
    noteIntroduced: () => Promise.resolve(),
    setTheme: no,
    choosePaths: no,
    chooseTarget: no,
    printPdf: no,
    showInFolder: no,
    mayWrite: no,
    openedFiles: no,
    progressed: () => undefined,
    ended: () => undefined,
    readSecret: (id) => Promise.resolve(kept.get(id) ?? null),
    keepSecret: (id, password) => {
      kept.set(id, password);
      return Promise.resolve('session');
    },
    forgetSecret: (id) => {
      kept.delete(id);
      return Promise.resolve();
    },
    changePreferences: no,
    setRunsDir: no,
    recentBackups: no,
    recentPaths: no,
    noteBackup: () => Promise.resolve(),
    forgetBackup: no,
    noteServer: () => Promise.resolve(),
    forgetServer: () => Promise.resolve(),
    clearRecents: no,
    systemProxy: () => Promise.resolve('DIRECT'),
    practiceState: no,
    practiceClear: no,
    practiceReset: no,
    practiceStart: no,
    push: () => undefined,
    unexpected: no,
  };
}

const ask = async (route: string, input: object): Promise<unknown> =>
  JSON.parse(await engine.request(PAGE, route, input)) as unknown;

test('a password stays with the main process, comes over for a login, and is known of after a new start', async () => {
  const given = { name: 'Office', url: server.info.base_url, user: 'alice', password: CANARY, remember: true };
  const added = await ask('server.add', given);
  expect(added).toMatchObject({ ok: true, value: { server: { password: 'session' } } });
  expect([...kept.values()]).toEqual([CANARY]);
  expect(JSON.stringify(added)).not.toContain(CANARY);
  const [id = ''] = kept.keys();
  expect(await ask('server.open', { id })).toMatchObject({ ok: true });

  child.kill();
  await child.ended;
  expect(deaths).toBe(1);
  expect(await ask('server.list', {})).toMatchObject({ value: [{ id: 'practice' }, { id, password: 'session' }] });
  expect(await ask('server.forget_password', { id })).toMatchObject({ value: { password: 'missing' } });
  expect(kept.size).toBe(0);
});

test('what was asked of a process that ends fails with a code, and the next request gets a new one', async () => {
  expect(await ask('server.list', {})).toMatchObject({ ok: true });
  const waits = ask('server.open', { id: 'practice' });
  child.kill();
  expect(await waits).toMatchObject({ ok: false, failure: { code: 'ENGINE_ENDED' } });
  expect(await ask('server.open', { id: 'practice' })).toMatchObject({ ok: true });
});

test('a dropped file is known to the request that names it, and no other', async () => {
  const path = pathOf(folder, 'dropped.ics');
  await writeFile(path, 'BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\nEND:VCALENDAR\r\n');
  engine.dropped({ ...PAGE, isOurWindow: false }, [path]);
  expect(await ask('source.drop', { paths: [path] })).toMatchObject({ failure: { code: 'SOURCE_NO_PATH' } });
  engine.dropped(PAGE, [path]);
  expect(await ask('source.drop', { paths: [path] })).toMatchObject({ ok: true });
});

test('both checks hold in the other process, too', async () => {
  const foreign = { ...PAGE, isOurWindow: false };
  expect(JSON.parse(await engine.request(foreign, 'server.list', {}))).toMatchObject({
    failure: { code: 'IPC_FORBIDDEN' },
  });
  expect(await ask('server.list', { surplus: 1 })).toMatchObject({ failure: { code: 'IPC_INVALID_INPUT' } });
});
