import { FORMAT } from './format.ts';
import { mkdir, mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createRun, listRuns } from './folder.ts';
import type { RunHead } from '../types.ts';

let dir: string;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'hushcal-runs-'));
});
afterEach(async () => {
  await rm(dir, { recursive: true, force: true });
});

async function leftBehind(name: string, hoursAgo: number): Promise<void> {
  await mkdir(join(dir, name));
  await writeFile(join(dir, name, 'bodies.pack'), 'BEGIN:VEVENT');
  const at = new Date(Date.now() - hoursAgo * 3_600_000);
  await utimes(join(dir, name), at, at);
}

async function* noSteps(): AsyncGenerator<never> {
  // No rows.
}

it('removes what a killed process left in the making, and nothing else', async () => {
  await leftBehind('.new-20260101T000000000-aaaaaaaa', 30);
  await leftBehind('.new-20260102T000000000-bbbbbbbb', 1);
  await leftBehind('20260101T000000000-cccccccc', 300);
  // Of the head only its name matters here; it is written down as it is.
  const head = { formatVersion: FORMAT, runId: '20260103T000000000-dddddddd' } as RunHead;
  await createRun(dir, head, noSteps());
  expect((await readdir(dir)).sort()).toEqual([
    '.new-20260102T000000000-bbbbbbbb',
    '20260101T000000000-cccccccc',
    '20260103T000000000-dddddddd',
  ]);
  expect(await listRuns(dir)).toEqual(['20260103T000000000-dddddddd', '20260101T000000000-cccccccc']);
});
