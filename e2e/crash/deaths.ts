import { expect } from 'vitest';
import type { BringBack, Keep } from './kept.ts';
import type { Point } from './points.ts';
import type { Death, Output } from './run-process.ts';

/** A scene that is brought to its beginning, and one command that begins there. */
interface Beginning {
  readonly bringBack: BringBack;
  readonly keep: Keep;
  run(death: Death): Promise<Output>;
}

interface Deaths {
  /** Puts the scene where a process leaves it that begins anew and ends at the point. */
  leave(point: Point): Promise<void>;
}

/**
 * All ends of a command at many points. At the first point of each moment a process is killed. What it would leave at the
 * others is taken from one process that waits at each of them: the folder as it lies there, and the servers once they have
 * done what had come to them whole. That both are the same: halts.test.ts.
 */
export async function deathsAt(points: readonly Point[], { bringBack, keep, run }: Beginning): Promise<Deaths> {
  const killed = new Set(firstOfEachMoment(points).map(({ at }) => at));
  await bringBack();
  const left = await leftAt(
    points.filter(({ at }) => !killed.has(at)),
    { keep, run },
  );
  return {
    async leave({ at }) {
      if (killed.has(at)) {
        await bringBack();
        await kill(run, at);
        return;
      }
      const end = left.get(at);
      if (end === undefined) throw new Error(`no process came to ${at}`);
      await end();
    },
  };
}

export async function kill(run: Beginning['run'], at: string): Promise<void> {
  const { code, stderr } = await run({ at });
  expect([code, stderr]).toEqual([null, expect.any(String)]);
}

/** What would be left at each of the points, of one process that goes on to its end. */
export async function leftAt(
  points: readonly Point[],
  { keep, run }: Omit<Beginning, 'bringBack'>,
): Promise<ReadonlyMap<string, BringBack>> {
  const left = new Map<string, BringBack>();
  if (points.length === 0) return left;
  const { code } = await run({
    halts: {
      at: points.map(({ at }) => at),
      reached: async (at, lost) => void left.set(at, await keep(lost)),
    },
  });
  expect(code, 'the process goes on to its end').not.toBeNull();
  return left;
}

function firstOfEachMoment(points: readonly Point[]): readonly Point[] {
  return [...new Map(points.toReversed().map((point) => [point.moment, point])).values()];
}
