import { homedir } from 'node:os';
import { join } from 'node:path';

/** The person's cache folder for large downloads, shared by all clones. */
export function cacheDir() {
  const base = process.env['XDG_CACHE_HOME'];
  return join(base === undefined || base === '' ? join(homedir(), '.cache') : base, 'hushcal');
}
