import { fileURLToPath } from 'node:url';
import { join } from 'node:path';

/** The top folder of the project. */
export const root = fileURLToPath(new URL('../..', import.meta.url));

/** A path inside the project. */
export function inRoot(...parts) {
  return join(root, ...parts);
}
