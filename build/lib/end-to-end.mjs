import { rm } from 'node:fs/promises';
import { countPlaywright } from './test-reports.mjs';
import { ensureBuilt } from './bundle.mjs';
import { ensurePackaged } from './pack.mjs';
import { ensurePackages, hasDisplay, missingPackages } from './system.mjs';
import { ensureRuntime } from './runtime.mjs';
import { inRoot } from './root.mjs';
import { runNode } from './run.mjs';
import { startXvfb } from './xvfb.mjs';

const REPORT = inRoot('.cache/playwright.json');

/** Makes the machine ready for a real Electron: runtime, system libraries, and a keyring to test with. */
export async function prepareElectron() {
  const runtime = await ensureRuntime();
  await ensurePackages(await missingPackages(runtime.executable, { xvfb: !hasDisplay(), keyring: true }));
  return runtime;
}

/** Builds, packs, and runs the Playwright tests in the real Electron. `args` go to Playwright. */
export async function runEndToEnd(runtime, args) {
  await ensureBuilt('window');
  await ensureBuilt('cli');
  const packed = await ensurePackaged(runtime);
  await rm(REPORT, { force: true });
  const xvfb = hasDisplay() ? null : await startXvfb();
  try {
    const { code } = await runNode(
      [inRoot('node_modules/@playwright/test/cli.js'), 'test', '--config', 'e2e/playwright.config.ts', ...args],
      { env: environment(runtime, packed, xvfb) },
    );
    return await countPlaywright('end to end', REPORT, code);
  } finally {
    xvfb?.stop();
  }
}

function environment(runtime, packed, xvfb) {
  return {
    ...process.env,
    ...(xvfb === null ? {} : { DISPLAY: xvfb.display }),
    HUSHCAL_E2E_ELECTRON: runtime.executable,
    HUSHCAL_E2E_PACKED: packed,
    PLAYWRIGHT_JSON_OUTPUT_NAME: REPORT,
  };
}
