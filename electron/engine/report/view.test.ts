import { expect, it } from 'vitest';
import { OWN_ORDER, type ReportColumn, type ReportOrder } from '../../../shared/model/found/list-order.ts';
import type { ReportItem, RunReport } from '../../../shared/model/kept/report.ts';
import { atOnce } from '../yielding.ts';
import { viewReport } from './view.ts';

const item = (row: number, part: Partial<ReportItem> = {}): ReportItem => ({
  row,
  uid: `uid-${String(row)}`,
  title: '',
  start: null,
  href: null,
  action: 'create',
  outcome: 'created',
  reason: '',
  file: '',
  line: 0,
  components: 1,
  status: null,
  actingAs: null,
  repairs: [],
  verified: 'same',
  verifiedProperties: [],
  ...part,
});

/** Of the head nothing but the rows matters here. */
const report = (items: readonly ReportItem[]): RunReport => ({ notes: ['A note.'], items }) as unknown as RunReport;

it('counts resources and parts per outcome that is not empty', () => {
  const items = [item(0, { components: 3 }), item(1, { outcome: 'rejected', verified: null }), item(2)];
  expect(atOnce(viewReport(report(items))).head.buckets).toEqual([
    { outcome: 'created', resources: 2, components: 4 },
    { outcome: 'rejected', resources: 1, components: 1 },
  ]);
});

it('gives each list in pages, and never more than was asked for', () => {
  const items = Array.from({ length: 1000 }, (_, row) =>
    item(
      row,
      row % 10 === 0 ? { outcome: 'conflict', verified: null } : row % 10 === 1 ? { verified: 'rewritten' } : {},
    ),
  );
  const view = atOnce(viewReport(report([...items, item(1000, { verified: 'changed' })])));
  expect(view.head).not.toHaveProperty('items');
  expect(view.head.lists).toEqual({ trouble: 101, rewritten: 100, all: 1001 });
  expect(view.page('all', 400, 200)).toEqual(items.slice(400, 600));
  expect(view.page('trouble', 98, 200).map(({ row }) => row)).toEqual([980, 990, 1000]);
  expect(view.page('rewritten', 0, 2).map(({ row }) => row)).toEqual([1, 11]);
  expect(view.page('rewritten', 100, 200)).toEqual([]);
});

it('is read in the order of a column, there and back, and only what is searched for', async () => {
  const view = atOnce(
    viewReport(
      report([
        item(0, { title: 'Room 10', start: '2026-12-02', organizer: 'mailto:a@x.test' }),
        item(1, { title: 'room 2', start: '2026-12-01T09:00:00', file: 'b.ics', line: 9 }),
        item(2, { title: '', start: null, file: 'b.ics', line: 10, outcome: 'rejected', verified: null }),
      ]),
    ),
  );
  const rows = async (order: Partial<ReportOrder>): Promise<readonly number[]> =>
    (await view.inOrder('all', { ...OWN_ORDER, ...order })).map(({ row }) => row);
  const by = (column: ReportColumn, descending = false): Promise<readonly number[]> =>
    rows({ sort: { by: column, descending } });
  expect(await by('title')).toEqual([1, 0, 2]);
  expect(await by('title', true), 'nothing is last, whichever way it goes').toEqual([0, 1, 2]);
  expect(await by('when')).toEqual([1, 0, 2]);
  expect(await by('place')).toEqual([1, 2, 0]);
  expect(await by('outcome', true)).toEqual([2, 0, 1]);
  expect(await rows({ organizer: 'mailto:a@x.test' })).toEqual([0]);
  expect(await rows({ search: ' ROOM ' })).toEqual([0, 1]);
});
