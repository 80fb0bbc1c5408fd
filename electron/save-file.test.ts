import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { saveFile } from './save-file.ts';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hushcal-save-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

test.skipIf(process.platform === 'win32')(
  'what is saved can be read by nobody else, also where a file stood',
  async () => {
    const [fresh, stood] = [join(folder, 'fresh.html'), join(folder, 'stood.html')];
    await writeFile(stood, 'an older and longer text', { mode: 0o644 });
    for (const path of [fresh, stood]) {
      await saveFile(path, 'report');
      expect([(await stat(path)).mode & 0o777, await readFile(path, 'utf8')]).toEqual([0o600, 'report']);
    }
  },
);

test('where it cannot be written is said', async () => {
  await expect(saveFile(join(folder, 'no', 'such.html'), 'x')).rejects.toMatchObject({
    failure: { code: 'REPORT_NOT_SAVED' },
  });
});
