import { mkdir, rm } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { changedFiles } from './changed.mjs';
import { countVitest, passedFiles } from './test-reports.mjs';
import { inRoot } from '../root.mjs';
import { recallTests } from '../remembered/remembered.mjs';
import { RARELY_COLLECTED, runNode } from '../run.mjs';
import { say } from '../say.mjs';
import { single } from './tally.mjs';
import { vitest } from './vitest.mjs';

const VITEST_REPORT = inRoot('.cache/vitest.json');
const bin = (path) => inRoot('node_modules', path);

/**
 * Types of one of the projects, by the native compiler; what did not change since the last time is not read again. TypeScript 6
 * stays for what reads syntax trees: the API of 7 is not there yet. Of several checkers each would work out anew the types that
 * they share.
 */
const tsc = (project) => [
  bin('tsc7/bin/tsc'),
  ...['-p', `build/tsconfig.${project}.json`, '--checkers', '1'],
  ...['--incremental', '--tsBuildInfoFile', inRoot(`.cache/types-${project}.tsbuildinfo`)],
];

const tests = (args = []) =>
  vitest({ config: 'build/vitest.config.ts', shown: 'default', report: VITEST_REPORT, args });

/** What it does not know, or is told to leave, is passed over where it is named, too. */
const format = (files) => [bin('oxfmt/bin/oxfmt'), '--check', '--no-error-on-unmatched-pattern', ...files];

/** Where no file and no rule changed, the answer of the last time counts: a changed, new or lost one is looked at with all. */
const directions = [
  ...[bin('dependency-cruiser/bin/dependency-cruise.mjs'), '--config', 'build/dependency-cruiser.cjs'],
  ...['--cache', inRoot('.cache/directions'), '--cache-strategy', 'content'],
  ...['electron', 'shared', 'renderer', 'e2e'],
];

/** What needs all files however few changed. */
const WHOLE = [
  ['types of electron', tsc('node')],
  ['types of renderer', tsc('web')],
  ['types of shared', tsc('shared')],
  ['import directions', directions],
];

/** Everything that needs no display, the longest first. */
function allSteps(remembers) {
  const first = remembers ? changedTests() : ['tests', tests(), countTests];
  return [first, ['lint', [inRoot('build/lint.mjs')]], ...WHOLE, ['format', format([])]];
}

/** The tests that have not passed since something changed that they are made of. */
function changedTests() {
  const { unchanged, env, keep } = recallTests();
  const args = ['--passWithNoTests', ...unchanged.flatMap((file) => ['--exclude', file])];
  const count = async (code) => {
    keep(await passedFiles(VITEST_REPORT, code));
    if (unchanged.length > 0)
      say(`  ${String(unchanged.length)} files of tests are as they were when they passed: not run again`);
    return countTests(code);
  };
  return ['tests', tests(args), count, env];
}

/** The same for what changed: these files, and the tests that import them. */
async function changedSteps() {
  const { base, files } = await changedFiles();
  const linted = files.filter((file) => /\.(?:tsx?|[cm]?js)$/.test(file));
  return [
    ['tests', tests(['--changed', base, '--passWithNoTests']), countTests],
    ...(linted.length === 0 ? [] : [['lint', [inRoot('build/lint.mjs'), ...linted]]]),
    ...WHOLE,
    ...(files.length === 0 ? [] : [['format', format(files)]]),
  ];
}

/**
 * Runs all steps, as many at a time as there are processors, and prints each when it ends.
 * @param changed only for what differs from the main branch
 * @param remembers without tests that passed, and are made of what they were made of then
 */
export async function runChecks({ changed = false, remembers = false } = {}) {
  await mkdir(inRoot('.cache'), { recursive: true });
  await rm(VITEST_REPORT, { force: true });
  const waiting = await (changed ? changedSteps() : allSteps(remembers));
  const outcomes = [];
  const work = async () => {
    for (let step = waiting.shift(); step !== undefined; step = waiting.shift()) outcomes.push(await runStep(...step));
  };
  await Promise.all(Array.from({ length: availableParallelism() }, work));
  return outcomes;
}

async function runStep(name, args, count = (code) => single(name, code === 0), env = {}) {
  const started = Date.now();
  const { code, output } = await runNode(args, { output: 'capture', env: { ...RARELY_COLLECTED, ...env } });
  const seconds = ((Date.now() - started) / 1000).toFixed(1);
  process.stdout.write(
    `${code === 0 ? '✓' : '✗'} ${name} (${seconds} s)\n${code === 0 ? '' : `${output.trimEnd()}\n`}`,
  );
  return count(code);
}

function countTests(code) {
  return countVitest('tests', VITEST_REPORT, code);
}
