import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { EventQueue } from './events.ts';
import { Journal } from './kept/journal.ts';
import { RunLog } from './log.ts';
import type { RunStep } from './types.ts';

let dir: string;
let journal: Journal | null = null;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'hushcal-log-'));
});
afterEach(async () => {
  await journal?.close();
  await rm(dir, { recursive: true, force: true });
});

const step = {
  row: { id: 0, uid: 'a', action: 'create', href: '/a.ics', excluded: false, findings: [] },
} as unknown as RunStep;

async function openLog(steps: readonly RunStep[] = []): Promise<RunLog> {
  journal = await Journal.open(join(dir, 'journal.jsonl'), 'r');
  return new RunLog(steps, journal, new EventQueue(), new Map());
}

describe('status of a run that was told to stop', () => {
  it('is not "stopped" when nothing was left to do: there is nothing to resume', async () => {
    expect((await openLog()).status(true)).toBe('complete');
  });

  it.each(['cancelled', 'unknown'] as const)('is "stopped" while something is left %s', async (bucket) => {
    const log = await openLog([step]);
    log.leave(0, bucket, '');
    expect(log.status(true)).toBe('stopped');
    expect(log.status(false)).toBe('stopped');
  });

  it('is "incomplete" when an outcome stays unknown for good: a resume would do nothing', async () => {
    const log = await openLog([step]);
    log.final(0, { outcome: 'unknown', reason: '', status: null, href: null, etag: null, ms: null });
    expect(log.status(true)).toBe('incomplete');
  });

  it('is "stopped" when a problem ended it', async () => {
    const log = await openLog();
    log.problem({ code: 'RUN_STOPPED', message: 'The calendar is full.', reaction: 'stop-job' });
    expect(log.status(true)).toBe('stopped');
  });
});
