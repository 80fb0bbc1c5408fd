import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { giveUp, say } from '../say.mjs';
import { inRoot } from '../root.mjs';
import { runNode } from '../run.mjs';
import { withLock } from '../lock.mjs';

const MAX_ASAR_MB = 8;
const STAMP = inRoot('dist/.packed-from');

/** Packs only when the build or the runtime changed since. Gives the path of the packed program. */
export async function ensurePackaged(runtime) {
  return withLock(inRoot('.cache/pack.lock'), async () => {
    const program = packedProgram();
    const isCurrent = existsSync(program) && existsSync(STAMP) && readFileSync(STAMP, 'utf8') === packedFrom(runtime);
    return isCurrent ? program : pack(runtime);
  });
}

/**
 * Packs the built app into a folder. With any runtime but the official one it
 * calls itself a test build. Gives the path of the packed program.
 */
export async function pack(runtime) {
  say(runtime.test ? 'Packing a TEST BUILD (test runtime: not to be shipped)…' : 'Packing the app…');
  const from = packedFrom(runtime);
  await build(runtime, ['--dir']);
  checkSize();
  await mkdir(inRoot('dist'), { recursive: true });
  await writeFile(STAMP, from);
  return packedProgram();
}

/** Makes the targets of the configuration for this system (Windows, macOS). Gives their paths. */
export async function packTargets(runtime) {
  say('Packing the installers…');
  await build(runtime, []);
  const files = readdirSync(inRoot('dist')).filter((name) => /\.(?:exe|zip|dmg)$/.test(name));
  return files.map((name) => inRoot('dist', name));
}

async function build(runtime, args) {
  const command = [inRoot('node_modules/electron-builder/cli.js'), '--config', 'build/electron-builder.config.cjs'];
  const { code, output } = await runNode([...command, '--publish', 'never', ...args], {
    output: 'capture',
    env: {
      ...process.env,
      HUSHCAL_ELECTRON_DIST: runtime.dir,
      HUSHCAL_ELECTRON_VERSION: runtime.version,
      HUSHCAL_TEST_BUILD: runtime.test ? '1' : '',
    },
  });
  if (code !== 0) giveUp(`The app could not be packed. electron-builder says:\n${output.trim()}`);
}

function packedProgram() {
  const folder = { darwin: 'mac/Hushcal.app/Contents/MacOS/Hushcal', win32: 'win-unpacked/hushcal.exe' };
  return inRoot('dist', folder[process.platform] ?? 'linux-unpacked/hushcal');
}

/** Libraries are bundled: a larger archive means that something came in unbundled. */
function checkSize() {
  const asar = inRoot('dist/linux-unpacked/resources/app.asar');
  if (!existsSync(asar)) return;
  const { size } = statSync(asar);
  const megabytes = size / 1024 / 1024;
  if (megabytes > MAX_ASAR_MB)
    giveUp(`app.asar has ${megabytes.toFixed(1)} MB, more than the ${MAX_ASAR_MB} MB allowed.`);
}

function packedFrom(runtime) {
  const builds = ['window', 'cli'].map((part) => readFileSync(inRoot('out', `.${part}-built-from`), 'utf8'));
  return `${builds.join(' ')} ${runtime.dir} ${runtime.version}`;
}
