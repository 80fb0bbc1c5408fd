import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { RouteInput, RouteName, RouteOutput } from '../../../shared/ipc/contract.ts';
import { openRecents } from '../../app/recents.ts';
import { openSecrets } from '../../app/secrets.ts';
import { openSettings, preferencesOf } from '../../app/settings.ts';
import { openServerBook } from '../servers/server-book.ts';
import { createEngine, openNetwork, type Engine } from '../../engine/engine.ts';
import { servePractice } from '../../practice/apart.ts';
import { startPractice, type PracticeServer } from '../../practice/server.ts';
import { childHere } from '../../processes/testing/pair.ts';
import { ActiveBatches } from '../runs/active-batches.ts';
import { ActiveRuns } from '../runs/active-runs.ts';
import { DroppedPaths } from '../dropped-paths.ts';
import { dispatch } from '../dispatch.ts';
import { createHandlers } from '../handlers.ts';
import { openPractice } from '../practice.ts';
import type { Desktop } from '../ports.ts';
import { PRACTICE_SAMPLES } from '../samples.ts';

/** The main process without its window: real engine, its own practice server, and another one that a person adds. */
export interface MainProcess {
  readonly engine: Engine;
  readonly folder: string;
  readonly runsDir: string;
  readonly elsewhere: PracticeServer;
  /** Throws where the answer is a failure. */
  ask<R extends RouteName>(route: R, input: RouteInput<R>): Promise<RouteOutput<R>>;
  /** What the next dialogs give. */
  choose(paths: readonly string[]): void;
  /** Waits for every run and batch that is in progress. */
  settled(): Promise<void>;
  close(): Promise<void>;
}

const NO_KEYRING = {
  isEncryptionAvailable: () => false,
  encryptString: () => Buffer.alloc(0),
  decryptString: () => '',
};

/** @param password of the users of the added server */
export async function openMainProcess(password: string): Promise<MainProcess> {
  const folder = await mkdtemp(join(tmpdir(), 'hushcal-main-'));
  const room = openPractice({
    dataDir: join(folder, 'practice'),
    port: null,
    password,
    token: undefined,
    fork: () => childHere(servePractice),
    changed: () => undefined,
    listens: () => Promise.resolve(),
  });
  await room.start();
  const elsewhere = await startPractice({ password });
  let chosen: readonly string[] = [];
  const desktop: Desktop = {
    info: () => Promise.reject(new Error('not asked here')),
    noteIntroduced: () => Promise.resolve(),
    setTheme: () => Promise.resolve(),
    choosePaths: () => Promise.resolve(chosen),
    chooseTarget: () => Promise.resolve(null),
    printPdf: () => Promise.reject(new Error('nothing is printed here')),
    showInFolder: () => undefined,
    mayWrite: () => Promise.resolve(true),
  };
  const push = (): void => undefined;
  const busy = { progressed: () => undefined, ended: () => undefined };
  const runs = new ActiveRuns(push, busy);
  const batches = new ActiveBatches(push, busy);
  const runsDir = join(folder, 'runs');
  const operator = { user: 'tester', uid: 1000, host: 'desk', tool: 'window', version: '1.2.3' } as const;
  const engine = createEngine({ runsDir, tempDir: join(folder, 'temp'), now: () => new Date(), operator });
  const ports = {
    engine,
    desktop,
    secrets: await openSecrets(folder, NO_KEYRING),
    book: await openServerBook(folder),
    preferences: preferencesOf(await openSettings(folder), runsDir),
    recents: await openRecents(folder),
    practice: { ...room.practice, ...PRACTICE_SAMPLES },
    openNetwork,
    drops: new DroppedPaths(),
    opened: () => Promise.resolve([]),
    tempDir: join(folder, 'temp'),
    userData: folder,
  };
  const handlers = createHandlers(ports, runs, push, batches);
  const ask = async <R extends RouteName>(route: R, input: RouteInput<R>): Promise<RouteOutput<R>> => {
    const sender = { url: 'app://hushcal/index.html', isTopFrame: true, isOurWindow: true };
    const envelope = await dispatch(handlers, sender, route, input);
    if (!envelope.ok) throw new Error(`${route}: ${envelope.failure.code}: ${envelope.failure.message}`);
    // It was parsed by the schema of this route.
    return envelope.value as RouteOutput<R>;
  };
  return {
    engine,
    folder,
    runsDir,
    elsewhere,
    ask,
    choose(paths) {
      chosen = paths;
    },
    async settled() {
      while (runs.active().length + batches.active().length > 0) await new Promise((done) => setTimeout(done, 5));
    },
    async close() {
      await runs.stopAll();
      await batches.stopAll();
      await room.close();
      await elsewhere.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
