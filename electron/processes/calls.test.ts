import { describe, expect, it } from 'vitest';
import { HushError, type Failure } from '../../shared/model/failure.ts';
import { join } from './calls.ts';
import { pair } from './testing/pair.ts';

const GONE: Failure = { code: 'PRACTICE_NOT_RUNNING', message: 'It has ended.', reaction: 'fix-input' };

interface Theirs {
  add(a: number, b: number): number;
  refuse(): Promise<never>;
  never(): Promise<void>;
}

function joined() {
  const [mine, its] = pair();
  join(its, {
    add: (a: number, b: number) => a + b,
    refuse: () => Promise.reject(new HushError(GONE)),
    never: () => new Promise(() => undefined),
  });
  return join<Theirs>(mine, {});
}

describe('what is asked of another process', () => {
  it('is answered, each question its own', async () => {
    const remote = joined();
    expect(await Promise.all([remote.ask('add', 1, 2), remote.ask('add', 3, 4)])).toEqual([3, 7]);
  });

  it('fails as it failed there, code and words', async () => {
    await expect(joined().ask('refuse')).rejects.toMatchObject({ failure: GONE });
  });

  it('fails when the other side has ended, also what was asked before', async () => {
    const remote = joined();
    const waits = remote.ask('never');
    remote.end(GONE);
    await expect(waits).rejects.toMatchObject({ failure: GONE });
    await expect(remote.ask('add', 1, 1)).rejects.toMatchObject({ failure: GONE });
  });
});
