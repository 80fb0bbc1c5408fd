import { spawnSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { zshCompletion } from '../../build/lib/handouts/completions.mjs';
import { COMMAND_NAMES, loadCommand } from '../../electron/cli/commands.ts';
import { helpData } from '../../electron/cli/output/help/help-data.ts';

/*
 * A zsh at a prompt of its own (zpty) is typed to, and Tab is pressed: what it would offer comes from its `compadd`, which
 * every completion goes through in the end.
 */

const usages = await Promise.all(
  COMMAND_NAMES.map(async (name) => [name, (await loadCommand(name))?.usage ?? ''] as const),
);
const help = helpData('1.2.3', new Map(usages));
let dir: string;

/** Read by the zsh that is typed to. `begin` and `end` are words of zsh itself. */
const SETTINGS = `
PS1= PS2= RPS1=
fpath=("$HUSHCAL_ZSH" $fpath)
autoload -Uz compinit
compinit -u -d "$HUSHCAL_ZSH/dump"
cd "$HUSHCAL_ZSH"
bindkey '^I' complete-word
setopt no_beep no_list_beep no_auto_list
say_begin() { print -n -- $'\n<BEGIN>\n' }
say_end() { print -n -- $'\n<END>\n'; exit }
compprefuncs=(say_begin)
comppostfuncs=(say_end)
compadd() {
  if [[ "\${@[1,(i)(-|--)]}" == *-(O|A|D)\\ * ]]; then builtin compadd "$@"; return; fi
  local -a hits
  builtin compadd -A hits "$@"
  (($#hits)) && print -l -- HIT:\${^hits}
}
print READY
`;

const ASK = `
zmodload zsh/zpty zsh/zselect
zpty shell zsh -f -i
zpty -w shell '. "$HUSHCAL_ZSH/settings"'
until_said() {
  repeat 1000; do
    if zpty -r -t shell piece; then said+=$piece; else zselect -t 5; fi
    [[ $said == *$1* ]] && return
  done
}
until_said READY
said=
zpty -w -n shell "$1"$'\\t'
until_said '<END>'
zpty -d shell
print -r -- "$said"
`;

/** What zsh offers for a line of which the last word is being typed. */
function offered(line: string): ReadonlySet<string> {
  const { stdout, status, stderr } = spawnSync('zsh', ['-f', '-c', ASK, 'ask', line], {
    encoding: 'utf8',
    env: { ...process.env, HUSHCAL_ZSH: dir },
    timeout: 100_000,
  });
  expect([stderr, status]).toEqual(['', 0]);
  expect(stdout).toContain('<END>');
  return new Set([...stdout.matchAll(/HIT:([^\r\n]+)/g)].map(([, word = '']) => word.replace(/=$/, '')));
}

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'hushcal-zsh-'));
  await writeFile(join(dir, 'settings'), SETTINGS);
  await writeFile(join(dir, '_hushcal'), zshCompletion(help));
  await writeFile(join(dir, 'backup.ics'), '');
});
afterAll(() => rm(dir, { recursive: true, force: true }));

it('completes every command', () => {
  const words = offered('hushcal ');
  for (const name of COMMAND_NAMES) expect([...words]).toContain(name);
});

it.each(help.commands.map((command) => [command.name, command] as const))(
  'completes every option of %s',
  (name, { options }) => {
    expect([...offered(`hushcal ${name} --`)].sort()).toEqual(
      [...options.map((option) => `--${option.name}`), '--help'].sort(),
    );
  },
);

it('completes the words that an option may be, and files where one is wanted', () => {
  expect([...offered('hushcal restore --scheduling ')].sort()).toEqual([
    'all',
    'external-only',
    'internal-only',
    'none',
  ]);
  expect([...offered('hushcal restore back')]).toContain('backup.ics');
});
