import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Bridge, Envelope } from '../../../shared/ipc/contract.ts';
import type { JobEvent } from '../../../shared/model/job.ts';
import { EMPTY_SNAPSHOT, foldEvents } from '../../../shared/model/snapshot.ts';
import { takeBatches, useRun } from './run.ts';

const RUN = 'run-1';
let frames: (() => void)[] = [];
/** What the main process would answer: its own fold of the events so far. */
let main: JobEvent[] = [];
let asked = 0;

function item(row: number): JobEvent {
  const names = { uid: `uid-${String(row)}`, href: null, file: 'a.ics', title: '', reason: '' };
  return { kind: 'item', row, action: 'create', outcome: 'created', line: 1, ...names };
}

function answer(route: string): Envelope<unknown> {
  if (route !== 'run.snapshot') throw new Error(`unexpected ${route}`);
  asked += 1;
  return { ok: true, value: { seq: main.length, snapshot: foldEvents({ ...EMPTY_SNAPSHOT, runId: RUN }, main) } };
}

function batch(from: number, to: number): { runId: string; seq: number; events: JobEvent[] } {
  return { runId: RUN, seq: to, events: Array.from({ length: to - from }, (_, index) => item(from + index)) };
}

function frame(): void {
  const due = frames;
  frames = [];
  for (const run of due) run();
}

beforeEach(() => {
  frames = [];
  main = [];
  asked = 0;
  const bridge: Bridge = {
    request: (route) => Promise.resolve(JSON.stringify(answer(route))),
    subscribe: () => () => undefined,
  };
  vi.stubGlobal('window', { hushcal: bridge });
  vi.stubGlobal('requestAnimationFrame', (run: () => void) => frames.push(run));
  vi.stubGlobal('cancelAnimationFrame', () => undefined);
  useRun.getState().clear();
});

afterEach(() => {
  vi.unstubAllGlobals();
});

describe('joining a run', () => {
  it('counts each event once, also those that the snapshot holds already', async () => {
    main = batch(0, 10).events;
    await useRun.getState().attach(RUN);
    takeBatches([batch(5, 15), batch(15, 20)]);
    frame();
    expect(useRun.getState().snapshot.done).toBe(20);
    expect(useRun.getState().seq).toBe(20);
  });

  it('keeps what comes while the snapshot is on its way', async () => {
    main = batch(0, 10).events;
    const joined = useRun.getState().attach(RUN);
    takeBatches([batch(10, 12)]);
    frame();
    await joined;
    expect(useRun.getState().snapshot.done).toBe(12);
  });

  it('asks for the state anew when a batch was lost', async () => {
    await useRun.getState().attach(RUN);
    main = batch(0, 30).events;
    takeBatches([batch(20, 30)]);
    frame();
    await vi.waitFor(() => {
      expect(useRun.getState().snapshot.done).toBe(30);
    });
    expect(asked).toBe(2);
  });

  it('changes the store once per frame, whatever came meanwhile', async () => {
    await useRun.getState().attach(RUN);
    let changes = 0;
    const stop = useRun.subscribe(() => {
      changes += 1;
    });
    for (let at = 0; at < 1000; at += 10) takeBatches([batch(at, at + 10)]);
    frame();
    stop();
    expect(changes).toBe(1);
    expect(useRun.getState().snapshot.done).toBe(1000);
  });

  it('does not listen to another run', async () => {
    await useRun.getState().attach(RUN);
    takeBatches([{ ...batch(0, 5), runId: 'run-2' }]);
    frame();
    expect(useRun.getState().snapshot.done).toBe(0);
  });
});
