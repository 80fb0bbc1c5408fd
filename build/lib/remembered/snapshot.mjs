import { readdirSync, readFileSync, statSync } from 'node:fs';
import { importsIn } from '../imports.mjs';
import { inRoot } from '../root.mjs';
import { projectFiles } from '../project-files.mjs';
import { sha256 } from './keys.mjs';

const SOURCE = /(?<!\.d)\.(?:tsx?|[cm]?js)$/;

/** The files of the project as they are at this moment, however long the tests take that follow; see {@link keysOf}. */
export function takeSnapshot() {
  const texts = new Map(projectFiles().map((name) => [name, readFileSync(inRoot(name))]));
  const hashes = memo((name) => {
    const text = texts.get(name);
    return text === undefined ? lookUp(name, texts) : sha256(text);
  });
  return {
    hashOf: hashes,
    hashOfAll: memo(() => sha256([...texts.keys()].map((name) => `${name} ${hashes(name)}`).join('\n'))),
    importsOf: memo((name) => importsOf(name, texts.get(name))),
  };
}

/** A folder by the names in it; what lies beside the project, or is built, as it lies there now. */
function lookUp(name, texts) {
  const below = name === '' ? '' : `${name}/`;
  const names = new Set(
    [...texts.keys()].filter((one) => one.startsWith(below)).map((one) => one.slice(below.length).split('/')[0]),
  );
  if (names.size > 0) return sha256([...names].join('\n'));
  try {
    const path = inRoot(name);
    return sha256(statSync(path).isDirectory() ? readdirSync(path).sort().join('\n') : readFileSync(path));
  } catch {
    return 'absent';
  }
}

function importsOf(name, text) {
  return text === undefined || !SOURCE.test(name) ? [] : importsIn(name, text.toString());
}

function memo(make) {
  const made = new Map();
  return (name) => {
    if (!made.has(name)) made.set(name, make(name));
    return made.get(name);
  };
}
