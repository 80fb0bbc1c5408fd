// npm run bench [NAME…] [-- --rounds N --scale 0.1]: bundles the benchmarks, runs each in turn, prints its table and
// keeps it in build/bench/results/. Exits 1 when a figure is not met.
import { spawn } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { build } from 'vite';
import { ensureBuilt } from '../lib/bundle.mjs';
import { ensureDependencies } from '../lib/dependencies.mjs';
import { prepareElectron } from '../lib/steps/end-to-end.mjs';
import { root } from '../lib/root.mjs';
import { hasDisplay } from '../lib/system.mjs';
import { startXvfb } from '../lib/electron/xvfb.mjs';

const { values, positionals } = parseArgs({
  options: { rounds: { type: 'string' }, scale: { type: 'string' } },
  allowPositionals: true,
});
/** Needs the window. */
const IN_WINDOW = ['window', 'proof', 'turns'];
/** A walk through the app that prints what it sees, no contest: only when it is named. */
const BY_HAND = ['proof'];

const here = fileURLToPath(new URL('.', import.meta.url));
const outDir = fileURLToPath(new URL('../../out/bench/', import.meta.url));
const scripts = (folder) => readdirSync(here + folder).filter((name) => name.endsWith('.ts'));
const names = scripts('.').map((name) => name.slice(0, -3));
const unknown = positionals.filter((name) => !names.includes(name));
if (unknown.length > 0) {
  console.error(`No such benchmark: ${unknown.join(', ')}. There are: ${names.join(', ')}.`);
  process.exit(2);
}
const wanted = positionals.length > 0 ? positionals : names.filter((name) => !BY_HAND.includes(name));

await ensureDependencies();
if (['start', 'one-run'].some((name) => wanted.includes(name))) await ensureBuilt('cli');
const input = Object.fromEntries([
  ...names.map((name) => [name, `${here}${name}.ts`]),
  ...scripts('work').map((name) => [`work/${name.slice(0, -3)}`, `${here}work/${name}`]),
]);
await build({
  configFile: false,
  logLevel: 'warn',
  ssr: { noExternal: true, external: ['@playwright/test'] },
  build: {
    ssr: true,
    outDir,
    target: 'node20',
    rolldownOptions: { input, output: { entryFileNames: '[name].mjs', chunkFileNames: 'chunk-[name]-[hash].mjs' } },
  },
});

const forwarded = Object.entries(values).flatMap(([name, value]) => [`--${name}`, value]);
let failed = false;
for (const name of wanted) {
  const window = IN_WINDOW.includes(name) ? await prepareWindow() : null;
  const env = { ...process.env, ...window?.env };
  const child = spawn(process.execPath, [`${outDir}${name}.mjs`, ...forwarded], { stdio: 'inherit', cwd: root, env });
  const code = await new Promise((resolve) => child.once('exit', resolve));
  window?.stop();
  failed ||= code !== 0;
}
process.exit(failed ? 1 : 0);

/** The real Electron, the built app, and a display where there is none. */
async function prepareWindow() {
  const { executable } = await prepareElectron();
  await ensureBuilt('window');
  const xvfb = hasDisplay() ? null : await startXvfb();
  return {
    env: { HUSHCAL_E2E_ELECTRON: executable, ...(xvfb === null ? {} : { DISPLAY: xvfb.display }) },
    stop: () => xvfb?.stop(),
  };
}
