import { rm } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { countPlaywright } from './test-reports.mjs';
import { ensureBuilt } from '../bundle.mjs';
import { ensurePackaged } from '../electron/pack.mjs';
import { ensurePackages, hasDisplay, missingPackages } from '../system.mjs';
import { ensureRuntime } from '../electron/runtime.mjs';
import { inRoot } from '../root.mjs';
import { runNode } from '../run.mjs';
import { startXvfb } from '../electron/xvfb.mjs';

const REPORT = inRoot('.cache/playwright.json');
/** More apps at once than this wait for each other's drawing. */
const WORKERS = 2;

/** Makes the machine ready for a real Electron: runtime, system libraries, and a keyring to test with. */
export async function prepareElectron() {
  const runtime = await ensureRuntime();
  await ensurePackages(await missingPackages(runtime.executable, { xvfb: !hasDisplay(), keyring: true }));
  return runtime;
}

/** Builds and packs the app where something of it changed. Gives the path of the packed program. */
export async function packApp(runtime) {
  await ensureBuilt('window');
  await ensureBuilt('cli');
  return ensurePackaged(runtime);
}

/** Builds, packs, and runs the Playwright tests in the real Electron. `args` go to Playwright. */
export function runEndToEnd(runtime, args, env) {
  return runPlaywright('end to end', 'e2e/playwright.config.ts', runtime, args, env);
}

/** The window against real servers, which must be installed. */
export function runOnServers(runtime, args, env) {
  return runPlaywright('window on servers', 'e2e/servers/playwright.config.ts', runtime, args, env);
}

/** The same for the pictures of every screen, which are no part of the tests. */
export function runScreens(runtime, args) {
  return runPlaywright('screens', 'e2e/screens/playwright.config.ts', runtime, args);
}

async function runPlaywright(name, config, runtime, args, env = {}) {
  const packed = await packApp(runtime);
  await rm(REPORT, { force: true });
  // Each worker has a display of its own, so that no window takes the keyboard or the clipboard from another one.
  const count = Math.min(WORKERS, availableParallelism());
  const displays = hasDisplay() ? [] : await Promise.all(Array.from({ length: count }, startXvfb));
  try {
    const { code } = await runNode(
      [inRoot('node_modules/@playwright/test/cli.js'), 'test', '--config', config, ...args],
      { env: { ...environment(runtime, packed, displays), ...env } },
    );
    return await countPlaywright(name, REPORT, code);
  } finally {
    for (const display of displays) display.stop();
  }
}

function environment(runtime, packed, displays) {
  return {
    ...process.env,
    ...(displays.length === 0 ? {} : { HUSHCAL_E2E_DISPLAYS: displays.map(({ display }) => display).join(' ') }),
    HUSHCAL_E2E_ELECTRON: runtime.executable,
    HUSHCAL_E2E_PACKED: packed,
    PLAYWRIGHT_JSON_OUTPUT_NAME: REPORT,
  };
}
