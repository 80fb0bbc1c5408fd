import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { bashCompletion, zshCompletion } from '../handouts/completions.mjs';
import { manPage } from '../handouts/man.mjs';
import { inRoot } from '../root.mjs';
import { run } from '../run.mjs';
import { helpData, manifest, SYNOPSIS, versionTime } from './details.mjs';
import { notices, WINDOW_PARTS } from './notices.mjs';

/*
 * The package for Debian, by dpkg-deb itself: electron-installer-debian makes no manual page, no completions and no second
 * program, and electron-builder's own way downloads a tool (fpm) when it runs.
 */

const TREE = inRoot('dist/deb');
const SIZES = [16, 32, 48, 64, 128, 256, 512];
const LIB = 'usr/lib/hushcal';

/** Libraries that the window loads. Names with t64 are those of Debian 13 and Ubuntu 24.04. */
const DEPENDS = [
  'libasound2 | libasound2t64',
  'libatk-bridge2.0-0 | libatk-bridge2.0-0t64',
  'libatk1.0-0 | libatk1.0-0t64',
  'libatspi2.0-0 | libatspi2.0-0t64',
  'libc6 (>= 2.31)',
  'libcairo2',
  'libcups2 | libcups2t64',
  'libdbus-1-3',
  'libexpat1',
  'libgbm1',
  'libglib2.0-0 | libglib2.0-0t64',
  'libgtk-3-0 | libgtk-3-0t64',
  'libnspr4',
  'libnss3',
  'libpango-1.0-0',
  'libx11-6',
  'libxcb1',
  'libxcomposite1',
  'libxdamage1',
  'libxext6',
  'libxfixes3',
  'libxkbcommon0',
  'libxrandr2',
];

/**
 * Makes the .deb of the packed app. Gives its path.
 * @param packed the folder with the packed program
 * @param test a test build: says so in its file name and description
 * @param version instead of the app's own
 * @param compression of dpkg-deb
 */
export async function makeDeb({ packed, test, version = manifest.version, compression = 'xz', into = inRoot('dist') }) {
  const time = await versionTime();
  const day = new Date(time * 1000).toISOString().slice(0, 10);
  rmSync(TREE, { recursive: true, force: true });
  cpSync(packed, join(TREE, LIB), { recursive: true });
  put(`${LIB}/chrome-sandbox`, null, 0o4755);
  put('usr/bin/hushcal', readFileSync(inRoot('build/linux/hushcal.sh')), 0o755);
  symlinkSync('../lib/hushcal/hushcal', join(TREE, 'usr/bin/hushcal-window'));
  put('usr/share/applications/hushcal.desktop', readFileSync(inRoot('build/linux/hushcal.desktop')));
  put('usr/share/metainfo/example.hushcal.app.metainfo.xml', metainfo(day));
  for (const size of SIZES) {
    const name = `${String(size)}x${String(size)}`;
    put(`usr/share/icons/hicolor/${name}/apps/hushcal.png`, readFileSync(inRoot('build/icons', `${name}.png`)));
  }
  put('usr/share/icons/hicolor/scalable/apps/hushcal.svg', readFileSync(inRoot('build/icons/icon.svg')));
  const help = await helpData();
  const man = gzip(manPage(help, day));
  put('usr/share/man/man1/hushcal.1.gz', man);
  put('usr/share/man/man1/hushcal-window.1.gz', gzip(windowPage(day)));
  put('usr/share/bash-completion/completions/hushcal', bashCompletion(help));
  put('usr/share/zsh/vendor-completions/_hushcal', zshCompletion(help));
  put('usr/share/doc/hushcal/copyright', copyright());
  put('usr/share/doc/hushcal/changelog.gz', gzip(changelog(control(version, test), time)));
  put('usr/share/doc/hushcal/CHANGELOG.md.gz', gzip(readFileSync(inRoot('CHANGELOG.md'))));
  put('usr/share/lintian/overrides/hushcal', readFileSync(inRoot('build/linux/lintian-overrides')));
  tidy(TREE);
  put('DEBIAN/control', control(version, test));
  put('DEBIAN/md5sums', await sums());
  const file = join(into, `hushcal_${version}${test ? '-test-build' : ''}_amd64.deb`);
  const { code, output } = await run(
    'dpkg-deb',
    ['--root-owner-group', `-Z${compression}`, ...(compression === 'none' ? [] : ['-z3']), '--build', TREE, file],
    { output: 'capture', env: { ...process.env, SOURCE_DATE_EPOCH: String(time) } },
  );
  rmSync(TREE, { recursive: true, force: true });
  if (code !== 0) throw new Error(`dpkg-deb says:\n${output}`);
  return file;
}

/** A file of the package; null leaves what is in it. */
function put(name, content, mode = 0o644) {
  const path = join(TREE, name);
  mkdirSync(dirname(path), { recursive: true });
  if (content !== null) writeFileSync(path, content);
  chmodSync(path, mode);
}

function gzip(content) {
  return gzipSync(content, { level: 9 });
}

/** Modes as Debian wants them, whatever those of the machine are; what is a program stays one. */
function tidy(folder) {
  chmodSync(folder, 0o755);
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) tidy(path);
    else if (entry.isFile() && (statSync(path).mode & 0o4000) === 0) {
      const isProgram =
        (statSync(path).mode & 0o100) !== 0 && !/\.(?:so(?:\.\d+)*|txt|html|pak|dat|bin|json|asar)$/.test(entry.name);
      chmodSync(path, isProgram ? 0o755 : 0o644);
    }
  }
}

function control(version, test) {
  const warning = test ? ' (TEST BUILD)' : '';
  const about = test
    ? [
        ' This is a test build. It holds a test runtime that gets no security updates:',
        ' do not give it to anybody.',
        ' .',
      ]
    : [];
  return [
    'Package: hushcal',
    `Version: ${version}${test ? '+test' : ''}`,
    'Architecture: amd64',
    `Maintainer: ${manifest.author.name} <${manifest.author.email}>`,
    `Installed-Size: ${String(Math.ceil(sizeOf(TREE) / 1024))}`,
    `Depends: ${DEPENDS.join(', ')}`,
    'Recommends: gnome-keyring | kwalletmanager, libsecret-1-0, xdg-utils',
    'Section: mail',
    'Priority: optional',
    `Homepage: ${manifest.homepage}`,
    `Description: ${SYNOPSIS}${warning}`,
    ...about,
    ' Hushcal restores, migrates and cleans up calendars on any CalDAV server, with',
    ' control over who is notified. Every job shows its plan first, names who would',
    ' be notified, and can be taken back.',
    ' .',
    ' The command line is hushcal, the window hushcal-window.',
    '',
  ].join('\n');
}

function sizeOf(folder) {
  return readdirSync(folder, { withFileTypes: true }).reduce((sum, entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return sum + sizeOf(path);
    return entry.isFile() ? sum + statSync(path).size : sum;
  }, 0);
}

async function sums() {
  const { output } = await run('sh', ['-c', 'find usr -type f -print0 | LC_ALL=C sort -z | xargs -0 md5sum'], {
    cwd: TREE,
    output: 'capture',
  });
  return output;
}

function metainfo(day) {
  return readFileSync(inRoot('build/linux/metainfo.xml'), 'utf8')
    .replace('@VERSION@', manifest.version)
    .replace('@DATE@', day);
}

/** Our licence, those of what we bundle, and where those of the runtime are. */
function copyright() {
  const electron = existsSync(join(TREE, LIB, 'LICENSES.chromium.html'))
    ? 'The runtime (Electron, Chromium, Node.js): /usr/lib/hushcal/LICENSE.electron.txt and LICENSES.chromium.html.'
    : 'The runtime is Electron (MIT), with Chromium (BSD-3-Clause and others) and Node.js (MIT): https://www.electronjs.org/.';
  return `${readFileSync(inRoot('LICENSE'), 'utf8').trim()}\n\n${electron}\n\n${notices(['cli', ...WINDOW_PARTS])}\n`;
}

/** What Debian wants to know of a version; what a user notices stands in CHANGELOG.md beside it. */
function changelog(fields, time) {
  const version = /^Version: (.*)$/m.exec(fields)?.[1] ?? '';
  const date = new Date(time * 1000).toUTCString().replace('GMT', '+0000');
  return `hushcal (${version}) unstable; urgency=medium\n\n  * See CHANGELOG.md.\n\n -- ${manifest.author.name} <${manifest.author.email}>  ${date}\n`;
}

function windowPage(day) {
  return [
    `.TH HUSHCAL-WINDOW 1 "${day}" "Hushcal ${manifest.version}" "User Commands"`,
    '.SH NAME',
    `hushcal-window \\- ${SYNOPSIS}`,
    '.SH SYNOPSIS',
    '.B hushcal-window',
    '.RI [ FILE ...]',
    '.SH DESCRIPTION',
    'Opens the window of Hushcal.',
    'Calendar files are chosen there, to be restored; nothing else happens with them.',
    'Without a display,',
    '.BR hushcal (1)',
    'does the same.',
    '',
  ].join('\n');
}
