import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { ZERO_TOTALS } from '../../../../shared/model/outcome.ts';
import { writeResult } from './folder.ts';
import { Journal } from './journal.ts';
import { lockRun } from './lock.ts';
import { PackWriter } from './pack.ts';

let dir: string;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'hushcal-private-'));
});
afterEach(async () => {
  await rm(dir, { recursive: true, force: true });
});

it.skipIf(process.platform === 'win32')(
  'every file of a run is its owner’s only, also when the folder is copied',
  async () => {
    const pack = await PackWriter.open(join(dir, 'bodies.pack'));
    const journal = await Journal.open(join(dir, 'journal.jsonl'), 'r');
    lockRun(dir);
    await writeResult(dir, { endedAt: null, status: 'complete', totals: ZERO_TOTALS, verified: 0, canUndo: false }, 0);
    await Promise.all([pack.close(), journal.close()]);
    const names = await readdir(dir);
    expect(names.sort()).toEqual(['bodies.pack', 'journal.jsonl', 'lock.1', 'result.json']);
    for (const name of names) expect((await stat(join(dir, name))).mode & 0o777, name).toBe(0o600);
  },
);
