import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';

const IMPORT = /(?:\bfrom|\bimport)\s*\(?\s*['"](\.{1,2}\/[^'"]+)['"]/g;

/**
 * For each of the files (absolute paths) a digest of its text and of all that it imports, at any distance: what a rule
 * that knows types can have looked at. Packages are not followed; a lock file stands for them.
 */
export function closureHashes(files) {
  const known = new Map();
  return new Map(files.map((file) => [file, hashOf(reach(file, known), known)]));
}

function reach(first, known) {
  const reached = new Set([first]);
  for (const file of reached) for (const next of read(file, known).imports) reached.add(next);
  return [...reached].sort();
}

function hashOf(files, known) {
  const hash = createHash('sha256');
  for (const file of files) hash.update(`${file}\0${read(file, known).hash}\n`);
  return hash.digest('hex');
}

function read(file, known) {
  const seen = known.get(file);
  if (seen !== undefined) return seen;
  const text = readFileSync(file, 'utf8');
  const imports = [...text.matchAll(IMPORT)].flatMap(([, specifier]) => targets(resolve(dirname(file), specifier)));
  const entry = { hash: createHash('sha256').update(text).digest('hex'), imports };
  known.set(file, entry);
  return entry;
}

/** The module, and the declarations beside it. */
function targets(path) {
  return [path, path.replace(/\.mjs$/, '.d.mts')].filter(
    (file, at, all) => all.indexOf(file) === at && existsSync(file),
  );
}
