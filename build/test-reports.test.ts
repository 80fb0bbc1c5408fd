import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { countPlaywright, countVitest } from './lib/steps/test-reports.mjs';

const CODE = ['', '  1 | import', "> 2 | test('here', () => {", '    |     ^', '    at /here/layout.spec.ts:2:103'];
/** As Playwright 1.65 writes them, for `expect.soft(found, where).toEqual([])` and for a click that finds nothing. */
const LAYOUT = [
  'Error: review at 1600 × 1000, 150 %',
  '',
  '\u001b[2mexpect(\u001b[22m\u001b[31mreceived\u001b[39m\u001b[2m).\u001b[22mtoEqual\u001b[2m(\u001b[22m\u001b[32mexpected\u001b[39m\u001b[2m) // deep equality\u001b[22m',
  '',
  '\u001b[32m- Expected  - 1\u001b[39m',
  '\u001b[31m+ Received  + 3\u001b[39m',
  '',
  '\u001b[32m- Array []\u001b[39m',
  '\u001b[31m+ Array [\u001b[39m',
  '\u001b[31m+   "out of reach: button.sort \\"Status\\"",\u001b[39m',
  '\u001b[31m+ ]\u001b[39m',
  ...CODE,
].join('\n');
const TIMEOUT = [
  '\u001b[31mTest timeout of 9000ms exceeded.\u001b[39m',
  [
    'Error: locator.click: Target page, context or browser has been closed',
    'Call log:',
    "\u001b[2m  - waiting for getByRole('button', { name: 'Nowhere' })\u001b[22m",
    '',
    ...CODE,
  ].join('\n'),
];
/** As Vitest 4 writes it. */
const COUNT = 'AssertionError: expected 1 to be 2 // Object.is equality\n    at /here/some.test.ts:3:5';

it('a failure says on one line what was found, not only where', async () => {
  expect(await brokenWindows([LAYOUT])).toEqual([
    'a screen – Error: review at 1600 × 1000, 150 % expect(received).toEqual(expected) // deep equality - Expected - 1 + Received + 3 - Array [] + Array [ + "out of reach: button.sort \\"Status\\"", + ]',
  ]);
});

it('a test that took too long says what it waited for', async () => {
  expect(await brokenWindows(TIMEOUT)).toEqual([
    "a screen – Test timeout of 9000ms exceeded. | Error: locator.click: Target page, context or browser has been closed Call log: - waiting for getByRole('button', { name: 'Nowhere' })",
  ]);
});

it('a failure says nothing of the stack', async () => {
  const results = [{ status: 'failed', fullName: 'counts', failureMessages: [COUNT] }];
  const { broken } = await counted({ testResults: [{ status: 'failed', assertionResults: results }] }, countVitest);
  expect(broken).toEqual(['counts – AssertionError: expected 1 to be 2 // Object.is equality']);
});

async function brokenWindows(messages: readonly string[]): Promise<readonly string[]> {
  const test = { status: 'unexpected', results: [{ errors: messages.map((message) => ({ message })) }] };
  const suites = [{ specs: [{ title: 'a screen', tests: [test] }] }];
  const { broken, failed } = await counted({ suites, errors: [] }, countPlaywright);
  expect(failed).toBe(1);
  return broken;
}

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
