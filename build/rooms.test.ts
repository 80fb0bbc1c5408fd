import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { inRoot } from './lib/root.mjs';

/** Each row: the rule, the file that breaks it, and what that file imports. `./` targets are made too. */
const BROKEN: readonly (readonly [rule: string, from: string, imports: string])[] = [
  ['engine-read-comes-before', 'electron/engine/read/a.ts', 'electron/engine/icalendar/x.ts'],
  ['engine-icalendar-comes-before', 'electron/engine/icalendar/a.ts', 'electron/engine/caldav/x.ts'],
  ['engine-caldav-comes-before', 'electron/engine/caldav/a.ts', 'electron/engine/scheduling/x.ts'],
  ['engine-scheduling-comes-before', 'electron/engine/scheduling/a.ts', 'electron/engine/plan/x.ts'],
  ['engine-plan-comes-before', 'electron/engine/plan/a.ts', 'electron/engine/run/x.ts'],
  ['engine-run-comes-before', 'electron/engine/run/a.ts', 'electron/engine/report/x.ts'],
  ['engine-report-comes-before', 'electron/engine/report/a.ts', 'electron/engine/jobs/x.ts'],
  ['shared-stands-alone', 'shared/model/a.ts', 'electron/engine/read/x.ts'],
  ['shared-does-no-io', 'shared/model/b.ts', 'node:fs'],
  ['renderer-knows-shared-only', 'renderer/a.tsx', 'electron/engine/plan/x.ts'],
  ['renderer-has-no-node', 'renderer/b.ts', 'node:path'],
  ['engine-knows-no-window', 'electron/engine/jobs/b.ts', 'electron/app/x.ts'],
  ['engine-and-practice-are-strangers', 'electron/engine/jobs/c.ts', 'electron/practice/x.ts'],
  ['practice-and-engine-are-strangers', 'electron/practice/a.ts', 'electron/engine/icalendar/x.ts'],
  ['plan-and-report-are-pure', 'electron/engine/plan/b.ts', 'node:crypto'],
  ['plan-and-report-are-pure', 'electron/engine/report/b.ts', 'node:fs'],
  ['electron-has-few-importers', 'electron/engine/jobs/d.ts', 'electron'],
  ['electron-has-few-importers', 'electron/practice/b.ts', 'electron'],
  ['tsdav-has-one-importer', 'electron/engine/jobs/e.ts', 'tsdav'],
  ['ical-has-one-importer-per-side', 'electron/engine/plan/c.ts', 'ical.js'],
  ['cli-has-no-window', 'electron/cli.ts', 'electron/app/x.ts'],
  ['product-imports-no-tests', 'electron/app/b.ts', 'e2e/harness/x.ts'],
  ['resolvable', 'electron/app/c.ts', 'electron/app/nowhere.ts'],
];

/** What the rules let through, so that they are not simply refusing everything. */
const SOUND: readonly (readonly [from: string, imports: string])[] = [
  ['electron/engine/jobs/good.ts', 'electron/engine/read/x.ts'],
  ['electron/engine/run/good.ts', 'electron/engine/caldav/x.ts'],
  ['electron/engine/caldav/transport/tsdav-adapter.ts', 'tsdav'],
  ['electron/engine/icalendar/good.ts', 'ical.js'],
  ['electron/app/good.ts', 'electron'],
  ['electron/ipc/good.ts', 'electron/engine/jobs/x.ts'],
  ['renderer/good.tsx', 'shared/model/x.ts'],
  ['electron/engine/jobs/good.test.ts', 'electron/practice/x.ts'],
];

interface Cruise {
  readonly summary: {
    readonly violations: readonly { readonly from: string; readonly rule: { readonly name: string } }[];
  };
}

let house = '';
let found: readonly string[] = [];

beforeAll(async () => {
  await mkdir(inRoot('.cache'), { recursive: true });
  house = await mkdtemp(inRoot('.cache/rooms-'));
  for (const [from, imports] of [...BROKEN.map(([, ...rest]) => rest), ...SOUND]) await build(from, imports);
  await write('shared/circle/a.ts', `import { b } from './b.ts';\nexport const a = () => b;\n`);
  await write('shared/circle/b.ts', `import { a } from './a.ts';\nexport const b = () => a;\n`);
  found = await cruise();
});

afterAll(async () => {
  await rm(house, { recursive: true, force: true });
});

/** Makes a file that imports another one of this small house, or a package. */
async function build(from: string, imports: string): Promise<void> {
  const isOurs = imports.includes('/');
  const depth = from.split('/').length - 1;
  await write(
    from,
    `import * as other from '${isOurs ? `${'../'.repeat(depth)}${imports}` : imports}';\nexport const mine = other;\n`,
  );
  if (isOurs && !imports.includes('nowhere')) await write(imports, 'export const x = 1;\n');
}

async function write(path: string, text: string): Promise<void> {
  await mkdir(dirname(join(house, path)), { recursive: true });
  await writeFile(join(house, path), text);
}

async function cruise(): Promise<readonly string[]> {
  const program = inRoot('node_modules/dependency-cruiser/bin/dependency-cruise.mjs');
  const args = [program, '--config', inRoot('build/dependency-cruiser.cjs'), '--output-type', 'json'];
  const rooms = ['electron', 'shared', 'renderer', 'e2e'];
  const run = promisify(execFile)(process.execPath, [...args, ...rooms], { cwd: house, maxBuffer: 1 << 26 });
  // It exits with the number of violations.
  const { stdout } = await run.catch((error: unknown) => error as { stdout: string });
  const { violations } = (JSON.parse(stdout) as Cruise).summary;
  return violations.map((violation) => `${violation.rule.name} ${violation.from}`);
}

describe('import directions', () => {
  test.each(BROKEN)('%s is found in %s', (rule, from) => {
    expect(found).toContain(`${rule} ${from}`);
  });

  test('a circle is found', () => {
    expect(found.some((entry) => entry.startsWith('no-circles shared/circle/'))).toBe(true);
  });

  test.each(SOUND)('%s may import %s', (from) => {
    expect(found.filter((entry) => entry.endsWith(` ${from}`))).toEqual([]);
  });
});
