import { expect, it } from 'vitest';
import type { PlanStep } from '../plan/types.ts';
import type { Plan } from '../plan/types.ts';
import { RowFinder } from './row-finder.ts';

const all = { search: '', actions: [], attention: 'any', months: null } as const;

/** A plan that counts how often its rows are walked over; of a step only the row matters here. */
function countedPlan(titles: readonly string[]): { readonly plan: Plan; readonly walks: () => number } {
  let walks = 0;
  const steps = titles.map((title, id) => ({ row: { ...ROW, id, title } }) as unknown as PlanStep);
  const counted = new Proxy(steps, {
    get(target, key, receiver) {
      if (key === 'entries') walks += 1;
      return Reflect.get(target, key, receiver) as unknown;
    },
  });
  return { plan: { steps: counted } as unknown as Plan, walks: () => walks };
}

const ROW = { uid: '', organizer: null, file: '', reason: '', start: null, actingAs: null, action: 'create' };

it('walks over a plan once for all windows of a list', async () => {
  const { plan, walks } = countedPlan(['Lunch', 'Dinner', 'Late lunch']);
  const finder = new RowFinder();
  const found = await Promise.all([1, 2, 3].map(() => finder.find(plan, { ...all, search: 'lunch' })));
  for (const one of found) expect(one).toMatchObject({ places: [0, 2], matching: 2, matchingWrites: 2 });
  expect(walks()).toBe(1);
});

it('walks over it anew for another filter, and over another plan', async () => {
  const first = countedPlan(['Lunch', 'Dinner']);
  const second = countedPlan(['Dinner']);
  const finder = new RowFinder();
  expect((await finder.find(first.plan, all)).matching).toBe(2);
  expect((await finder.find(first.plan, { ...all, search: 'dinner' })).matching).toBe(1);
  expect((await finder.find(second.plan, { ...all, search: 'dinner' })).places).toEqual([0]);
  expect([first.walks(), second.walks()]).toEqual([2, 1]);
});
