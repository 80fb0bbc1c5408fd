import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, isAbsolute, relative, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, expect } from 'vitest';
import { EVERYTHING, READS_VARIABLE, watchReads } from './reads.mjs';
import { root } from '../root.mjs';

/*
 * Before each file of tests, where `npm run check` wants to know what tests read: notes it, module by module, in a file of this
 * process. A file of modules that stand already is read again by nobody, which is why all is kept until the process ends.
 */

/** Made anew or installed, and never changed by a person. */
const NOT_READ = /^(?:node_modules|\.cache|\.git)(?:\/|$)/;
const HOME = dirname(root);
const OWN = 'build/lib/remembered/';
/** Folders beside the project that tests read where they are there. */
const BESIDE = /^\.\.\/shared(?:\/|$)/;

/** A path from the top of the project with `/`; null where it is none of ours. */
function ours(path) {
  // Most are of a temporary folder.
  if (isAbsolute(path) && !path.startsWith(HOME)) return null;
  const name = relative(root, resolve(path)).split(sep).join('/');
  if (isAbsolute(name) || NOT_READ.test(name)) return null;
  return name.startsWith('..') && !BESIDE.test(name) ? null : name;
}

function begin() {
  const reads = new Map();
  const add = (module, name) => {
    const names = reads.get(module) ?? new Set();
    reads.set(module, names.add(name));
  };
  watchReads(
    (path) => ours(path) !== null,
    (modules, path) => {
      const name = path === EVERYTHING ? path : ours(path);
      const helpers = modules.map((one) => ours(one.startsWith('file:') ? fileURLToPath(one) : one)).filter(isHelper);
      for (const module of new Set([ours(expect.getState().testPath ?? ''), ...helpers])) add(module, name);
    },
  );
  return reads;
}

/**
 * A module that is there for tests may keep what it read for the next of them. The product reads what it is told to: by the test
 * that runs.
 */
function isHelper(module) {
  return module !== null && /^(?:build|e2e)\/|\/testing\/|\.fixture\.ts$/.test(module) && !module.startsWith(OWN);
}

const KEY = Symbol.for('hushcal.reads');
const reads = (globalThis[KEY] ??= begin());

afterAll(() => {
  const folder = process.env[READS_VARIABLE] ?? '';
  mkdirSync(folder, { recursive: true });
  const all = Object.fromEntries([...reads].map(([module, names]) => [module, [...names].sort()]));
  writeFileSync(`${folder}/${String(process.pid)}.json`, JSON.stringify(all));
});
