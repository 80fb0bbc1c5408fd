import { opendir, realpath, stat } from 'node:fs/promises';
import path from 'node:path';

/** Files that a folder holds beside its calendars and that nobody means. */
const HIDDEN = /^(?:\.|__MACOSX$|Thumbs\.db$|desktop\.ini$)/i;

/**
 * All files of a folder and the folders in it, in a stable order. Links are followed, but no folder is visited twice.
 * Folders that may not be read are told to `unreadable`.
 */
export async function* filesIn(
  folder: string,
  unreadable: (folder: string, thrown: unknown) => void,
  visited = new Set<string>(),
): AsyncGenerator<string> {
  let names: string[];
  try {
    const real = await realpath(folder);
    if (visited.has(real)) return;
    visited.add(real);
    names = [];
    for await (const entry of await opendir(folder)) names.push(entry.name);
  } catch (thrown) {
    unreadable(folder, thrown);
    return;
  }
  names.sort((a, b) => (a < b ? -1 : 1));
  for (const name of names) {
    if (HIDDEN.test(name)) continue;
    const full = path.join(folder, name);
    const status = await stat(full).catch(() => null);
    if (status === null) unreadable(full, null);
    else if (status.isDirectory()) yield* filesIn(full, unreadable, visited);
    else if (status.isFile()) yield full;
  }
}
