import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { relative, sep } from 'node:path';
import { inRoot, root } from '../root.mjs';
import { keysOf } from './keys.mjs';
import { READS_VARIABLE } from './reads.mjs';
import { takeSnapshot } from './snapshot.mjs';

/*
 * A file of tests that passed is not run again while all is as it was: what it imports, what was read while it ran, and what holds
 * for all tests. Only `npm run check` believes it; `npm test` runs everything, and so does a fresh clone.
 */

const KEPT = inRoot('.cache/remembered.json');
const READS = inRoot('.cache/reads');
/** What each test depends on. */
const FILES = [
  ...['package-lock.json', 'package.json', 'tsconfig.json', 'build/tsconfig.base.json', 'build/vitest.config.ts'],
  ...['build/lib/memory-folder.ts', 'build/lib/property-seed.ts'],
];
const VARIABLES = ['TZ', 'LANG', 'LC_ALL', 'HUSHCAL_SEED', 'HUSHCAL_RUNS'];

/** So many are kept of each test: who goes back to another branch, or takes a change back, finds what passed there. */
const STATES = 8;

/** What is known of the tests before they run. */
export function recallTests() {
  const snapshot = takeSnapshot();
  /** `passed`: test → its keys, the newest first. */
  const kept = readJson(KEPT) ?? { passed: {}, reads: {} };
  const text = [process.version, process.platform, ...VARIABLES.map((name) => process.env[name] ?? '')].join('\n');
  const keys = (tests, reads) => keysOf(tests, snapshot, reads, { files: FILES, text });
  const now = keys(Object.keys(kept.passed), kept.reads);
  rmSync(READS, { recursive: true, force: true });
  return {
    unchanged: [...now].filter(([test, key]) => kept.passed[test].includes(key)).map(([test]) => test),
    env: { [READS_VARIABLE]: READS },
    /** @param passed absolute paths of the files that passed now */
    keep(passed) {
      const reads = merge([kept.reads, ...readsNow()]);
      const tests = passed.map((path) => relative(root, path).split(sep).join('/'));
      const before = (test) => kept.passed[test] ?? [];
      const newest = [...keys(tests, reads)].map(([test, key]) => [test, [key, ...before(test)].slice(0, STATES)]);
      mkdirSync(inRoot('.cache'), { recursive: true });
      writeFileSync(KEPT, JSON.stringify({ passed: { ...kept.passed, ...Object.fromEntries(newest) }, reads }));
    },
  };
}

function readsNow() {
  try {
    return readdirSync(READS).map((name) => readJson(`${READS}/${name}`) ?? {});
  } catch {
    return [];
  }
}

/** Module → all that it was seen to read. */
function merge(all) {
  const merged = {};
  for (const [module, names] of all.flatMap(Object.entries)) {
    merged[module] = [...new Set([...(merged[module] ?? []), ...names])].sort();
  }
  return merged;
}

function readJson(path) {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    return null;
  }
}
