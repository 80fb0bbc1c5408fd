import { expect, test } from 'vitest';
import type { JobEvent } from '../../../shared/model/job.ts';
import { ZERO_TOTALS } from '../../../shared/model/outcome.ts';
import type { RunHandle } from '../../engine/types.ts';
import { ActiveRuns } from './active-runs.ts';

const settled: JobEvent = {
  kind: 'settled',
  runId: 'a',
  status: 'stopped',
  totals: ZERO_TOTALS,
  verified: 0,
  mode: { asked: 'none', effective: 'none', because: '' },
  at: '2026-01-01T00:00:00Z',
};

/** A run that goes on until it is stopped; `breaks` makes its events end with an error. */
function handleOf(breaks = false): RunHandle {
  const { finished, stop } = stoppable();
  return {
    runId: 'a',
    events: async function* () {
      await finished;
      if (breaks) throw new Error('the disk is full');
      yield [settled];
    },
    pause: () => undefined,
    stop,
    finished,
  };
}

function stoppable(): { finished: Promise<void>; stop: () => void } {
  let stop: () => void = () => undefined;
  const finished = new Promise<void>((resolve) => {
    stop = resolve;
  });
  return { finished, stop };
}

test.each([false, true])(
  'after stopAll nothing is active, and the watcher has heard of the end (broken: %s)',
  async (breaks) => {
    const ends: number[] = [];
    const pushed: string[] = [];
    const runs = new ActiveRuns((name) => pushed.push(name), {
      progressed: () => undefined,
      ended: (_snapshot, remaining) => ends.push(remaining),
    });
    runs.follow(handleOf(breaks));
    expect(runs.active()).toEqual(['a']);
    await runs.stopAll();
    expect([runs.active(), ends, pushed]).toEqual([[], [0], ['run.events']]);
    const { snapshot } = runs.snapshot('a');
    expect(breaks ? snapshot.problems.length : snapshot.status).toEqual(breaks ? 1 : 'stopped');
  },
);
