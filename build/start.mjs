import { spawn } from 'node:child_process';
import { ensureBuilt } from './lib/bundle.mjs';
import { ensureDependencies } from './lib/dependencies.mjs';
import { ensureRuntime } from './lib/electron/runtime.mjs';
import { say } from './lib/say.mjs';
import { ensurePackages, hasDisplay, isRoot, missingPackages } from './lib/system.mjs';
import { startXvfb } from './lib/electron/xvfb.mjs';
import { root } from './lib/root.mjs';

// `npm start [-- arguments for the app]`: installs, fetches and builds what is missing, then opens the app.
await ensureDependencies();
const runtime = await ensureRuntime();
// Installs what is missing where it may, as root with apt; else it names the one command.
await ensurePackages(await missingPackages(runtime.executable, { xvfb: !hasDisplay() }));
const hidden = hasDisplay() ? null : await startXvfb({ outlives: true });
let child = null;
passSignals();
if (hidden !== null) say(`There is no display: the window opens on one without a screen (${hidden.display}).`);
await ensureBuilt('window');

// Chromium refuses to run as root with its sandbox; only this script and the tests say so, never the app.
const flags = isRoot() ? ['--no-sandbox'] : [];
child = spawn(runtime.executable, [...flags, root, ...process.argv.slice(2)], {
  stdio: 'inherit',
  // On Windows that would be a console of its own.
  detached: process.platform !== 'win32',
  env: { ...process.env, ...(hidden === null ? {} : { DISPLAY: hidden.display }) },
});
child.on('exit', (code) => {
  hidden?.stop();
  process.exit(code ?? 1);
});

/**
 * The app ends in order at the first signal, and at once at a second one. A terminal and `timeout` signal the whole group,
 * and npm passes it on to us again: so the app is in a group of its own, and hears of each signal from here, once.
 */
function passSignals() {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    let isPassed = false;
    process.on(signal, () => {
      if (child === null) {
        hidden?.stop();
        process.exit(1);
      }
      if (!isPassed) child.kill(signal);
      isPassed = true;
    });
  }
}
