import { opendir, realpath, stat } from 'node:fs/promises';
import path from 'node:path';

/** Files that a folder holds beside its calendars and that nobody means. */
export const HIDDEN = /^(?:\.|__MACOSX$|Thumbs\.db$|desktop\.ini$)/i;

/** What the walk met and did not go through. */
interface Obstacles {
  /** A file or folder that may not be read. */
  unreadable(where: string, thrown: unknown): void;
  /** A link whose target does not lie in the chosen folder. */
  outside(link: string): void;
  /** A link that leads nowhere, or in a circle. */
  broken(link: string): void;
  /** Neither a file nor a folder: a pipe, a device, a socket. Reading it might never end. */
  special(where: string): void;
}

/**
 * All files of a folder and the folders in it, in a stable order. Links are followed inside the folder, no folder is
 * visited twice. A link that leads out is not followed: who reads the backup may see more than who could put a link
 * into it.
 */
export async function* filesIn(folder: string, obstacles: Obstacles): AsyncGenerator<string> {
  let root: string;
  try {
    root = await realpath(folder);
  } catch (thrown) {
    obstacles.unreadable(folder, thrown);
    return;
  }
  yield* walk(folder, { root, visited: new Set([root]), obstacles });
}

interface Walk {
  /** The chosen folder, all links resolved. */
  readonly root: string;
  readonly visited: Set<string>;
  readonly obstacles: Obstacles;
}

async function* walk(folder: string, now: Walk): AsyncGenerator<string> {
  const { root, visited, obstacles } = now;
  const links = new Set<string>();
  const names: string[] = [];
  try {
    for await (const entry of await opendir(folder)) {
      names.push(entry.name);
      if (entry.isSymbolicLink()) links.add(entry.name);
    }
  } catch (thrown) {
    obstacles.unreadable(folder, thrown);
    return;
  }
  names.sort((a, b) => (a < b ? -1 : 1));
  for (const name of names) {
    if (HIDDEN.test(name)) continue;
    const full = path.join(folder, name);
    const status = await stat(full).catch(() => null);
    const real = status === null || !(links.has(name) || status.isDirectory()) ? full : await realpath(full);
    if (status === null) {
      if (links.has(name)) obstacles.broken(full);
      else obstacles.unreadable(full, null);
    } else if (links.has(name) && !real.startsWith(root.endsWith(path.sep) ? root : root + path.sep)) {
      if (real !== root) obstacles.outside(full);
    } else if (status.isDirectory()) {
      if (visited.has(real)) continue;
      visited.add(real);
      yield* walk(full, now);
    } else if (status.isFile()) yield full;
    else obstacles.special(full);
  }
}
