import { expect, test } from 'vitest';
import { tokenCommand } from './token-command.ts';

test('the first line is the token; it is asked for again only when it was refused', async () => {
  const counted = tokenCommand('date +%s%N; echo more');
  const first = await counted();
  expect(first).toMatch(/^\d+$/);
  expect(await counted()).toBe(first);
  const second = await counted(true);
  expect(second).not.toBe(first);
  expect(await counted()).toBe(second);
});

test('a command that fails is said with its own words, without the command or what it printed', async () => {
  const failing = tokenCommand('echo the-token; echo "session is over" >&2; exit 3');
  const failed = { failure: { code: 'TOKEN_COMMAND_FAILED', reaction: 'fix-input' } };
  await expect(failing()).rejects.toMatchObject(failed);
  await expect(failing()).rejects.toThrow('The command for the token failed (exit code 3). It says: "session is over"');
  await expect(failing()).rejects.not.toThrow('the-token');
});

test('a command without output is no token', async () => {
  await expect(tokenCommand('true')()).rejects.toThrow('printed nothing');
  await expect(tokenCommand('no-such-command-here')()).rejects.toThrow('exit code 127');
});

test('the command has the environment that it was given', async () => {
  expect(await tokenCommand('echo "$TOKEN"', { ...process.env, TOKEN: 'abc' })()).toBe('abc');
});
