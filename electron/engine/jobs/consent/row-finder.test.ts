import { expect, it } from 'vitest';
import { planSteps } from '../../plan/make.ts';
import { planInput, resource } from '../../plan/testing/resources.ts';
import { RowFinder, type Rows } from './row-finder.ts';
import { NO_FILTER } from '../../../../shared/model/plan.ts';

const all = NO_FILTER;

/** The steps of a plan, and how often their rows were walked over. */
function countedPlan(titles: readonly string[]): { readonly plan: Rows; readonly walks: () => number } {
  let walks = 0;
  const resources = titles.map((title) => resource({ title, uid: title }));
  const steps = new Proxy([...planSteps(planInput(resources))], {
    get(target, key, receiver) {
      if (key === 'entries') walks += 1;
      return Reflect.get(target, key, receiver) as unknown;
    },
  });
  return { plan: { steps }, walks: () => walks };
}

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

it('keeps an order as well, and sorts anew only for another one', async () => {
  const { plan, walks } = countedPlan(['Lunch', 'Dinner', 'Late lunch']);
  const finder = new RowFinder();
  const byTitle = { by: 'title', descending: false } as const;
  const first = finder.find(plan, all, byTitle);
  expect((await first).places).toEqual([1, 2, 0]);
  expect(await finder.find(plan, all, { ...byTitle })).toBe(await first);
  expect((await finder.find(plan, all, { ...byTitle, descending: true })).places).toEqual([0, 2, 1]);
  expect((await finder.find(plan, all)).places).toEqual([0, 1, 2]);
  expect(walks()).toBe(1);
});

it('lets one organizer through, and says which columns tell rows apart', async () => {
  const organizer = (address: string) => ({ organizer: { address, name: null } as never });
  const steps = [
    ...planSteps(
      planInput([
        resource({ uid: 'a', ...organizer('bob@example.com') }),
        resource({ uid: 'b' }),
        resource({ uid: 'c', ...organizer('bob@example.com') }),
      ]),
    ),
  ];
  const finder = new RowFinder();
  const found = await finder.find({ steps }, { ...all, organizer: 'bob@example.com' });
  expect(found.places).toEqual([0, 2]);
  expect(found.varied.organizer).toBe(false);
  const more = [
    ...planSteps(planInput([resource(organizer('bob@example.com')), resource(organizer('eve@example.com'))])),
  ];
  expect((await finder.find({ steps: more }, { ...all, search: 'nothing' })).varied.organizer).toBe(true);
});
