import { expect, test } from 'vitest';
import { PauseGate } from './pause-gate.ts';

test('holds what comes while it is closed, and lets all of it go', async () => {
  const gate = new PauseGate();
  const { signal } = new AbortController();
  await gate.pass(signal);
  gate.close();
  const passed: number[] = [];
  const both = Promise.all([1, 2].map((one) => gate.pass(signal).then(() => passed.push(one))));
  await Promise.resolve();
  expect(passed).toEqual([]);
  gate.open();
  await both;
  expect(passed).toEqual([1, 2]);
});

test('holds nobody who was told to stop', async () => {
  const gate = new PauseGate();
  gate.close();
  const stop = new AbortController();
  const passing = gate.pass(stop.signal);
  stop.abort();
  await passing;
  await gate.pass(stop.signal);
});
