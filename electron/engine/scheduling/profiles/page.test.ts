import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { serversPage } from './page.ts';

const ROOT = join(import.meta.dirname, '../../../..');

describe('the page about servers', () => {
  it('docs/servers.md says what the profiles say (`node build/servers-page.mjs` writes it anew)', () => {
    expect(readFileSync(join(ROOT, 'docs/servers.md'), 'utf8')).toBe(serversPage());
  });
});
