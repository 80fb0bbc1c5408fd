import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { inRoot } from '../root.mjs';

/** Licences under which a part of Hushcal may stand. Another one ends the build: somebody has to read it first. */
const KNOWN = [
  '0BSD',
  'Apache-2.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'BlueOak-1.0.0',
  'ISC',
  'MIT',
  'MIT-0',
  'MPL-2.0',
  'OFL-1.1',
];

/** The parts of the window: its main process, what that starts, and the page. */
export const WINDOW_PARTS = ['main', 'engine-process', 'practice-process', 'preload', 'renderer'];

const TEXT = /^(?:licen[cs]e|copying|ofl)(?:\.(?:md|txt))?$/i;
const NOTICE = /^notice(?:\.(?:md|txt))?$/i;

/**
 * The notices of all packages that went into these parts of the build, each with the full text of its licence.
 * Throws for a licence that is not known, and for a text that is nowhere.
 * @param parts names as in build/lib/vite.ts: cli, main, preload, renderer, engine-process, practice-process
 */
export function notices(parts) {
  const folders = parts.flatMap((part) => JSON.parse(readFileSync(inRoot(`out/.packages-${part}.json`), 'utf8')));
  const all = [...new Set(folders)].sort().map((folder) => noticeOf(inRoot(folder)));
  return [
    'Hushcal contains the following packages. Each stands under its own licence, the text of which follows its name.',
    ...all,
  ].join(`\n\n${'-'.repeat(100)}\n\n`);
}

/** The notice of the package in a folder. */
export function noticeOf(folder) {
  const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const licence = typeof manifest.license === 'string' ? manifest.license : '';
  const name = `${manifest.name} ${manifest.version}`;
  if (!KNOWN.includes(licence))
    throw new Error(`${name} has a licence that nobody has read yet: ${licence || 'none'}.`);
  const files = readdirSync(folder);
  const text = files.find((file) => TEXT.test(file));
  const notice = files
    .filter((file) => NOTICE.test(file))
    .map((file) => readFileSync(join(folder, file), 'utf8').trim());
  const source =
    licence === 'MPL-2.0' ? [`Its source: https://www.npmjs.com/package/${manifest.name}/v/${manifest.version}`] : [];
  const words =
    text === undefined ? standardText(licence, manifest, name) : readFileSync(join(folder, text), 'utf8').trim();
  return [`${name} (${licence})`, ...source, words, ...notice].join('\n\n');
}

/** For packages that name their licence and do not bring its text. */
function standardText(licence, manifest, name) {
  const file = inRoot('build/licences', `${licence}.txt`);
  const author = typeof manifest.author === 'string' ? manifest.author : manifest.author?.name;
  if (!existsSync(file) || !author) throw new Error(`${name} comes without the text of its licence, ${licence}.`);
  return `Copyright (c) ${author}\n\n${readFileSync(file, 'utf8').trim()}`;
}
