import { spawnSync } from 'node:child_process';
import { expect, it } from 'vitest';
import { COMMAND_NAMES, loadCommand } from '../electron/cli/commands.ts';
import { helpData } from '../electron/cli/output/help/help-data.ts';
import { bashCompletion, zshCompletion } from './lib/handouts/completions.mjs';
import { manPage } from './lib/handouts/man.mjs';

const usages = await Promise.all(
  COMMAND_NAMES.map(async (name) => [name, (await loadCommand(name))?.usage ?? ''] as const),
);
const help = helpData('1.2.3', new Map(usages));
const bash = bashCompletion(help);

/** What bash would offer for each of the lines, whose last word is being typed. */
function offered(lines: readonly (readonly string[])[]): readonly string[][] {
  const asked = lines.map(
    (words) => `COMP_WORDS=(${['hushcal', ...words].map((word) => `'${word}'`).join(' ')})
COMP_CWORD=${String(words.length)}
_hushcal
echo "\${COMPREPLY[*]}"`,
  );
  const { stdout, stderr, status } = spawnSync('bash', ['--norc', '-c', [bash, ...asked].join('\n')], {
    encoding: 'utf8',
  });
  expect({ stderr, status }).toEqual({ stderr: '', status: 0 });
  return stdout
    .split('\n')
    .slice(0, -1)
    .map((line) => line.split(' ').filter((word) => word !== ''));
}

it('completes every command and every option in bash', () => {
  const [commands = [], ...options] = offered([[''], ...help.commands.map(({ name }) => [name, '--'])]);
  expect(commands).toEqual([...COMMAND_NAMES, 'help', '--help', '--version']);
  for (const [index, command] of help.commands.entries()) {
    expect(options[index], command.name).toEqual([...command.options.map(({ name }) => `--${name}`), '--help']);
  }
});

it('completes the words that an option may be, and files where one is wanted', () => {
  expect(
    offered([
      ['restore', '--scheduling', ''],
      ['restore', '--scheduling', 'in'],
      ['restore', 'package-l'],
      ['restore', '--user', 'package-l'],
      ['backup', '--since', 'package-l'],
      ['resume', 'package-l'],
    ]),
  ).toEqual([
    ['none', 'internal-only', 'external-only', 'all'],
    ['internal-only'],
    ['package-lock.json'],
    [],
    ['package-lock.json'],
    [],
  ]);
});

it('is written so that bash reads it', () => {
  expect(spawnSync('bash', ['-n'], { input: bash, encoding: 'utf8' })).toMatchObject({ status: 0, stderr: '' });
});

it('has every command and every option for zsh and in the manual page', () => {
  const zsh = zshCompletion(help);
  const man = manPage(help, '2026-01-02').split('\n');
  for (const { name, options } of help.commands) {
    expect(zsh).toContain(`    '${name}:`);
    const part = zsh.slice(zsh.indexOf(`    ${name})\n`));
    for (const option of options) expect(part.slice(0, part.indexOf(';;')), name).toContain(`--${option.name}`);
    const from = man.indexOf(`.SS ${name.replaceAll('-', '\\-')}`);
    const to = man.findIndex((line, index) => index > from && line.startsWith('.S'));
    for (const option of options) {
      const begins = `\\fB\\-\\-${option.name.replaceAll('-', '\\-')}\\fR`;
      expect(
        man.slice(from, to).filter((line) => line.startsWith(begins)),
        option.name,
      ).toHaveLength(1);
    }
  }
});
