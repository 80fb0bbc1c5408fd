import { posix } from 'node:path';

const IMPORT = /(?:from|import)\s*\(?\s*'(\.[^'?]+)/g;

/** The files that a module of the project names in its imports, as paths from the top of the project; see {@link projectFiles}. */
export function importsIn(name, text) {
  return [...text.matchAll(IMPORT)].map(([, specifier]) => posix.join(posix.dirname(name), specifier));
}
