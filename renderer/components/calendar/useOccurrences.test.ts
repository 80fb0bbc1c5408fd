import { expect, it } from 'vitest';
import { NO_OCCURRENCES, type DayRange, type Occurrences } from '../../../shared/model/found/occurrences.ts';
import { askAhead, occurrencesOf } from './useOccurrences.ts';

/** A source that keeps what it was asked; `failures`: how many of the first answers fail. */
function sourceOf(failures = 0): { readonly asked: DayRange[]; source: (range: DayRange) => Promise<Occurrences> } {
  const asked: DayRange[] = [];
  const source = (range: DayRange): Promise<Occurrences> => {
    asked.push(range);
    return asked.length <= failures ? Promise.reject(new Error('not now')) : Promise.resolve(NO_OCCURRENCES);
  };
  return { asked, source };
}

it('what was asked for ahead is not asked for again, other days and other calendars are', async () => {
  const [one, other] = [sourceOf(), sourceOf()];
  askAhead(one.source, 20_000, 20_034);
  askAhead(one.source, 20_000, 20_034);
  await occurrencesOf(one.source, 20_000, 20_034);
  expect(one.asked).toEqual([{ from: '2024-10-04', to: '2024-11-07' }]);
  await occurrencesOf(one.source, 20_000, 20_006);
  await occurrencesOf(other.source, 20_000, 20_034);
  expect([one.asked.length, other.asked.length]).toEqual([2, 1]);
});

it('what failed ahead is asked for when it is looked at', async () => {
  const { asked, source } = sourceOf(1);
  askAhead(source, 20_000, 20_034);
  await new Promise((resolve) => setTimeout(resolve));
  expect(await occurrencesOf(source, 20_000, 20_034)).toEqual(NO_OCCURRENCES);
  expect(asked).toHaveLength(2);
});
