import { Writable } from 'node:stream';
import { expect, test } from 'vitest';
import { print, tell, type CliIo } from './io.ts';
import { rowText } from './output/plan-text.ts';

async function said(text: string): Promise<{ out: string; err: string }> {
  const seen = { out: '', err: '' };
  const into = (name: 'out' | 'err') =>
    new Writable({
      write(chunk, _encoding, done) {
        seen[name] += String(chunk);
        done();
      },
    });
  const io: CliIo = { stdout: into('out'), stderr: into('err'), stdin: process.stdin, env: {}, cwd: '/' };
  await print(io, text);
  tell(io, text);
  return seen;
}

test.each([
  ['a colour', '\u001b[31mred'],
  ['a title of the terminal', '\u001b]0;owned\u0007'],
  ['an eight-bit escape', '\u009b31mred'],
  ['a return that writes over the line', 'failed\rdone  '],
  ['letters turned around', 'invoice\u202ecod.exe\u2069'],
  ['delete and backspace', 'x\u007f\u0008'],
])('%s from a stranger steers no terminal, and JSON keeps it', async (_what, text) => {
  const { out, err } = await said(text);
  for (const shown of [out, err]) expect(shown).toMatch(/^[^\p{Cc}\u202a-\u202e\u2066-\u2069]+\n$/u);
  expect(JSON.parse((await said(JSON.stringify({ text }))).out)).toEqual({ text });
});

test('what is no control stays as it is, and lines of a table keep their ends', async () => {
  const text = 'Grüße 👋🏽\tto\r\nall \ufeff';
  expect((await said(text)).out).toBe(`${text}\n`);
});

test('a title or a file name with a line end makes no second row', () => {
  const row = { title: 'x\ncreated  fake', uid: 'u', reason: 'why\n!', file: 'a\nb.ics', line: 3 };
  expect(rowText(row)).not.toContain('\n');
});
