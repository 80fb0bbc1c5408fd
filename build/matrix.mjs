import { spawn } from 'node:child_process';
import { parseArgs } from 'node:util';
import { ensureBuilt } from './lib/bundle.mjs';
import { ensureDependencies } from './lib/dependencies.mjs';
import { inRoot } from './lib/root.mjs';

// `npm run matrix`: bends one answer of each request of every job and prints the table (e2e/bends). `--all` runs every
// cell, `--only WORDS` those in whose name the words stand (`JOB | REQUEST | BEND`), else it is a sample; `--seed N` is
// another one. `--silence` prints product × job × mode of the server profiles instead.

const { values } = parseArgs({
  options: {
    all: { type: 'boolean' },
    only: { type: 'string' },
    seed: { type: 'string', default: '1' },
    silence: { type: 'boolean' },
  },
});

await ensureDependencies();
if (values.silence === true) {
  await import('./silence.mjs');
  process.exit();
}
await ensureBuilt('cli');
const vitest = inRoot('node_modules/vitest/vitest.mjs');
// What fails is said when it does, not when its job has ended.
const asked = ['run', 'e2e/bends', '--config', 'build/vitest.crash.config.ts', '--disableConsoleIntercept=true'];
const child = spawn(process.execPath, [vitest, ...asked], {
  cwd: inRoot('.'),
  stdio: 'inherit',
  env: {
    ...process.env,
    HUSHCAL_MATRIX: values.all === true ? 'all' : (values.only ?? ''),
    HUSHCAL_MATRIX_SEED: values.seed,
  },
});
child.on('close', (code) => {
  process.exitCode = code ?? 1;
});
