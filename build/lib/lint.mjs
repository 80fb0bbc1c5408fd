import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { ESLint } from 'eslint';
import { closureHashes } from './closures.mjs';
import { inRoot, root } from './root.mjs';

const CONFIG = 'build/eslint.config.js';
const CLEAN = inRoot('.cache/lint.json');
/** As the configuration ignores them. */
const IGNORED = ['out', 'dist', 'node_modules', '.cache', '.git', 'e2e/output', 'build/fixtures'].map((path) =>
  inRoot(path),
);
/** What a change in makes every file unknown again. */
const SETUP = [
  CONFIG,
  'package-lock.json',
  ...['base', 'node', 'web', 'shared'].map((name) => `build/tsconfig.${name}.json`),
];

/**
 * Lints the files (paths from the top folder), or everything. A file that was found clean before is left out as long as
 * it, what it imports at any distance, the rules and the packages are as they were: a typed rule looks no further.
 * Gives the text to show, and whether all is clean.
 */
export async function lint(only = []) {
  const all = sourcesIn(root);
  const setup = setupHash(all);
  const hashes = closureHashes(only.length === 0 ? all : all.filter((file) => only.includes(nameOf(file))));
  const known = readClean(setup);
  const stale = [...hashes.keys()].filter((file) => known[nameOf(file)] !== hashes.get(file));
  if (stale.length === 0) return { good: true, text: '' };
  // Types are read once, not watched.
  process.env['TSESTREE_SINGLE_RUN'] = 'true';
  const eslint = new ESLint({ cwd: root, overrideConfigFile: inRoot(CONFIG), warnIgnored: false });
  const results = await eslint.lintFiles(stale);
  const bad = new Set(results.filter((result) => result.messages.length > 0).map((result) => result.filePath));
  const clean = { ...known };
  for (const file of stale) {
    if (bad.has(file)) delete clean[nameOf(file)];
    else clean[nameOf(file)] = hashes.get(file);
  }
  await mkdir(inRoot('.cache'), { recursive: true });
  await writeFile(CLEAN, JSON.stringify({ setup, clean }));
  const formatter = await eslint.loadFormatter('stylish');
  return { good: bad.size === 0, text: await formatter.format(results) };
}

function nameOf(file) {
  return relative(root, file).split(sep).join('/');
}

function sourcesIn(folder) {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (IGNORED.includes(path)) return [];
    if (entry.isDirectory()) return sourcesIn(path);
    return /\.(?:tsx?|[cm]?js)$/.test(entry.name) ? [path] : [];
  });
}

/** The rules, the packages, and the types that every file sees without importing them. */
function setupHash(files) {
  const hash = createHash('sha256').update(process.version);
  for (const file of SETUP) hash.update(readFileSync(inRoot(file)));
  for (const file of files) {
    const text = readFileSync(file, 'utf8');
    if (/^declare (?:global|module)\b/m.test(text)) hash.update(text);
  }
  return hash.digest('hex');
}

function readClean(setup) {
  if (!existsSync(CLEAN)) return {};
  try {
    const kept = JSON.parse(readFileSync(CLEAN, 'utf8'));
    return kept.setup === setup ? kept.clean : {};
  } catch {
    return {};
  }
}
