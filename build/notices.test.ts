import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { noticeOf } from './lib/ship/notices.mjs';

const MODULES = join(import.meta.dirname, '../node_modules');

let dir = '';
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'hushcal-notices-'));
});
afterEach(() => {
  rmSync(dir, { recursive: true, force: true });
});

function packed(manifest: object, files: Readonly<Record<string, string>> = {}): string {
  writeFileSync(join(dir, 'package.json'), JSON.stringify({ name: 'some', version: '1.0.0', ...manifest }));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(dir, name), text);
  return noticeOf(dir);
}

it('holds the whole text of each kind of licence that we bundle', () => {
  expect(noticeOf(join(MODULES, 'ical.js'))).toMatch(
    /ical\.js \S+ \(MPL-2\.0\)[^]+npmjs[^]+Mozilla Public License[^]+Covered Software/,
  );
  expect(noticeOf(join(MODULES, '@fontsource-variable/inter'))).toMatch(/SIL OPEN FONT LICENSE[^]+TERMINATION/);
  expect(noticeOf(join(MODULES, 'timezones-ical-library'))).toMatch(/Apache License[^]+END OF TERMS AND CONDITIONS/);
  expect(noticeOf(join(MODULES, 'undici'))).toMatch(/MIT[^]+Permission is hereby granted/);
  // It names its licence and its author, and brings no text.
  expect(noticeOf(join(MODULES, 'saxes'))).toMatch(/Copyright \(c\) \S[^]+Permission to use, copy/);
});

it('brings the NOTICE of a package with its licence', () => {
  const text = packed({ license: 'Apache-2.0' }, { LICENSE: 'the terms', NOTICE: 'made by somebody' });
  expect(text).toBe('some 1.0.0 (Apache-2.0)\n\nthe terms\n\nmade by somebody');
});

it('takes no licence that nobody has read, and none without its text', () => {
  for (const license of ['GPL-3.0-only', 'SEE LICENSE IN LICENSE', '', undefined]) {
    expect(() => packed({ license }, { LICENSE: 'text' })).toThrow('a licence that nobody has read yet');
  }
  rmSync(join(dir, 'LICENSE'));
  expect(() => packed({ license: 'Apache-2.0', author: 'A' })).toThrow('without the text of its licence, Apache-2.0');
  expect(() => packed({ license: 'MIT' })).toThrow('without the text of its licence, MIT');
});
