import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { giveUp, say } from './say.mjs';
import { inRoot } from './root.mjs';
import { notices, WINDOW_PARTS } from './ship/notices.mjs';
import { runNode } from './run.mjs';
import { withLock } from './lock.mjs';

const SHARED_INPUTS = [
  'electron',
  'shared',
  'build/lib/vite.ts',
  'build/lib/undici.cjs',
  'package-lock.json',
  'package.json',
];

const VITE = ['node_modules/vite/bin/vite.js', 'build'];
/** What runs in processes of its own beside the main process. */
const PROCESSES = ['engine-process', 'practice-process'];

/** What is built separately: the window, and the command line, which must not wait for the window. */
const PARTS = {
  window: {
    inputs: [...SHARED_INPUTS, 'renderer', 'build/electron.vite.config.ts', 'build/processes.vite.config.ts'],
    entry: 'electron/main.ts',
    result: 'out/main/main.cjs',
    commands: [
      ['node_modules/electron-vite/bin/electron-vite.js', 'build', '--config', 'build/electron.vite.config.ts'],
      ...PROCESSES.map((name) => [...VITE, '--config', 'build/processes.vite.config.ts', '--mode', name]),
    ],
  },
  cli: {
    inputs: [...SHARED_INPUTS, 'build/cli.vite.config.ts'],
    entry: 'electron/cli.ts',
    result: 'out/main/cli.cjs',
    folder: 'out/main/cli',
    commands: [[...VITE, '--config', 'build/cli.vite.config.ts']],
  },
};

/** Builds a part ('window' or 'cli') when one of its inputs changed since; one process at a time. */
export async function ensureBuilt(name) {
  const part = PARTS[name];
  if (!existsSync(inRoot(part.entry))) giveUp(`There is no ${part.entry} to build.`);
  if (isCurrent(name, part)) return;
  await withLock(inRoot('.cache/build.lock'), async () => {
    if (!isCurrent(name, part)) await build(name, part);
  });
}

async function build(name, part) {
  say(`Building the ${name === 'cli' ? 'command line' : 'app'}…`);
  const print = fingerprint(part.inputs);
  await rm(stampPath(name), { force: true });
  // Names of parts change with what is in them.
  if (part.folder !== undefined) await rm(inRoot(part.folder), { recursive: true, force: true });
  for (const command of part.commands) {
    const { code, output } = await runNode([...command, '--logLevel', 'warn'], { output: 'capture' });
    if (code !== 0) giveUp(`The build failed:\n${output.trim()}`);
  }
  await mkdir(inRoot('out'), { recursive: true });
  if (name === 'window') await writeNotices();
  await writeFile(stampPath(name), print);
}

/** For the window, as a script: its pages fetch nothing. A licence that is not known ends the build. */
async function writeNotices() {
  try {
    const text = notices(WINDOW_PARTS);
    await writeFile(inRoot('out/renderer/notices.js'), `export const NOTICES = ${JSON.stringify(text)};\n`);
  } catch (error) {
    giveUp(`The build failed: ${error.message}`);
  }
}

function stampPath(name) {
  return inRoot('out', `.${name}-built-from`);
}

function isCurrent(name, part) {
  if (!existsSync(stampPath(name)) || !existsSync(inRoot(part.result))) return false;
  return readFileSync(stampPath(name), 'utf8') === fingerprint(part.inputs);
}

/** Names, sizes and times of all inputs but tests: cheap enough to look at on every start. */
function fingerprint(inputs) {
  const hash = createHash('sha256');
  for (const input of inputs) {
    for (const file of filesIn(inRoot(input))) {
      const { size, mtimeMs } = statSync(file);
      hash.update(`${file}\0${String(size)}\0${String(mtimeMs)}\n`);
    }
  }
  return hash.digest('hex');
}

function filesIn(path) {
  if (!existsSync(path)) return [];
  if (!statSync(path).isDirectory()) return [path];
  return readdirSync(path, { withFileTypes: true })
    .filter((entry) => !entry.name.includes('.test.'))
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => (entry.isDirectory() ? filesIn(join(path, entry.name)) : [join(path, entry.name)]));
}
