import { expect, it } from 'vitest';
import { reach } from './pushed.ts';

/** The state is all that was heard, as text. */
const fold = (before: string, events: readonly string[]): string => before + events.join('');
const before = { seq: 2, snapshot: 'ab' };

it('counts each event once, also one that the state holds already', () => {
  const pushed = [
    { seq: 3, events: ['b', 'c'] },
    { seq: 3, events: ['c'] },
    { seq: 5, events: ['d', 'e'] },
  ];
  expect(reach(before, pushed, fold)).toEqual({ seq: 5, snapshot: 'abcde' });
});

it('takes the state in place of events that were too many, and goes on from it', () => {
  const pushed = [
    { seq: 3, events: ['c'] },
    { seq: 1003, events: [], snapshot: 'much' },
    { seq: 1004, events: ['!'] },
  ];
  expect(reach(before, pushed, fold)).toEqual({ seq: 1004, snapshot: 'much!' });
});

it('takes no state that is older than its own', () => {
  expect(reach(before, [{ seq: 1, events: [], snapshot: 'a' }], fold)).toEqual(before);
});

it('says that something is missing', () => {
  expect(reach(before, [{ seq: 9, events: ['i'] }], fold)).toBeNull();
});
