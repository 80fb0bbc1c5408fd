import { mkdir, rm } from 'node:fs/promises';
import { countVitest } from './test-reports.mjs';
import { ensureBuilt } from '../bundle.mjs';
import { inRoot } from '../root.mjs';
import { runNode } from '../run.mjs';
import { single } from './tally.mjs';
import { vitest } from './vitest.mjs';

const REPORT = inRoot('.cache/vitest-crash.json');

/** Kills the built command line at hundreds of points and lets servers fail on it (e2e/crash), bends their answers (e2e/bends), and flips bits of what is kept. */
export async function runCrashes() {
  await ensureBuilt('cli');
  await mkdir(inRoot('.cache'), { recursive: true });
  await rm(REPORT, { force: true });
  const tests = vitest({ config: 'build/vitest.crash.config.ts', shown: 'dot', report: REPORT });
  const { code } = await timed('kills and faults', tests);
  return countVitest('kills and faults', REPORT, code);
}

/** A few seconds of the fuzzer, always the same ones; `npm run fuzz` goes on from there. */
export async function runShortFuzz() {
  const { code } = await timed('fuzz', [inRoot('build/fuzz.mjs'), '--seconds', '6', '--seed', '1']);
  return single('fuzz', code === 0);
}

async function timed(name, args) {
  const started = Date.now();
  const { code, output } = await runNode(args, { output: 'capture' });
  const seconds = ((Date.now() - started) / 1000).toFixed(1);
  process.stdout.write(
    `${code === 0 ? '✓' : '✗'} ${name} (${seconds} s)\n${code === 0 ? '' : `${output.trimEnd()}\n`}`,
  );
  return { code };
}
