import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { giveUp, say } from './say.mjs';
import { run } from './run.mjs';

/** Debian packages that an Electron and a display without a screen need, by what is missing when they are. */
export const PACKAGE_OF = {
  'libglib-2.0.so.0': 'libglib2.0-0',
  'libgobject-2.0.so.0': 'libglib2.0-0',
  'libgio-2.0.so.0': 'libglib2.0-0',
  'libgtk-3.so.0': 'libgtk-3-0',
  'libnss3.so': 'libnss3',
  'libnssutil3.so': 'libnss3',
  'libsmime3.so': 'libnss3',
  'libnspr4.so': 'libnspr4',
  'libgbm.so.1': 'libgbm1',
  'libasound.so.2': 'libasound2',
  'libatk-1.0.so.0': 'libatk1.0-0',
  'libatk-bridge-2.0.so.0': 'libatk-bridge2.0-0',
  'libatspi.so.0': 'libatspi2.0-0',
  'libcups.so.2': 'libcups2',
  'libdrm.so.2': 'libdrm2',
  'libxkbcommon.so.0': 'libxkbcommon0',
  'libpango-1.0.so.0': 'libpango-1.0-0',
  'libcairo.so.2': 'libcairo2',
  'libdbus-1.so.3': 'libdbus-1-3',
  'libexpat.so.1': 'libexpat1',
  'libXss.so.1': 'libxss1',
  'libXtst.so.6': 'libxtst6',
  'libX11.so.6': 'libx11-6',
  'libxcb.so.1': 'libxcb1',
  'libXcomposite.so.1': 'libxcomposite1',
  'libXdamage.so.1': 'libxdamage1',
  'libXext.so.6': 'libxext6',
  'libXfixes.so.3': 'libxfixes3',
  'libXrandr.so.2': 'libxrandr2',
  Xvfb: 'xvfb',
  'gnome-keyring-daemon': 'gnome-keyring',
  'dbus-daemon': 'dbus',
  'libsecret-1.so.0': 'libsecret-1-0',
};

export function hasDisplay() {
  if (process.platform !== 'linux') return true;
  return ['DISPLAY', 'WAYLAND_DISPLAY'].some((name) => (process.env[name] ?? '') !== '');
}

export function isRoot() {
  return process.platform === 'linux' && process.getuid() === 0;
}

/**
 * Debian packages that are missing for `executable`; with `xvfb` also those for a display without a screen, with
 * `keyring` those for a keyring of the desktop.
 */
export async function missingPackages(executable, { xvfb, keyring = false }) {
  if (process.platform !== 'linux') return [];
  const missing = await missingLibraries(executable);
  if (xvfb && !isOnPath('Xvfb')) missing.push('Xvfb');
  if (keyring) {
    missing.push(...['gnome-keyring-daemon', 'dbus-daemon'].filter((program) => !isOnPath(program)));
    if (!(await isLoadable('libsecret-1.so.0'))) missing.push('libsecret-1.so.0');
  }
  return [...new Set(missing.map((name) => PACKAGE_OF[name] ?? name))].sort();
}

async function missingLibraries(executable) {
  const { output } = await run('ldd', [executable], { output: 'capture' });
  return [...output.matchAll(/^\s*(\S+) => not found/gm)].map((match) => match[1]);
}

/** For a library that the program loads while it runs, which ldd does not name. */
async function isLoadable(library) {
  const { output } = await run('/sbin/ldconfig', ['-p'], { output: 'capture' });
  return output.includes(library);
}

function isOnPath(program) {
  return (process.env['PATH'] ?? '').split(delimiter).some((folder) => existsSync(join(folder, program)));
}

function installCommand(packages) {
  return `${isRoot() ? '' : 'sudo '}apt-get install -y --no-install-recommends ${packages.join(' ')}`;
}

/** Installs Debian packages when root; else ends with the one command to type. */
export async function ensurePackages(packages) {
  if (packages.length === 0) return;
  if (!isRoot() || !isOnPath('apt-get'))
    giveUp(`Some system libraries are missing. Type:\n  ${installCommand(packages)}`);
  say(`Installing the Debian packages ${packages.join(', ')}…`);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const apt = (...args) =>
    run('apt-get', ['-qq', '-o', 'DPkg::Lock::Timeout=300', ...args], { output: 'capture', env });
  const install = () => apt('install', '-y', '--no-install-recommends', ...packages);
  if ((await install()).code === 0) return;
  // The package lists may be missing or old.
  await apt('update');
  const { code, output } = await install();
  if (code !== 0) giveUp(`The packages could not be installed. apt-get says:\n${output.trim()}`);
}

const POLICY = '/usr/sbin/policy-rc.d';

/** While packages are installed, the services that Debian would start with them stay down. */
export async function withoutServices(install) {
  const isOurs = !existsSync(POLICY);
  if (isOurs) writeFileSync(POLICY, '#!/bin/sh\nexit 101\n', { mode: 0o755 });
  try {
    return await install();
  } finally {
    if (isOurs) rmSync(POLICY, { force: true });
  }
}
