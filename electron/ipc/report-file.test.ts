import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { MOST_PRINTED, saveReport, type ReportSource } from './report-file.ts';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hushcal-report-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function* pieces(kind: string, medium: string): AsyncGenerator<string> {
  yield `${kind} `;
  yield await Promise.resolve(medium);
}

const source: ReportSource = { id: 'run-1', rows: 3, text: (kind, medium) => Promise.resolve(pieces(kind, medium)) };
const desktop = {
  chooseTarget: (name: string) => Promise.resolve(join(folder, name)),
  printPdf: (html: string) => Promise.resolve(Buffer.from(`PDF of ${html}`)),
};

it('is saved as text, and as a PDF of the page without numbers of its own', async () => {
  expect(await saveReport(desktop, source, 'csv')).toBe(true);
  expect(await saveReport(desktop, source, 'pdf')).toBe(true);
  expect(await readFile(join(folder, 'hushcal-run-1.csv'), 'utf8')).toBe('csv page');
  expect(await readFile(join(folder, 'hushcal-run-1.pdf'), 'utf8')).toBe('PDF of html pdf');
});

it('is not made when nobody says where to', async () => {
  const nowhere = { ...desktop, chooseTarget: () => Promise.resolve(null) };
  const never = { ...source, text: () => Promise.reject(new Error('made')) };
  expect(await saveReport(nowhere, never, 'html')).toBe(false);
});

it('is no PDF of hundreds of pages', async () => {
  await expect(saveReport(desktop, { ...source, rows: MOST_PRINTED + 1 }, 'pdf')).rejects.toMatchObject({
    failure: { code: 'REPORT_TOO_LONG' },
  });
});
