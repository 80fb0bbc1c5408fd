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
const hidden = hasDisplay() ? null : await startXvfb();
if (hidden !== null) say(`There is no display: the window opens on one without a screen (${hidden.display}).`);
await ensureBuilt('window');

// Chromium refuses to run as root with its sandbox; only this script and the tests say so, never the app.
const flags = isRoot() ? ['--no-sandbox'] : [];
const child = spawn(runtime.executable, [...flags, root, ...process.argv.slice(2)], {
  stdio: 'inherit',
  env: { ...process.env, ...(hidden === null ? {} : { DISPLAY: hidden.display }) },
});
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
child.on('exit', (code) => {
  hidden?.stop();
  process.exit(code ?? 1);
});
