import { readFile } from 'node:fs/promises';
import { HushError } from '../../shared/model/failure.ts';
import type { Desktop } from './ports.ts';

/** Octets of a list that is read whole. */
const LARGEST_LIST = 20_000_000;

/** A list that a person chooses in a dialog; null when the person cancels. Throws HushError when it cannot be read. */
export async function readList(
  desktop: Desktop,
  what: 'mapping' | 'passwords',
): Promise<{ readonly path: string; readonly text: string } | null> {
  const [path] = (await desktop.choosePaths(what)) ?? [];
  return path === undefined ? null : { path, text: await readText(path) };
}

/** The text of a list. Throws HushError when it cannot be read or is too large for one. */
export async function readText(path: string): Promise<string> {
  try {
    const octets = await readFile(path);
    if (octets.length <= LARGEST_LIST) return octets.toString('utf8');
  } catch (cause) {
    throw unreadable({ cause });
  }
  throw unreadable();
}

function unreadable(options?: { cause: unknown }): HushError {
  const message = 'This list could not be read. Choose a CSV file that you may read, of 20 MB at most.';
  return new HushError({ code: 'MAPPING_UNREADABLE', message, reaction: 'fix-input' }, options);
}
