import { expect } from '@playwright/test';
import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Bridge, Envelope, RouteInput, RouteName, RouteOutput } from '../../shared/ipc/contract.ts';
import type { RunningApp } from './running-app.ts';

/*
 * A standing app goes back, after each test, to how it was when it started: by the routes of the product, and by deleting
 * runs and the files of the test while nothing runs. Then all that a test can leave behind is held against what was there at the start, so
 * that a leak fails in the test that made it, by name, and not in another one.
 */

/** What stands, and how it goes back to its first state. */
export interface FirstState {
  readonly comeBack: () => Promise<void>;
  /** To be called on an app that was started again on the same profile, before anybody uses it: it is what stands from here on. */
  readonly startedAgain: (app: RunningApp) => Promise<void>;
}

/** To be called once, on an app that nobody used. */
export async function rememberFirstState(begun: RunningApp): Promise<FirstState> {
  await rememberMain(begun);
  const log = await readFile(logOf(begun), 'utf8');
  let app = begun;
  let controls = await controlsOf(app);
  let first = await stateOf(app, controls);
  return {
    comeBack: async () => {
      await restoreMain(app, first.window.size);
      // What a fault or a delay on the practice server holds up would not end.
      await control(controls, 'DELETE', 'faults');
      await control(controls, 'POST', 'delay', { delayMs: 0 });
      await endJobs(app);
      await emptyLists(app, first);
      for (const name of await filesIn(app)) await rm(join(app.userData, name), { recursive: true, force: true });
      await writeFile(logOf(app), log);
      await app.page.emulateMedia({ colorScheme: 'no-preference', reducedMotion: null });
      await app.page.mouse.move(0, 0);
      await app.page.reload();
      expect(await stateOf(app, controls), 'the app as it was at its start').toEqual(first);
      app.problems.length = 0;
      app.stderr.length = 0;
    },
    startedAgain: async (again) => {
      await rememberMain(again);
      const before = controls.origin;
      controls = await controlsOf(again);
      // The practice server takes another port where somebody else has taken its own meanwhile.
      first = JSON.parse(JSON.stringify(first).replaceAll(before, controls.origin)) as State;
      app = again;
    },
  };
}

async function controlsOf(app: RunningApp): Promise<URL> {
  const { url } = await app.ask('practice.state', {});
  return new URL(`/_practice/${app.practiceToken}/`, url);
}

/** What the app itself says of all that a test may change. */
const READ = [
  'app.info',
  'settings.get',
  'server.list',
  'recent.list',
  'source.waiting',
  'run.active',
  'batch.active',
  'history.list',
  'history.damaged',
  'history.audit',
  'batch.list',
  'project.list',
  'rules.list',
  'practice.state',
] as const;
type Said = { readonly [R in (typeof READ)[number]]: RouteOutput<R> };
interface State {
  readonly said: Said;
  readonly faults: unknown;
  readonly files: readonly string[];
  readonly window: Awaited<ReturnType<typeof windowOf>>;
}

/** All that a test may change and the next one would see. */
export async function stateOf(app: RunningApp, controls: URL): Promise<State> {
  const answers = await askAll(app, READ);
  const said = Object.fromEntries(READ.map((route, at) => [route, answers[at]])) as Said;
  const faults = await control(controls, 'GET', 'faults');
  return { said, faults, files: await filesIn(app), window: await windowOf(app) };
}

type Asked<R extends RouteName> = R | readonly [R, RouteInput<R>];

/** Requests that follow one another, sent by one: each way into the page costs more than its answer. */
async function askAll(app: RunningApp, requests: readonly Asked<RouteName>[]): Promise<readonly unknown[]> {
  const all = requests.map((one) => (typeof one === 'string' ? ([one, {}] as const) : one));
  const answers = await app.page.evaluate(async (given) => {
    const { hushcal } = globalThis as unknown as { hushcal: Bridge };
    const texts: string[] = [];
    for (const [route, input] of given) texts.push(await hushcal.request(route, input));
    return texts;
  }, all);
  return answers.map((text, at) => {
    const answer = JSON.parse(text) as Envelope<unknown>;
    if (answer.ok) return answer.value;
    throw new Error(`${all[at]?.[0] ?? ''}: ${answer.failure.message}`);
  });
}

async function goingIn(app: RunningApp): Promise<readonly unknown[]> {
  return askAll(app, ['run.active', 'batch.active']);
}

async function endJobs(app: RunningApp): Promise<void> {
  const [runs, batches] = (await goingIn(app)) as [string[], string[]];
  if (runs.length + batches.length === 0) return;
  // One that has ended meanwhile refuses.
  for (const runId of runs) await app.request('run.stop', { runId });
  for (const batchId of batches) await app.request('batch.stop', { batchId });
  await expect.poll(() => goingIn(app), 'jobs end when they are stopped').toEqual([[], []]);
}

async function emptyLists(app: RunningApp, { said }: State): Promise<void> {
  const { connections, notifications } = said['settings.get'];
  const added = (await app.ask('server.list', {})).filter(({ practice }) => !practice);
  await askAll(app, [
    'server.cancel',
    ...added.map(({ id }) => ['server.remove', { id }] as const),
    'source.put_aside',
    'recent.clear',
    ['app.set_theme', { theme: said['app.info'].theme }],
    'settings.standard_runs',
    ['settings.change', { connections, notifications }],
    'practice.reset',
  ]);
}

/** Asks the controls of the app's practice server. */
async function control(controls: URL, method: string, what: string, body?: object): Promise<unknown> {
  const init = body === undefined ? { method } : { method, body: JSON.stringify(body) };
  const answer = await fetch(new URL(what, controls), init);
  if (!answer.ok) throw new Error(`${method} ${what}: ${answer.status}`);
  return answer.status === 204 ? null : answer.json();
}

/** What tests put in the place of Electron's own. */
interface FirstMain {
  readonly globals: readonly string[];
  readonly owners: readonly { readonly owner: object; readonly own: readonly [string, unknown][] }[];
}

async function rememberMain({ electron }: RunningApp): Promise<void> {
  await electron.evaluate(({ dialog, Menu, shell }) => {
    const owners = [dialog, shell, Menu.prototype].map((owner) => ({ owner, own: Object.entries(owner) }));
    const firstMain: FirstMain = { globals: [...Object.keys(globalThis), 'firstMain'], owners };
    Object.assign(globalThis, { firstMain });
  });
}

/** @param size of the window, in points */
async function restoreMain({ electron }: RunningApp, size: readonly number[]): Promise<void> {
  await electron.evaluate(({ BrowserWindow }, [width = 0, height = 0]) => {
    const { globals, owners } = (globalThis as unknown as { firstMain: FirstMain }).firstMain;
    for (const { owner, own } of owners) Object.assign(owner, Object.fromEntries(own));
    for (const name of Object.keys(globalThis)) if (!globals.includes(name)) Reflect.deleteProperty(globalThis, name);
    const [window] = BrowserWindow.getAllWindows();
    window?.webContents.setZoomFactor(1);
    window?.setContentSize(width, height);
  }, size);
}

async function windowOf({ electron, page }: RunningApp) {
  const of = await electron.evaluate(({ BrowserWindow, nativeTheme }) => {
    const windows = BrowserWindow.getAllWindows();
    const [first] = windows;
    const { owners } = (globalThis as unknown as { firstMain: FirstMain }).firstMain;
    const replaced = owners.flatMap(({ owner, own }) =>
      own.filter(([name, value]) => Reflect.get(owner, name) !== value).map(([name]) => name),
    );
    return {
      windows: windows.length,
      size: first?.getContentSize() ?? [],
      zoom: first?.webContents.getZoomFactor(),
      large: first?.isMaximized() === true || first?.isFullScreen() === true || first?.isMinimized() === true,
      theme: nativeTheme.themeSource,
      globals: Object.keys(globalThis),
      replaced,
    };
  });
  return { ...of, page: page.url() };
}

/**
 * What stays in a profile: Chromium's own, which has a capital letter or its name, and what is emptied by the app itself, also
 * while it is being written beside its place.
 */
const STAYS =
  /^(?:[A-Z].*|\.org\.chromium\..*|blob_storage|databases|shared_proto_db|lockfile|practice|(?:passwords|recent|servers|settings)\.json(?:\.[0-9a-f]{8})?)$/;

/** The folder of runs is among them, and what a test has put there. */
async function filesIn({ userData }: RunningApp): Promise<readonly string[]> {
  return (await readdir(userData)).filter((name) => !STAYS.test(name)).sort();
}

function logOf({ userData }: RunningApp): string {
  return join(userData, 'log.txt');
}
