import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { countPlaywright, countVitest } from './lib/steps/test-reports.mjs';

/** As Playwright 1.65 writes it for `expect.soft(found, where).toEqual([])`. */
const LAYOUT = [
  'Error: review at 1600 × 1000, 150 %',
  '',
  '\u001b[2mexpect(\u001b[22m\u001b[31mreceived\u001b[39m\u001b[2m).\u001b[22mtoEqual\u001b[2m(\u001b[22m\u001b[32mexpected\u001b[39m\u001b[2m)\u001b[22m',
  '',
  '\u001b[32m- Expected  - 1\u001b[39m',
  '\u001b[31m+ Received  + 3\u001b[39m',
  '',
  '\u001b[32m- Array []\u001b[39m',
  '\u001b[31m+ Array [\u001b[39m',
  '\u001b[31m+   "out of reach: button.sort \\"Status\\"",\u001b[39m',
  '\u001b[31m+ ]\u001b[39m',
  '',
  '> 2 | expect.soft(found, where).toEqual([]);',
  '    at /here/layout.spec.ts:2:103',
].join('\n');
/** As Vitest 4 writes it. */
const COUNT = 'AssertionError: expected 1 to be 2 // Object.is equality\n    at /here/some.test.ts:3:5';

it('a failure says on one line what was found, not only where', async () => {
  const test = { status: 'unexpected', results: [{ errors: [{ message: LAYOUT }] }] };
  const suites = [{ specs: [{ title: 'every screen', tests: [test] }] }];
  const { broken, failed } = await counted({ suites, errors: [] }, countPlaywright);
  expect(failed).toBe(1);
  expect(broken).toEqual([
    'every screen – Error: review at 1600 × 1000, 150 % + Array [ + "out of reach: button.sort \\"Status\\"", + ]',
  ]);
});

it('a failure says nothing of the stack', async () => {
  const results = [{ status: 'failed', fullName: 'counts', failureMessages: [COUNT] }];
  const { broken } = await counted({ testResults: [{ status: 'failed', assertionResults: results }] }, countVitest);
  expect(broken).toEqual(['counts – AssertionError: expected 1 to be 2 // Object.is equality']);
});

async function counted<T>(report: object, count: (name: string, file: string, code: number) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'hushcal-report-'));
  try {
    const file = join(folder, 'report.json');
    await writeFile(file, JSON.stringify(report));
    return await count('tests', file, 1);
  } finally {
    await rm(folder, { recursive: true });
  }
}
