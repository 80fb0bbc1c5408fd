import { _electron, expect, test as base, type ElectronApplication, type Page } from '@playwright/test';
import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { askAgain } from './ask-again.ts';
import { displayVariables } from './displays.ts';
import { rememberFirstState, type FirstState } from './first-state.ts';
import type { RunningApp } from './running-app.ts';
import { expectNoCommandWords } from './sight.ts';
import type { Bridge, Envelope, RouteInput, RouteName, RouteOutput } from '../../shared/ipc/contract.ts';

export type { RunningApp } from './running-app.ts';

/** Chromium's own log, the debugger that Playwright uses, and libraries of the desktop: nothing of ours. */
const NOISE = /^\[\d+:\d+\/[\d.]+:|debugger|^Debugger|^For help, see|--trace-warnings|dbus|Gtk-|libva|^\s*$/;

const PRACTICE_PASSWORD = 'only for tests';
const PRACTICE_TOKEN = 'practice-token';
// By the root that everything is started in: a benchmark bundles this file into another folder.
const HOLD = join(process.cwd(), 'e2e/harness/hold.cjs');

export interface LaunchOptions {
  /** A folder to start with again; without it a new one is made, and deleted at the end. */
  readonly userData?: string;
  /** The packed app instead of the built one. */
  readonly packed?: boolean;
  readonly env?: Readonly<Record<string, string>>;
  /** As at the very first start, pictures and all. */
  readonly first?: boolean;
  /** Switches of Chromium. */
  readonly args?: readonly string[];
  /** What the desktop asks to open. */
  readonly files?: readonly string[];
}

export async function launchApp(options: LaunchOptions = {}): Promise<RunningApp> {
  const userData = options.userData ?? (await newProfile(options.first === true));
  const electron = await _electron.launch({
    ...commandOf(options, [...(options.packed === true ? [] : ['-r', HOLD, '.']), ...(options.files ?? [])]),
    env: environmentOf(userData, options),
    colorScheme: 'no-preference',
  });
  askAgain(electron);
  const stderr: string[] = [];
  electron.process().stderr?.on('data', (chunk) => {
    stderr.push(
      ...String(chunk)
        .split('\n')
        .filter((line) => !NOISE.test(line)),
    );
  });
  const page = await electron.firstWindow();
  await allowWrites(electron);
  const problems = watch(page);
  await page.waitForLoadState('load');
  const request: RunningApp['request'] = (route, input) => requestFrom(page, route, input);
  return {
    electron,
    page,
    userData,
    practicePassword: PRACTICE_PASSWORD,
    practiceToken: PRACTICE_TOKEN,
    problems,
    stderr,
    request,
    ask: async (route, input) => {
      const answer = await request(route, input);
      if (answer.ok) return answer.value;
      throw new Error(`${route}: ${answer.failure.code}: ${answer.failure.message}`);
    },
    close: () => electron.close(),
    kill: async () => {
      const child = electron.process();
      if (child.exitCode !== null || child.signalCode !== null) return;
      const ended = new Promise((resolve) => child.once('exit', resolve));
      child.kill('SIGKILL');
      await ended;
    },
  };
}

function commandOf(
  { packed = false, args = [] }: LaunchOptions,
  rest: readonly string[],
): { readonly executablePath: string; readonly args: string[] } {
  const executablePath = fromEnvironment(packed ? 'HUSHCAL_E2E_PACKED' : 'HUSHCAL_E2E_ELECTRON');
  return { executablePath, args: [...sandboxFlags(), ...args, ...rest] };
}

function environmentOf(userData: string, { env = {} }: LaunchOptions): Record<string, string> {
  return {
    ...definedOnly(process.env),
    ...displayVariables(),
    ...env,
    HUSHCAL_USER_DATA: userData,
    HUSHCAL_PRACTICE_PASSWORD: PRACTICE_PASSWORD,
    HUSHCAL_PRACTICE_TOKEN: PRACTICE_TOKEN,
  };
}

/** Starts the program once more, as a desktop does that opens files; it ends by itself. Gives its exit code. */
export async function openFromDesktop(
  userData: string,
  files: readonly string[],
  packed = false,
): Promise<number | null> {
  const { executablePath, args } = commandOf({ packed }, [...(packed ? [] : ['.']), ...files]);
  const second = spawn(executablePath, args, { env: environmentOf(userData, {}), stdio: 'ignore' });
  return new Promise((resolve) => second.once('exit', resolve));
}

/** A new profile; the pictures of the first start were seen there, unless a test is about them. */
export async function newProfile(first = false): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'hushcal-e2e-'));
  const settings = { theme: 'system', bounds: null, introduced: true, practicePort: null };
  if (!first) await writeFile(join(folder, 'settings.json'), JSON.stringify(settings));
  return folder;
}

/** The question of a test build is answered: its tests are what it is for. */
async function allowWrites(electron: ElectronApplication): Promise<void> {
  await electron.evaluate(({ dialog }) => {
    const show = dialog.showMessageBox.bind(dialog) as (
      ...given: unknown[]
    ) => Promise<{ response: number; checkboxChecked: boolean }>;
    dialog.showMessageBox = (...given: unknown[]) => {
      const isOurs = given.some(
        (one) => typeof one === 'object' && one !== null && 'title' in one && one.title === 'Test build',
      );
      return isOurs ? Promise.resolve({ response: 1, checkboxChecked: false }) : show(...given);
    };
  });
}

interface Standing extends FirstState {
  app: RunningApp;
}

/**
 * Playwright's `test` with a started app, which must end without a problem in its console. `hushcal` stands as long as its
 * worker, and is brought back to its first state after each test; a test that has ended it goes on with what `startAgain` gives:
 * the app started on the same profile, which stands from then on. `alone` has a profile of its own, for what would stay in one.
 */
export const test = base.extend<
  { hushcal: RunningApp; startAgain: () => Promise<RunningApp>; alone: RunningApp },
  { standing: Standing }
>({
  // Playwright demands the destructured object even where nothing is taken from it.
  standing: [
    async ({ browserName: _unused }, use) => {
      let app = await launchApp();
      try {
        const standing: Standing = { app, ...(await rememberFirstState(app)) };
        await use(standing).finally(() => ({ app } = standing));
      } finally {
        await endForGood(app);
      }
    },
    { scope: 'worker' },
  ],
  hushcal: async ({ standing }, use, info) => {
    await use(standing.app);
    await expectNoProblem(standing.app);
    // After a test that failed the worker ends, and its app with it.
    if (info.status === info.expectedStatus) await standing.comeBack();
  },
  startAgain: async ({ standing }, use) => {
    await use(async () => {
      expectQuiet(standing.app);
      standing.app = await launchApp({ userData: standing.app.userData });
      await standing.startedAgain(standing.app);
      return standing.app;
    });
  },
  alone: async ({ browserName: _unused }, use) => {
    const app = await launchApp();
    try {
      await use(app);
      await expectNoProblem(app);
    } finally {
      await endForGood(app);
    }
  },
});

async function endForGood(app: RunningApp): Promise<void> {
  await endWithHelpers(app).catch(() => undefined);
  await deleteProfile(app.userData);
}

/** Playwright starts the app as the head of a group, where its helpers are, too: left alone they write for a moment longer. */
async function endWithHelpers(app: RunningApp): Promise<void> {
  const { pid } = app.electron.process();
  if (pid !== undefined && process.platform !== 'win32') process.kill(-pid, 'SIGKILL');
  await app.kill();
}

async function expectNoProblem(app: RunningApp): Promise<void> {
  if (!app.page.isClosed()) await expectNoCommandWords(app.page);
  expectQuiet(app);
}

function expectQuiet({ problems, stderr }: RunningApp): void {
  expect(problems, 'errors in the console of the page').toEqual([]);
  expect(stderr, 'standard error of the main process').toEqual([]);
}

/** The helpers of a killed Electron write for a moment longer. */
export async function deleteProfile(userData: string): Promise<void> {
  await rm(userData, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
}

function watch(page: Page): string[] {
  const problems: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') problems.push(message.text());
  });
  page.on('pageerror', (error) => problems.push(String(error)));
  page.on('crash', () => problems.push('the page crashed'));
  return problems;
}

/** What comes back has been made by main, which checks it against the contract. */
async function requestFrom<R extends RouteName>(
  page: Page,
  route: R,
  input: RouteInput<R>,
): Promise<Envelope<RouteOutput<R>>> {
  const answer = await page.evaluate(
    ([name, value]) => (globalThis as unknown as { hushcal: Bridge }).hushcal.request(name, value),
    [route, input] as const,
  );
  return JSON.parse(answer) as Envelope<RouteOutput<R>>;
}

/** Chromium refuses to run as root with its sandbox: the harness says so, never the app. */
function sandboxFlags(): string[] {
  return process.getuid?.() === 0 ? ['--no-sandbox'] : [];
}

function fromEnvironment(name: string): string {
  const value = process.env[name];
  if (value === undefined) throw new Error(`${name} is not set. Start the tests with: npm run test:e2e`);
  return value;
}

function definedOnly(env: NodeJS.ProcessEnv): Record<string, string> {
  return Object.fromEntries(Object.entries(env).filter((entry): entry is [string, string] => entry[1] !== undefined));
}
