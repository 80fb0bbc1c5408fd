import { tmpdir } from 'node:os';
import { expect } from 'vitest';
import { createEngine } from '../../electron/engine/engine.ts';

/** Each run and batch whose end the audit has, has ended so in its folder, too: with this status and these numbers. */
export async function expectEndsKept(runsDir: string): Promise<void> {
  const engine = createEngine({ runsDir, tempDir: tmpdir(), now: () => new Date() });
  const ends = new Map<string, unknown>();
  for (const line of (await engine.audit()).lines) {
    // It was taken up again after that end.
    if (line.what === 'start') ends.delete(line.id);
    if (line.what === 'end') ends.set(line.id, { status: line.status, totals: line.totals });
  }
  const kept = [
    ...(await engine.runs()).map(({ runId, status, totals }) => [runId, { status, totals }] as const),
    ...(await engine.batches()).map(({ batchId, status, totals }) => [batchId, { status, totals }] as const),
  ].filter(([id]) => ends.has(id));
  expect(new Map(kept)).toEqual(ends);
}
