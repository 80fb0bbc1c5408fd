import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createEngine, type Engine } from '../../../engine.ts';

interface KeptRuns {
  readonly runsDir: string;
  readonly engine: Engine;
  /** Deletes them. */
  close(): Promise<void>;
}

/**
 * Runs and batches that an earlier version kept, copied to a place of their own, and an engine over them.
 *
 * @param kept the folder of a fixture
 * @param now ISO 8601
 */
export async function openKeptRuns(kept: string, now: string): Promise<KeptRuns> {
  const dir = await mkdtemp(join(tmpdir(), 'hushcal-format-'));
  const runsDir = join(dir, 'runs');
  await cp(kept, runsDir, { recursive: true });
  const engine = createEngine({ runsDir, tempDir: join(dir, 'temp'), now: () => new Date(now) });
  return { runsDir, engine, close: () => rm(dir, { recursive: true, force: true }) };
}
