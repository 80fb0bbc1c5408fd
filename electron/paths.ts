import { homedir, hostname, userInfo } from 'node:os';
import { join } from 'node:path';
import type { AuditBy as Operator } from '../shared/model/kept/audit.ts';

type Environment = Readonly<Record<string, string | undefined>>;

const NAME = 'Hushcal';

/**
 * Where the window keeps its data, as Electron computes `userData`; without Electron, so that the command line finds the
 * same place. `HUSHCAL_USER_DATA` names another folder.
 */
export function userDataDir(env: Environment = process.env, platform: string = process.platform): string {
  const other = env['HUSHCAL_USER_DATA'];
  return other === undefined || other === '' ? join(configDir(env, platform), NAME) : other;
}

/** The folder of the runs that window and command line share. */
export function defaultRunsDir(env: Environment = process.env, platform: string = process.platform): string {
  return join(userDataDir(env, platform), 'runs');
}

/** Who is at this computer, and in which front end. The system names no account for a bare number. */
export function operatorHere(tool: 'window' | 'command line', version: string): Operator {
  const here = { host: hostname(), tool, version };
  try {
    const { username, uid } = userInfo();
    return { user: nonEmpty(username), uid: uid < 0 ? null : uid, ...here };
  } catch {
    return { user: null, uid: process.getuid?.() ?? null, ...here };
  }
}

/** What may be lost at any time. */
export function cacheDir(env: Environment = process.env, platform: string = process.platform): string {
  const home = nonEmpty(env['HOME']) ?? homedir();
  if (platform === 'win32') return join(nonEmpty(env['LOCALAPPDATA']) ?? join(homedir(), 'AppData', 'Local'), NAME);
  if (platform === 'darwin') return join(home, 'Library', 'Caches', NAME);
  return join(nonEmpty(env['XDG_CACHE_HOME']) ?? join(home, '.cache'), 'hushcal');
}

function configDir(env: Environment, platform: string): string {
  const home = nonEmpty(env['HOME']) ?? homedir();
  if (platform === 'win32') return nonEmpty(env['APPDATA']) ?? join(homedir(), 'AppData', 'Roaming');
  if (platform === 'darwin') return join(home, 'Library', 'Application Support');
  return nonEmpty(env['XDG_CONFIG_HOME']) ?? join(home, '.config');
}

function nonEmpty(value: string | undefined): string | null {
  return value === undefined || value === '' ? null : value;
}
