import { expect, test } from 'vitest';
import type { ReportView } from '../../engine/report/view.ts';
import { Reports } from './reports.ts';

/** Counts how often a report was opened; a view is told by its pages alone. */
function opener(): { readonly opened: string[]; readonly open: (runId: string) => Promise<ReportView> } {
  const opened: string[] = [];
  const open = (runId: string): Promise<ReportView> => {
    opened.push(runId);
    if (runId === 'damaged') return Promise.reject(new Error('damaged'));
    return Promise.resolve({ page: () => [] } as unknown as ReportView);
  };
  return { opened, open };
}

test('pages are of the report as it was opened; opening it again reads it anew', async () => {
  const { opened, open } = opener();
  const reports = new Reports(open);
  const first = await reports.open('a');
  expect(await reports.get('a')).toBe(first);
  expect(opened).toEqual(['a']);
  expect(await reports.open('a')).not.toBe(first);
});

test('one report is kept; another one that is paged through is opened again', async () => {
  const { opened, open } = opener();
  const reports = new Reports(open);
  await reports.open('a');
  await reports.open('b');
  await reports.get('a');
  await reports.get('a');
  expect(opened).toEqual(['a', 'b', 'a']);
});

test('one that could not be read is not kept', async () => {
  const { opened, open } = opener();
  const reports = new Reports(open);
  await expect(reports.open('damaged')).rejects.toThrow('damaged');
  await expect(reports.get('damaged')).rejects.toThrow('damaged');
  expect(opened).toEqual(['damaged', 'damaged']);
});
