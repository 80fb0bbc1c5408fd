import { createHash } from 'node:crypto';
import { EVERYTHING } from './reads.mjs';

/**
 * A key for each test: another one as soon as a module changes that it imports, directly or through others, or something
 * that one of these has read.
 * @param tests names of files
 * @param snapshot what the files are now: `hashOf(name)`, `hashOfAll()`, and `importsOf(name)`, names of files
 * @param reads module → names of what it read
 * @param common names of files that all tests depend on, and other text that they do
 * @returns {Map<string, string>}
 */
export function keysOf(tests, snapshot, reads, common = { files: [], text: '' }) {
  return new Map(
    tests.map((test) => {
      const modules = [...closureOf([test, ...common.files], snapshot.importsOf)];
      const names = new Set([...modules, ...modules.flatMap((module) => reads[module] ?? [])]);
      const lines = [...names].sort().map((name) => `${name} ${hashOf(name, snapshot)}`);
      return [test, sha256([common.text, ...lines].join('\n'))];
    }),
  );
}

function hashOf(name, snapshot) {
  return name === EVERYTHING ? snapshot.hashOfAll() : snapshot.hashOf(name);
}

function closureOf(names, importsOf) {
  const found = new Set(names);
  // What is added on the way is looked at, too.
  for (const name of found) for (const imported of importsOf(name)) found.add(imported);
  return found;
}

export function sha256(content) {
  return createHash('sha256').update(content).digest('hex');
}
