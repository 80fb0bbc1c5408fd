import { existsSync } from 'node:fs';
import { giveUp } from '../say.mjs';
import { inRoot } from '../root.mjs';
import { run } from '../run.mjs';

/**
 * What differs from the main branch (from the last commit where there is no such branch, or nothing was added to it):
 * the commit it is compared with, and the files that are there now, new ones among them.
 */
export async function changedFiles() {
  const fork = await git('merge-base', 'main', 'HEAD');
  const base = fork[0] ?? (await git('rev-parse', 'HEAD'))[0];
  if (base === undefined) giveUp('What changed is known from git only: there is no commit to compare with.');
  const names = [
    ...(await git('diff', '--name-only', '--diff-filter=d', base)),
    ...(await git('ls-files', '--others', '--exclude-standard')),
  ];
  return { base, files: [...new Set(names)].filter((name) => existsSync(inRoot(name))).sort() };
}

async function git(...args) {
  const { code, output } = await run('git', args, { output: 'capture' });
  return code === 0 ? output.split('\n').filter((line) => line !== '') : [];
}
