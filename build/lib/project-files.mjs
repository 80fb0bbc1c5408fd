import { readdirSync } from 'node:fs';
import { inRoot } from './root.mjs';

/** As `.gitignore` has them: what is installed, built and kept for the next time. */
const NOT_OURS = ['.git', 'node_modules', 'out', 'dist', '.cache', 'e2e/output'];

/**
 * The files of the project below a folder ('': all), as paths from its top with `/`. Git is not asked: a copy without it has the
 * same files.
 */
export function projectFiles(folder = '') {
  return readdirSync(inRoot(folder), { withFileTypes: true })
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
      if (NOT_OURS.includes(path) || entry.name.endsWith('.tsbuildinfo')) return [];
      return entry.isDirectory() ? projectFiles(path) : [path];
    });
}
