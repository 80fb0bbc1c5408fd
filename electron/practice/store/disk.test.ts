import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { startPractice } from '../server.ts';

test.skipIf(process.platform === 'win32')('what people rehearse with is kept for its owner only', async () => {
  const dataDir = join(mkdtempSync(join(tmpdir(), 'practice-disk-')), 'data');
  const server = await startPractice({ dataDir });
  await server.close();
  try {
    const names = readdirSync(dataDir, { recursive: true, withFileTypes: true });
    expect(names.length).toBeGreaterThan(10);
    for (const entry of names) {
      const path = join(entry.parentPath, entry.name);
      expect(statSync(path).mode & 0o077, path).toBe(0);
    }
  } finally {
    rmSync(dataDir, { recursive: true, force: true });
  }
});
