import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { execFileSync } from 'node:child_process';
import { inRoot } from './lib/root.mjs';

/*
 * The engine speaks to people in a window, too: what it says names no option of the command line. The command line adds
 * its own words (cli/output).
 */

/** Not said on a screen: style sheets, the page about servers, and the one way out that only the command line has. */
const APART = [
  'electron/engine/report/html-style.ts',
  'electron/engine/scheduling/profiles/page.ts',
  'electron/engine/jobs/stored/history.ts',
  'renderer/theme.ts',
];
const OPTION = /["'`( ]--[a-z][a-z-]+/;
const COMMENT = /^\s*(?:\/\/|\/?\*)/;

const files = execFileSync('git', ['ls-files', '-co', '--exclude-standard', 'electron', 'shared', 'renderer'], {
  cwd: inRoot('.'),
  encoding: 'utf8',
})
  .split('\n')
  .filter((file) => /\.tsx?$/.test(file) && !/\.test\.tsx?$/.test(file))
  .filter((file) => !/^electron\/(?:cli|practice|main|testing)\b/.test(file) && !APART.includes(file));

describe('what a screen may say', () => {
  it('names no option of the command line', async () => {
    const said = await Promise.all(
      files.map(async (file) => {
        const lines = (await readFile(inRoot(file), 'utf8').catch(() => '')).split('\n');
        return lines.flatMap((line, at) =>
          OPTION.test(line) && !COMMENT.test(line) ? [`${file}:${at + 1} ${line.trim()}`] : [],
        );
      }),
    );
    expect(said.flat()).toEqual([]);
    expect(files.length).toBeGreaterThan(300);
  });
});
