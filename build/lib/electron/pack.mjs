import { existsSync, readFileSync, statSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { giveUp, say } from '../say.mjs';
import { inRoot } from '../root.mjs';
import { runNode } from '../run.mjs';
import { withLock } from '../lock.mjs';

const MAX_ASAR_MB = 4;
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
 * Packs the built app. The official runtime makes the targets of the configuration; any other one makes a folder that
 * calls itself a test build. Gives the path of the packed program.
 */
export async function pack(runtime) {
  say(runtime.test ? 'Packing a TEST BUILD (test runtime: not to be shipped)…' : 'Packing the app…');
  const from = packedFrom(runtime);
  const command = [inRoot('node_modules/electron-builder/cli.js'), '--config', 'build/electron-builder.config.cjs'];
  const { code, output } = await runNode([...command, '--publish', 'never', '--dir'], {
    output: 'capture',
    env: {
      ...process.env,
      HUSHCAL_ELECTRON_DIST: runtime.dir,
      HUSHCAL_ELECTRON_VERSION: runtime.version,
      HUSHCAL_TEST_BUILD: runtime.test ? '1' : '',
    },
  });
  if (code !== 0) giveUp(`The app could not be packed. electron-builder says:\n${output.trim()}`);
  checkSize();
  await mkdir(inRoot('dist'), { recursive: true });
  await writeFile(STAMP, from);
  return packedProgram();
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
  return `${readFileSync(inRoot('out/.window-built-from'), 'utf8')} ${runtime.dir} ${runtime.version}`;
}
