import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { runNode } from './lib/run.mjs';
import { countPlaywright, countVitest } from './lib/steps/test-reports.mjs';
import { vitest } from './lib/steps/vitest.mjs';

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

it('what two lists differ in is said of a test of ours, and nothing of the stack', async () => {
  const throws = "test('throws', () => { throw new Error('no') })";
  const lists = `[['read-me.txt', [1]], ['a.json', [2]]], [['read-me.txt', [1]], ['b.json', [2]]]`;
  expect(
    await brokenTests(`test('lists', () => ((is, wanted) => expect(is).toEqual(wanted))(${lists})); ${throws}`),
  ).toEqual([
    'lists – AssertionError: expected [ [ \'read-me.txt\', [ 1 ] ], …(1) ] to deeply equal [ [ \'read-me.txt\', [ 1 ] ], …(1) ] | - Expected + Received - "b.json", + "a.json",',
    'throws – Error: no',
  ]);
});

/** Of a file that Vitest really runs: what its report holds is its own business. */
function brokenTests(text: string): Promise<readonly string[]> {
  return inFolder(async (folder) => {
    const [config, report] = [join(folder, 'config.mjs'), join(folder, 'report.json')];
    await writeFile(join(folder, 'one.test.mjs'), text);
    await writeFile(config, `export default { test: { root: ${JSON.stringify(folder)}, globals: true } }`);
    const { code } = await runNode(vitest({ config, shown: 'dot', report }), { output: 'capture' });
    return (await countVitest('tests', report, code)).broken;
  });
}

async function brokenWindows(messages: readonly string[]): Promise<readonly string[]> {
  const test = { status: 'unexpected', results: [{ errors: messages.map((message) => ({ message })) }] };
  const suites = [{ specs: [{ title: 'a screen', tests: [test] }] }];
  const { broken, failed } = await inFolder(async (folder) => {
    const report = join(folder, 'report.json');
    await writeFile(report, JSON.stringify({ suites, errors: [] }));
    return countPlaywright('windows', report, 1);
  });
  expect(failed).toBe(1);
  return broken;
}

async function inFolder<T>(use: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'hushcal-report-'));
  try {
    return await use(folder);
  } finally {
    await rm(folder, { recursive: true });
  }
}
