import { spawn } from 'node:child_process';
import { ensureBuilt } from './lib/bundle.mjs';
import { ensureDependencies } from './lib/dependencies.mjs';
import { ensureRuntime } from './lib/electron/runtime.mjs';
import { giveUp } from './lib/say.mjs';
import { hasDisplay, installCommand, isRoot, missingPackages } from './lib/system.mjs';
import { root } from './lib/root.mjs';

// `npm start [-- arguments for the app]`: installs, fetches and builds what is missing, then opens the app.
await ensureDependencies();
const runtime = await ensureRuntime();
const missing = await missingPackages(runtime.executable, { xvfb: !hasDisplay() });
if (missing.length > 0) {
  giveUp(`Hushcal needs some system libraries to open a window. Type:\n  ${installCommand(missing)}`);
}
if (!hasDisplay()) {
  giveUp('There is no display to open a window on. To run it without a screen, type:\n  xvfb-run -a npm start');
}
await ensureBuilt('window');

// Chromium refuses to run as root with its sandbox; only this script and the tests say so, never the app.
const flags = isRoot() ? ['--no-sandbox'] : [];
const child = spawn(runtime.executable, [...flags, root, ...process.argv.slice(2)], { stdio: 'inherit' });
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
child.on('exit', (code) => process.exit(code ?? 1));
