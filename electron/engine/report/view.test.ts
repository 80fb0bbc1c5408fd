import { expect, it } from 'vitest';
import type { ReportItem, RunReport } from '../../../shared/model/report.ts';
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
