import { expect, test } from 'vitest';
import { withinBudget } from './time-budget.ts';

test('work that does not end is ended, and the sentence says what was looked for', () => {
  const endless = (): void => {
    for (;;);
  };
  expect(() => withinBudget(endless, ['title~a{900}'], 20)).toThrow(/title~a\{900\} takes far too long/);
});

test('what goes wrong inside is thrown as it is', () => {
  const wrong = new Error('wrong');
  const work = (): void => {
    throw wrong;
  };
  expect(() => withinBudget(work, [])).toThrow(wrong);
});
