import { Readable, Writable } from 'node:stream';
import { expect, it } from 'vitest';
import { COMMAND_NAMES, loadCommand } from '../../commands.ts';
import { runCli } from '../../run-cli.ts';
import { flagsIn } from './help.ts';
import { helpData, type OptionHelp } from './help-data.ts';

const usages = new Map(
  await Promise.all(COMMAND_NAMES.map(async (name) => [name, (await loadCommand(name))?.usage ?? ''] as const)),
);
const data = helpData('1.2.3', usages);

async function say(...argv: readonly string[]): Promise<{ code: number; stdout: string }> {
  let stdout = '';
  const into = (add: (text: string) => void): Writable =>
    new Writable({
      write(chunk, _encoding, done) {
        add(String(chunk));
        done();
      },
    });
  const code = await runCli(argv, {
    stdout: into((text) => (stdout += text)),
    stderr: into(() => undefined),
    stdin: Readable.from([]),
    env: {},
    cwd: '.',
  });
  return { code, stdout };
}

function option(command: string, name: string): Partial<OptionHelp> {
  const found = data.commands.find((one) => one.name === command)?.options.find((one) => one.name === name);
  return { ...found, meaning: '' };
}

it('has every command and option', () => {
  expect(data.commands.map(({ name }) => name)).toEqual(COMMAND_NAMES);
  for (const { usage, options } of data.commands) expect(options.map(({ name }) => name)).toEqual(flagsIn(usage));
});

it('reads from the usage line what an option takes', () => {
  const plain = { choices: [], valueIsOptional: false, repeats: false, meaning: '' };
  expect(option('restore', 'json')).toEqual({ ...plain, name: 'json', value: null });
  expect(option('backup', 'all')).toEqual({ ...plain, name: 'all', value: null });
  expect(option('backup', 'calendar')).toEqual({ ...plain, name: 'calendar', value: 'URL', repeats: true });
  expect(option('restore', 'yes')).toEqual({ ...plain, name: 'yes', value: 'HASH', valueIsOptional: true });
  expect(option('restore', 'password-env')).toEqual({ ...plain, name: 'password-env', value: 'VAR' });
  expect(option('restore', 'as')).toEqual({ ...plain, name: 'as', value: 'server|match|mailto:…' });
  expect(option('restore', 'alias')).toEqual({ ...plain, name: 'alias', value: 'mailto:…', repeats: true });
  expect(option('restore', 'on-conflict').choices).toEqual(['skip', 'replace', 'newer', 'copy']);
  const pinned = { ...plain, name: 'trust-fingerprint', value: '[HOST=]SHA256', repeats: true };
  expect(option('restore', 'trust-fingerprint')).toEqual(pinned);
  const bend = { ...plain, name: 'bend', value: 'REQUEST:NAME[:OBJECT]', repeats: true };
  expect(option('practice', 'bend')).toEqual(bend);
});

it('is said by help, of all for programs, of one in words, and of none with the exit code of wrong usage', async () => {
  const all = await say('help', '--json');
  expect(JSON.parse(all.stdout)).toEqual({ v: 1, ...data, version: '0.0.0' });
  const one = await say('help', 'unlock');
  expect(one).toEqual(await say('unlock', '--help'));
  const none = await say('help', 'nothing');
  expect([none.code, none.stdout]).toEqual([2, '']);
});

it('says its version', async () => {
  expect(await say('--version')).toEqual({ code: 0, stdout: 'hushcal 0.0.0\n' });
});
