import { existsSync, readFileSync } from 'node:fs';
import { giveUp, say } from './say.mjs';
import { inRoot } from './root.mjs';
import { runNpm } from './run.mjs';
import { withLock } from './lock.mjs';

/** Installs the locked dependencies where they are missing or not the locked ones. Needs nothing but Node and npm. */
export async function ensureDependencies() {
  requireNode();
  if (isInstalled()) return;
  await withLock(inRoot('.cache/install.lock'), async () => {
    if (!isInstalled()) await install();
  });
}

async function install() {
  // `ci` empties node_modules first; where there is one already, only what differs is fetched.
  const fresh = !existsSync(inRoot('node_modules'));
  say(fresh ? 'Installing the dependencies…' : 'Bringing the dependencies up to date…');
  const command = fresh ? ['ci'] : ['install', '--no-save'];
  const { code } = await runNpm([...command, '--include=dev', '--no-audit', '--no-fund', '--loglevel=error'], {
    output: 'stderr',
  });
  if (code !== 0) giveUp('The dependencies could not be installed. Is the npm registry reachable? Try: npm ci');
}

function requireNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major < 20 || (major === 20 && minor < 19)) {
    giveUp(`Hushcal is built with Node 20.19 or newer; this is ${process.versions.node}.`);
  }
}

/** Every package of the lock file is there in its locked version (those for other platforms may be missing). */
function isInstalled() {
  const installed = packagesIn(inRoot('node_modules/.package-lock.json'));
  if (installed === null) return false;
  return Object.entries(packagesIn(inRoot('package-lock.json')) ?? {}).every(([path, wanted]) => {
    if (path === '') return true;
    const found = installed[path];
    if (found === undefined) return wanted.optional === true || wanted.devOptional === true || wanted.peer === true;
    return found.version === wanted.version;
  });
}

function packagesIn(lockFile) {
  try {
    return JSON.parse(readFileSync(lockFile, 'utf8')).packages;
  } catch {
    return null;
  }
}
