import { mkdir, rm } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { countVitest } from './test-reports.mjs';
import { inRoot } from './root.mjs';
import { runNode } from './run.mjs';
import { single } from './tally.mjs';

const bin = (path) => inRoot('node_modules', path);
const tsc = (project) => [bin('typescript/bin/tsc'), '-p', `build/tsconfig.${project}.json`];
const VITEST_REPORT = inRoot('.cache/vitest.json');

/** Everything that needs no display, the longest first. */
const STEPS = [
  [
    'tests',
    [
      bin('vitest/vitest.mjs'),
      'run',
      '--config',
      'build/vitest.config.ts',
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=${VITEST_REPORT}`,
    ],
    countTests,
  ],
  ['lint', [bin('eslint/bin/eslint.js'), '--config', 'build/eslint.config.js', '.', '--max-warnings', '0']],
  ['types of electron', tsc('node')],
  ['types of renderer', tsc('web')],
  ['types of shared', tsc('shared')],
  [
    'format',
    [
      bin('prettier/bin/prettier.cjs'),
      '--config',
      'build/prettier.json',
      '--ignore-path',
      'build/prettierignore',
      '--check',
      '.',
    ],
  ],
  [
    'import directions',
    [
      bin('dependency-cruiser/bin/dependency-cruise.mjs'),
      '--config',
      'build/dependency-cruiser.cjs',
      'electron',
      'shared',
      'renderer',
      'e2e',
    ],
  ],
];

/** Runs all steps, as many at a time as there are processors, and prints each when it ends. */
export async function runChecks() {
  await mkdir(inRoot('.cache'), { recursive: true });
  await rm(VITEST_REPORT, { force: true });
  const waiting = [...STEPS];
  const outcomes = [];
  const work = async () => {
    for (let step = waiting.shift(); step !== undefined; step = waiting.shift()) outcomes.push(await runStep(...step));
  };
  await Promise.all(Array.from({ length: availableParallelism() }, work));
  return outcomes;
}

async function runStep(name, args, count = (code) => single(name, code === 0)) {
  const started = Date.now();
  const { code, output } = await runNode(args, { output: 'capture' });
  const seconds = ((Date.now() - started) / 1000).toFixed(1);
  process.stdout.write(
    `${code === 0 ? '✓' : '✗'} ${name} (${seconds} s)\n${code === 0 ? '' : `${output.trimEnd()}\n`}`,
  );
  return count(code);
}

function countTests(code) {
  return countVitest('tests', VITEST_REPORT, code);
}
