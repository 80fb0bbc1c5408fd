import { describe, expect, test } from 'vitest';
import type { JobEventOf } from '../../shared/model/job.ts';
import { three, THREE_BEFORE } from './backup.ts';
import { OPERATIONS, READ_FAULTS, WRITE_FAULTS, type Fate, type FaultCase, type Operation } from './fault-table.ts';
import { bucketsOf, filled, openScene, type Ended, type Scene, type Seen } from './scene.ts';

const METHOD = { create: 'PUT', update: 'PUT', delete: 'DELETE' } as const;
const DONE = { create: 'created', update: 'updated', delete: 'deleted' } as const;
const EXIT = { done: 0, failed: 1, unknown: 1, conflict: 1, stopped: 3 } as const;

/** A calendar with three rows to write in mode all, so that a message too many is seen. */
async function begin(operation: Operation, mode = 'all'): Promise<{ scene: Scene; argv: readonly string[] }> {
  const scene = await openScene(three(operation === 'update'), operation === 'update' ? THREE_BEFORE : new Map());
  if (operation !== 'delete') return { scene, argv: await scene.consented(scene.restoreArgs(mode)) };
  const { settled } = await scene.runHere(scene.restoreArgs(mode));
  return { scene, argv: await scene.consented(scene.againArgs('undo', settled?.runId ?? '')) };
}

/**
 * What runs a case: for the first of each kind the built command line in a process of its own, for the others the same
 * from its sources.
 */
function runnerFor<T>(
  cases: readonly T[],
  kindOf: (one: T) => string | number,
): (one: T, scene: Scene) => Scene['run'] {
  const firsts = new Set(new Map(cases.toReversed().map((one) => [kindOf(one), one])).values());
  return (one, scene) => (firsts.has(one) ? scene.run : scene.runHere);
}

/** How the job ends when nothing goes wrong; the same for every case, so it is made once. */
const faultless = new Map<Operation, Promise<Seen>>();
function withoutFault(operation: Operation): Promise<Seen> {
  const known = faultless.get(operation) ?? playWithoutFault(operation);
  faultless.set(operation, known);
  return known;
}

async function playWithoutFault(operation: Operation): Promise<Seen> {
  const { scene, argv } = await begin(operation);
  const { code } = await scene.runHere(argv);
  expect(code).toBe(0);
  const seen = await scene.look();
  await scene.close();
  return seen;
}

function settledOf({ settled, stderr }: Ended): JobEventOf<'settled'> {
  if (settled === undefined) throw new Error(`it did not end: ${stderr}`);
  return settled;
}

/** What the run itself says, by fate. */
function expectFate(ended: Ended, operation: Operation, fate: Fate): void {
  const settled = settledOf(ended);
  const totals = filled(settled.totals);
  expect(bucketsOf(ended.events)).toEqual(totals);
  expect(ended.code).toBe(EXIT[fate]);
  const done = DONE[operation];
  if (fate === 'stopped') {
    expect(settled.status).toBe('stopped');
    expect([totals.failed, totals.conflict, totals.unknown]).toEqual([undefined, undefined, undefined]);
    expect((totals[done] ?? 0) + (totals.cancelled ?? 0)).toBe(3);
    expect(totals.cancelled).toBeGreaterThan(0);
  } else {
    expect(totals).toEqual(fate === 'done' ? { [done]: 3 } : { [done]: 2, [fate]: 1 });
    expect(settled.verified).toBe(totals[done]);
  }
  for (const event of ended.events) {
    if (event.kind === 'item' && event.outcome !== done) expect(event.reason).toMatch(/\S.*[.”"]$/s);
  }
}

/** What a person does then. */
async function recover(scene: Scene, ended: Ended, fate: Fate): Promise<void> {
  scene.setFaults([]);
  if (fate === 'done' || fate === 'conflict') return;
  const again = await scene.runHere(scene.againArgs(fate === 'stopped' ? 'resume' : 'retry', settledOf(ended).runId));
  expect([again.code, again.stderr]).toEqual([0, expect.any(String)]);
}

describe.each(OPERATIONS)('%s', (operation) => {
  const fateOf = ({ fate }: FaultCase): Fate => (typeof fate === 'string' ? fate : fate[operation]);
  const runner = runnerFor(WRITE_FAULTS, fateOf);
  test.concurrent.each(WRITE_FAULTS)('meets $name', async (one) => {
    const { fault } = one;
    const fated = fateOf(one);
    const { scene, argv } = await begin(operation);
    try {
      scene.setFaults([{ method: METHOD[operation], after: 1, ...fault }]);
      const ended = await runner(one, scene)(argv);
      expectFate(ended, operation, fated);
      await recover(scene, ended, fated);
      const seen = await scene.look();
      const wanted = await withoutFault(operation);
      if (fated === 'conflict') {
        // One row is left as it was, and nobody heard of it.
        expect(wanted.messages).toEqual(expect.arrayContaining([...seen.messages]));
        expect(seen.messages.length).toBeLessThan(wanted.messages.length);
      } else expect(seen).toEqual(wanted);
    } finally {
      await scene.close();
    }
  });
});

describe('in a silent mode, where sending again notifies nobody', () => {
  const unknown = WRITE_FAULTS.filter(({ fate }) => fate === 'unknown');
  test.concurrent.each(unknown)('meets $name', async ({ fault }) => {
    const { scene, argv } = await begin('create', 'none');
    try {
      scene.setFaults([{ method: 'PUT', after: 1, ...fault }]);
      expectFate(await scene.runHere(argv), 'create', 'done');
      expect((await scene.look()).messages).toEqual([]);
    } finally {
      await scene.close();
    }
  });
});

describe('reading', () => {
  const runner = runnerFor(READ_FAULTS, ({ code }) => code);
  test.concurrent.each(READ_FAULTS)('meets $name', async (one) => {
    const { operation, faults, code, totals, verified } = one;
    const { scene, argv } = await begin(operation, 'none');
    try {
      const before = await scene.look();
      scene.setFaults(faults);
      const ended = await runner(one, scene)(argv);
      scene.setFaults([]);
      expect([ended.code, filled(settledOf(ended).totals)]).toEqual([code, totals]);
      expect(settledOf(ended).verified).toBe(verified);
      if (code === 2) expect(await scene.look()).toEqual(before);
      else expect(bucketsOf(ended.events)).toEqual(totals);
      expect((await scene.look()).messages).toEqual([]);
    } finally {
      await scene.close();
    }
  });
});

test('a server that is busy for good: the run stops by itself and can be resumed', async () => {
  const { scene, argv } = await begin('create');
  try {
    scene.setFaults([{ method: 'PUT', status: 503, retryAfter: 0, count: 0 }]);
    const ended = await scene.run(argv);
    expect([ended.code, filled(settledOf(ended).totals)]).toEqual([1, { failed: 3 }]);
    await recover(scene, ended, 'failed');
    expect(await scene.look()).toEqual(await withoutFault('create'));
  } finally {
    await scene.close();
  }
});
