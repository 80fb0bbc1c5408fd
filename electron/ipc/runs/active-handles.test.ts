import { expect, it } from 'vitest';
import { HushError } from '../../../shared/model/failure.ts';
import { ActiveHandles, type Handle } from './active-handles.ts';

interface Word extends Handle<string> {
  readonly id: string;
}

/** Says its id when it is stopped, and ends; `breaks` makes its events end with an error. */
function wordOf(id: string, breaks = false): Word {
  let stop: () => void = () => undefined;
  const finished = new Promise<void>((resolve) => {
    stop = resolve;
  });
  return {
    id,
    events: async function* () {
      await finished;
      if (breaks) throw new HushError({ code: 'RUN_LOCKED', message: 'broken', reaction: 'fix-input' });
      yield [id];
    },
    pause: () => undefined,
    stop,
    finished,
  };
}

function open() {
  const pushed: string[] = [];
  const ended: (readonly [snapshot: string, remaining: number])[] = [];
  const kind = {
    fold: { empty: '', fold: (before: string, events: readonly string[]) => before + events.join('') },
    endedKept: 2,
    idOf: ({ id }: Word) => id,
    push: (id: string, { seq }: { readonly seq: number }) => pushed.push(`${id} ${String(seq)}`),
    broken: ({ message }: { readonly message: string }) => message,
    unknown: () => new HushError({ code: 'RUN_NOT_ACTIVE', message: 'not here', reaction: 'fix-input' }),
  };
  const active = new ActiveHandles<Word, string, string>(kind, {
    progressed: () => undefined,
    ended: (snapshot, remaining) => ended.push([snapshot, remaining]),
  });
  return { active, pushed, ended };
}

it('passes on what each one says, and has ended when stopAll has', async () => {
  const { active, pushed, ended } = open();
  active.follow(wordOf('a'));
  active.follow(wordOf('b', true));
  expect(active.active()).toEqual(['a', 'b']);
  await active.stopAll();
  expect(active.active()).toEqual([]);
  expect(pushed.sort()).toEqual(['a 1', 'b 1']);
  expect(ended.map(([snapshot]) => snapshot).sort()).toEqual(['a', 'broken']);
  expect(ended.map(([, remaining]) => remaining)).toEqual([1, 0]);
  expect(active.snapshot('b')).toEqual({ seq: 1, snapshot: 'broken' });
});

it('keeps the last ones that have ended, and knows no other', async () => {
  const { active } = open();
  for (const id of ['a', 'b', 'c']) {
    active.follow(wordOf(id));
    await active.stopAll();
  }
  expect(active.snapshot('c').snapshot).toBe('c');
  expect(active.snapshot('b').snapshot).toBe('b');
  expect(() => active.snapshot('a')).toThrow('not here');
  expect(() => {
    active.stop('a');
  }).toThrow('not here');
});

it('follows one that is taken up again from its beginning', async () => {
  const { active } = open();
  active.follow(wordOf('a'));
  await active.stopAll();
  active.follow(wordOf('a'));
  expect([active.active(), active.snapshot('a')]).toEqual([['a'], { seq: 0, snapshot: '' }]);
  await active.stopAll();
});
