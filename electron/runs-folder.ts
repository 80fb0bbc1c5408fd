import { randomUUID } from 'node:crypto';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { mkdir, readdir, realpath, rm, stat, writeFile } from 'node:fs/promises';
import { homedir, tmpdir } from 'node:os';
import { basename, dirname, isAbsolute, join, parse, resolve, sep } from 'node:path';
import { z } from 'zod';
import { HushError } from '../shared/model/failure.ts';
import { defaultRunsDir, userDataDir } from './paths.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** Holds the runs where the chosen folder has other things in it. */
const OWN_FOLDER = 'Hushcal runs';
const RUN = /^\d{8}T\d{6,9}-[0-9a-f]+$/;
/** What lies in a folder of runs beside them. */
const BESIDE_RUNS: readonly string[] = ['audit.jsonl', 'batches', 'canary.json', 'projects', 'rules.json'];

/**
 * The folder of runs for whoever works as this account: the one that was chosen in the window, or the usual one. Throws
 * HushError `RUNS_FOLDER_GONE` where the chosen one is not there: a new one in its place would look like an empty History.
 */
export function currentRunsDir(env: Environment = process.env): string {
  const chosen = chosenRunsDir(env);
  return chosen === null ? defaultRunsDir(env) : existing(chosen);
}

/**
 * Gives the folder, or throws HushError `RUNS_FOLDER_GONE`.
 *
 * @param advice what whoever chose it can do; the words are for the one that was chosen in the window
 */
export function existing(
  folder: string,
  advice = 'Connect its disk, or choose another folder under Settings.',
): string {
  if (isThere(folder)) return folder;
  const what = existsSync(folder) ? 'The folder of runs is a file' : 'The folder of runs is not there';
  throw new HushError({
    code: 'RUNS_FOLDER_GONE',
    message: `${what}: ${folder}. ${advice}`,
    reaction: 'fix-input',
  });
}

export function isThere(folder: string): boolean {
  return statSync(folder, { throwIfNoEntry: false })?.isDirectory() === true;
}

const kept = z.looseObject({ runsDir: z.string().nullable().optional() });

/** As the window keeps it; null where nobody chose, and where its settings cannot be read, which it then begins anew. */
function chosenRunsDir(env: Environment): string | null {
  try {
    const settings = kept.safeParse(JSON.parse(readFileSync(join(userDataDir(env), 'settings.json'), 'utf8')));
    return settings.success ? (settings.data.runsDir ?? null) : null;
  } catch {
    return null;
  }
}

/** Where the system keeps its own. */
export interface SystemPlaces {
  readonly env: Environment;
  readonly platform: string;
  readonly home: string;
  readonly temp: string;
}

function here(): SystemPlaces {
  return { env: process.env, platform: process.platform, home: homedir(), temp: tmpdir() };
}

/**
 * The folder in which runs are kept when a person chooses this one: itself where it is empty or holds runs already, else a
 * folder of their own in it, which is made. Throws HushError for one that cannot be written to or belongs to the system.
 */
export async function folderForRuns(chosen: string, system: SystemPlaces = here()): Promise<string> {
  if (!isAbsolute(chosen)) throw unsuitable('it has no whole path');
  const place = await realpath(chosen).catch(() => resolve(chosen));
  const why = whyNot(place, system);
  if (why !== null) throw unsuitable(why);
  const info = await stat(place).catch(() => null);
  if (info?.isDirectory() !== true) throw unsuitable('it is not there, or is no folder');
  const names = await readdir(place).catch(() => null);
  if (names === null) throw unsuitable('this user may not read it');
  const isOurs = names.length === 0 || names.some((name) => RUN.test(name) || BESIDE_RUNS.includes(name));
  const folder = isOurs || basename(place) === OWN_FOLDER ? place : join(place, OWN_FOLDER);
  await tryToWrite(folder);
  return folder;
}

function unsuitable(why: string): HushError {
  return new HushError({
    code: 'RUNS_FOLDER_UNSUITABLE',
    message: `Runs cannot be kept in this folder: ${why}. Choose another one.`,
    reaction: 'fix-input',
  });
}

/** Why a folder must not hold runs; null when nothing is against it. */
function whyNot(place: string, { env, platform, home, temp }: SystemPlaces): string | null {
  if (parse(place).root === place) return 'it is the root of a disk';
  if (place === resolve(home)) return 'it is your home folder itself; a folder in it will do';
  const isWithin = (inner: string, outer: string): boolean => lies(inner, outer, platform);
  if (isWithin(place, temp)) return 'what is temporary is deleted, and runs are what an undo is made of';
  if (place.split(sep).some((part) => RUN.test(part))) return 'it is a part of a run';
  // The account root has its home among what is the system's for everybody else.
  if (isWithin(place, home)) return null;
  return systemFolders(env, platform).some((folder) => isWithin(place, folder)) ? 'it belongs to the system' : null;
}

function lies(place: string, folder: string, platform: string): boolean {
  // Only there names that differ in case alone are different.
  const name = (path: string): string => (platform === 'linux' ? path : path.toLowerCase());
  const [inner, outer] = [name(place), name(resolve(folder))];
  return inner === outer || inner.startsWith(outer + sep);
}

const POSIX = ['/bin', '/boot', '/dev', '/etc', '/lib', '/lib32', '/lib64', '/libx32', '/lost+found', '/proc', '/root'];
const LINUX = [
  ...POSIX,
  '/sbin',
  '/snap',
  '/sys',
  '/usr',
  '/var/cache',
  '/var/lock',
  '/var/run',
  '/run/lock',
  '/run/user',
];
const MAC = [
  ...POSIX,
  '/sbin',
  '/usr',
  '/System',
  '/Library',
  '/Applications',
  '/private/etc',
  '/private/var',
  '/cores',
];

function systemFolders(env: Environment, platform: string): readonly string[] {
  if (platform === 'darwin') return MAC;
  if (platform !== 'win32') return LINUX;
  return ['SystemRoot', 'ProgramFiles', 'ProgramFiles(x86)', 'ProgramData'].flatMap((name) => env[name] ?? []);
}

/** How many runs lie in a folder; null where nobody can tell. */
export async function countRuns(folder: string): Promise<number | null> {
  const names = await readdir(folder).catch(() => null);
  if (names !== null) return names.filter((name) => RUN.test(name)).length;
  return isThere(folder) ? null : 0;
}

/** Makes the folder where it is missing, and a file in it, which goes again. Throws HushError. */
async function tryToWrite(folder: string): Promise<void> {
  const probe = join(folder, `.hushcal-${randomUUID()}`);
  try {
    // Those above it are there.
    if (!isThere(folder)) await mkdir(folder, { mode: 0o700 });
    await writeFile(probe, '', { mode: 0o600, flag: 'wx' });
  } catch {
    throw unsuitable(`nothing can be written to ${basename(folder)} in ${dirname(folder)}`);
  } finally {
    await rm(probe, { force: true }).catch(() => undefined);
  }
}
