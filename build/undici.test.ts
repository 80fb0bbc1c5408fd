import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const ROOT = join(import.meta.dirname, '..');
const IMPORT = /^import \{([^}]*)\} from 'undici';$/gm;

it('gives a build all of undici that the sources take', () => {
  const taken = new Set(
    readdirSync(join(ROOT, 'electron'), { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.ts') && !file.includes('.test.'))
      .flatMap((file) => [...readFileSync(join(ROOT, 'electron', file), 'utf8').matchAll(IMPORT)])
      .flatMap((match) => (match[1] ?? '').split(','))
      .map((name) => name.trim())
      .filter((name) => name !== '' && !name.startsWith('type ')),
  );
  const require = createRequire(import.meta.url);
  const given = require('./lib/undici.cjs') as object;
  expect(Object.keys(given).sort()).toEqual([...taken].sort());
  const whole = require('undici') as Readonly<Record<string, unknown>>;
  for (const [name, value] of Object.entries(given)) expect(value, name).toBe(whole[name]);
});
