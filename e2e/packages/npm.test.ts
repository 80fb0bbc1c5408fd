import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, expect, it } from 'vitest';

const PACKAGE = process.env['HUSHCAL_NPM'] ?? '';
const dir = mkdtempSync(path.join(tmpdir(), 'hushcal-npm-'));
afterAll(() => {
  rmSync(dir, { recursive: true, force: true });
});

it('installs alone, with nothing of Electron, and runs', () => {
  const npm = spawnSync('npm', ['install', '--prefix', dir, '--no-audit', '--no-fund', '--offline', PACKAGE], {
    encoding: 'utf8',
  });
  expect(npm.status, npm.stderr).toBe(0);
  expect(readdirSync(path.join(dir, 'node_modules')).filter((name) => !name.startsWith('.'))).toEqual(['hushcal']);
  const home = path.join(dir, 'node_modules/hushcal');
  expect(readdirSync(home).sort()).toEqual([
    'LICENSE',
    'README.md',
    'THIRD-PARTY-NOTICES.txt',
    'completions',
    'hushcal.1',
    'hushcal.cjs',
    'lib',
    'package.json',
  ]);
  const { version } = JSON.parse(readFileSync(path.join(home, 'package.json'), 'utf8')) as { version: string };
  const env = { ...process.env, HOME: dir, XDG_CACHE_HOME: dir };
  const run = (...args: readonly string[]) =>
    spawnSync(path.join(dir, 'node_modules/.bin/hushcal'), args, { encoding: 'utf8', env }).stdout;
  expect(run('--version')).toBe(`hushcal ${version}\n`);
  expect(run('runs', '--runs', dir)).toContain('There are no runs yet.');
});
