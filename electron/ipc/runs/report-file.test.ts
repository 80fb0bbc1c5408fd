import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { MOST_PRINTED, reportName, SavedReports, type ReportSource } from './report-file.ts';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hushcal-report-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function* pieces(kind: string, medium: string): AsyncGenerator<string> {
  yield `${kind} `;
  yield await Promise.resolve(medium);
}

const source: ReportSource = { name: 'run-1', rows: 3, text: (kind, medium) => Promise.resolve(pieces(kind, medium)) };
const desktop = {
  chooseTarget: (name: string) => Promise.resolve(join(folder, name)),
  printPdf: (html: string) => Promise.resolve(Buffer.from(`PDF of ${html}`)),
  showInFolder: (path: string) => shown.push(path),
};
const shown: string[] = [];

it('is saved as text, and as a PDF of the page without numbers of its own', async () => {
  const saved = new SavedReports(desktop);
  saved.show();
  expect(await saved.save(source, 'csv')).toBe(join(folder, 'run-1.csv'));
  expect(await saved.save(source, 'pdf')).toBe(join(folder, 'run-1.pdf'));
  expect(await readFile(join(folder, 'run-1.csv'), 'utf8')).toBe('csv page');
  expect(await readFile(join(folder, 'run-1.pdf'), 'utf8')).toBe('PDF of html pdf');
  saved.show();
  expect(shown).toEqual([join(folder, 'run-1.pdf')]);
});

it('is not made when nobody says where to', async () => {
  const nowhere = { ...desktop, chooseTarget: () => Promise.resolve(null) };
  const never = { ...source, text: () => Promise.reject(new Error('made')) };
  expect(await new SavedReports(nowhere).save(never, 'html')).toBeNull();
});

it('is no PDF of hundreds of pages', async () => {
  await expect(new SavedReports(desktop).save({ ...source, rows: MOST_PRINTED + 1 }, 'pdf')).rejects.toMatchObject({
    failure: { code: 'REPORT_TOO_LONG' },
  });
});

it.each([
  [['restore', 'alice', 'Calendar'], 'hushcal-restore-alice-Calendar-2026-11-28-0905'],
  [['undo', 'anna@example.com', 'Büro / Räume'], 'hushcal-undo-anna@example.com-Büro-Räume-2026-11-28-0905'],
  [['migrate', '..', '20 mailboxes'], 'hushcal-migrate-20-mailboxes-2026-11-28-0905'],
])('of %j is named %s', (words, name) => {
  expect(reportName(words, '2026-11-28T09:05:59')).toBe(name);
});
