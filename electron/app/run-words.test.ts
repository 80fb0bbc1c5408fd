import { expect, test } from 'vitest';
import { EMPTY_SNAPSHOT, type RunSnapshot } from '../../shared/model/snapshot.ts';
import { ZERO_TOTALS } from '../../shared/model/outcome.ts';
import { fractionDone, sumUp } from './run-words.ts';

const during = (done: number, of: number | null): RunSnapshot => ({
  ...EMPTY_SNAPSHOT,
  phase: { name: 'writing', done, of },
});

test('the fraction is that of all runs together, and unknown while one does not know', () => {
  expect(fractionDone([during(1, 4), during(2, 4)])).toBe(0.375);
  expect(fractionDone([during(1, 4), during(2, null)])).toBeNull();
  expect(fractionDone([EMPTY_SNAPSHOT])).toBeNull();
  expect(fractionDone([])).toBeNull();
});

test('success is said only of a complete run', () => {
  const totals = { ...ZERO_TOTALS, created: 2, updated: 1, failed: 1 };
  const said = (status: RunSnapshot['status']) => sumUp({ ...EMPTY_SNAPSHOT, calendar: 'Work', status, totals });
  expect(said('complete')).toEqual({ title: 'Restored: Work', body: '3 events written and verified.' });
  expect(said('incomplete')).toEqual({ title: 'Please look: Work', body: '3 events written, 1 event to look at.' });
  expect(said('stopped').body).toContain('resumed');
  expect(said('refused').body).toContain('Nothing was written');
});
