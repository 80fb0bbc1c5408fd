import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createEngine } from '../../../electron/engine/engine.ts';
import type { SchedulingMode } from '../../../shared/model/scheduling.ts';
import type { Totals } from '../../../shared/model/outcome.ts';

export interface RestoreJob {
  readonly file: string;
  readonly url: string;
  readonly user: string;
  readonly password: string;
  readonly mode: SchedulingMode;
  readonly concurrency: number;
  /** Keeps the runs there; a folder for this one run when left out. */
  readonly runsDir?: string;
}

export interface RestoreTimes {
  /** Reading, checking, listing, planning. */
  readonly prepareMs: number;
  /** From the first request of the write phase to the answer to the last one. */
  readonly writeMs: number;
  /** From the first octet read to the run's end, everything verified. */
  readonly totalMs: number;
  readonly totals: Totals;
  readonly verified: number;
}

/** A whole restore through the engine, as the command line does it. Throws when it did not end well. */
export async function restore(job: RestoreJob): Promise<RestoreTimes> {
  const folder = await mkdtemp(join(tmpdir(), 'hushcal-bench-'));
  const engine = createEngine({
    runsDir: job.runsDir ?? join(folder, 'runs'),
    tempDir: join(folder, 'temp'),
    now: () => new Date(),
  });
  const { user, concurrency } = job;
  try {
    const began = performance.now();
    const prepared = await engine.prepareRestore(
      {
        sources: [job.file],
        calendarUrl: job.url,
        user,
        mode: job.mode,
        identity: { kind: 'server' },
        onConflict: 'skip',
        only: [],
        concurrency,
        assume: ['no-mail-hook'],
      },
      { url: job.url, user, password: () => Promise.resolve(job.password), concurrency },
    );
    const prepareMs = performance.now() - began;
    const run = await prepared.start({ hash: prepared.summary.hash, typedMessages: null });
    let first = 0;
    let last = 0;
    for await (const batch of run.events()) {
      for (const event of batch) {
        if (event.kind === 'phase' && event.phase === 'writing') {
          if (first === 0) first = performance.now();
          last = performance.now();
        } else if (event.kind === 'problem') throw new Error(event.failure.message);
        else if (event.kind === 'settled') {
          if (event.status !== 'complete')
            throw new Error(`the run is ${event.status}: ${JSON.stringify(event.totals)}`);
          await run.finished;
          const totalMs = performance.now() - began;
          return { prepareMs, writeMs: last - first, totalMs, totals: event.totals, verified: event.verified };
        }
      }
    }
    throw new Error('the run did not settle');
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
