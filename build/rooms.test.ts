import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { projectFiles } from './lib/project-files.mjs';
import { inRoot } from './lib/root.mjs';

/** Each row: the rule, the file that breaks it, and what that file imports. `./` targets are made too. */
const BROKEN: readonly (readonly [rule: string, from: string, imports: string])[] = [
  ['engine-read-comes-before', 'electron/engine/read/a.ts', 'electron/engine/icalendar/x.ts'],
  ['engine-icalendar-comes-before', 'electron/engine/icalendar/a.ts', 'electron/engine/caldav/x.ts'],
  ['engine-caldav-comes-before', 'electron/engine/caldav/a.ts', 'electron/engine/scheduling/x.ts'],
  ['engine-scheduling-comes-before', 'electron/engine/scheduling/a.ts', 'electron/engine/plan/x.ts'],
  ['engine-plan-comes-before', 'electron/engine/plan/a.ts', 'electron/engine/run/x.ts'],
  ['engine-run-comes-before', 'electron/engine/run/a.ts', 'electron/engine/report/x.ts'],
  ['engine-audit-comes-before', 'electron/engine/audit/a.ts', 'electron/engine/report/x.ts'],
  ['engine-search-comes-before', 'electron/engine/search/a.ts', 'electron/engine/run/x.ts'],
  ['engine-report-comes-before', 'electron/engine/report/a.ts', 'electron/engine/jobs/x.ts'],
  ['engine-backup-comes-before', 'electron/engine/backup/a.ts', 'electron/engine/batch/x.ts'],
  ['engine-batch-comes-before', 'electron/engine/batch/a.ts', 'electron/engine/mapping/x.ts'],
  ['engine-mapping-comes-before', 'electron/engine/mapping/a.ts', 'electron/engine/jobs/x.ts'],
  ['engine-has-one-face', 'electron/ipc/a.ts', 'electron/engine/run/x.ts'],
  ['engine-has-one-face', 'electron/cli/commands/a.ts', 'electron/engine/jobs/x.ts'],
  ['engine-has-one-face', 'electron/app/d.ts', 'electron/engine/plan/x.ts'],
  ['engine-has-one-face', 'electron/rehearsal/a.ts', 'electron/engine/caldav/x.ts'],
  ['engine-has-one-face', 'electron/main.ts', 'electron/engine/yielding.ts'],
  ['engine-roof-is-on-top', 'electron/engine/batch/b.ts', 'electron/engine/engine.ts'],
  ['jobs-stored-comes-before', 'electron/engine/jobs/stored/a.ts', 'electron/engine/jobs/target/x.ts'],
  ['jobs-target-comes-before', 'electron/engine/jobs/target/a.ts', 'electron/engine/jobs/start/x.ts'],
  ['jobs-start-comes-before', 'electron/engine/jobs/start/a.ts', 'electron/engine/jobs/consent/x.ts'],
  ['jobs-consent-comes-before', 'electron/engine/jobs/consent/a.ts', 'electron/engine/jobs/undo/x.ts'],
  ['jobs-migrate-comes-before', 'electron/engine/jobs/migrate/a.ts', 'electron/engine/jobs/batches/x.ts'],
  ['jobs-announce-comes-before', 'electron/engine/jobs/announce/a.ts', 'electron/engine/jobs/migrate/x.ts'],
  ['jobs-undo-comes-before', 'electron/engine/jobs/undo/a.ts', 'electron/engine/jobs/cleanup/x.ts'],
  ['jobs-cleanup-comes-before', 'electron/engine/jobs/cleanup/a.ts', 'electron/engine/jobs/find/x.ts'],
  ['jobs-find-comes-before', 'electron/engine/jobs/find/a.ts', 'electron/engine/jobs/missing/x.ts'],
  ['jobs-missing-comes-before', 'electron/engine/jobs/missing/a.ts', 'electron/engine/jobs/batches/x.ts'],
  ['jobs-rooms-tell-no-story', 'electron/engine/jobs/undo/b.ts', 'electron/engine/jobs/x.ts'],
  ['jobs-migrate-restores', 'electron/engine/jobs/migrate/b.ts', 'electron/engine/jobs/resume.ts'],
  ['jobs-stories-know-no-batch', 'electron/engine/jobs/story.ts', 'electron/engine/jobs/batches/x.ts'],
  ['icalendar-repairs-comes-before', 'electron/engine/icalendar/repairs/a.ts', 'electron/engine/icalendar/scan/x.ts'],
  ['icalendar-scan-comes-before', 'electron/engine/icalendar/scan/a.ts', 'electron/engine/icalendar/zones/x.ts'],
  ['icalendar-zones-comes-before', 'electron/engine/icalendar/zones/a.ts', 'electron/engine/icalendar/facts/x.ts'],
  ['icalendar-facts-comes-before', 'electron/engine/icalendar/facts/a.ts', 'electron/engine/icalendar/meaning/x.ts'],
  [
    'icalendar-meaning-comes-before',
    'electron/engine/icalendar/meaning/a.ts',
    'electron/engine/icalendar/summary/x.ts',
  ],
  ['icalendar-summary-comes-before', 'electron/engine/icalendar/summary/a.ts', 'electron/engine/icalendar/index/x.ts'],
  ['icalendar-index-comes-before', 'electron/engine/icalendar/index/a.ts', 'electron/engine/icalendar/rewrites/x.ts'],
  ['icalendar-base-stands-alone', 'electron/engine/icalendar/lines.ts', 'electron/engine/icalendar/scan/x.ts'],
  ['caldav-network-comes-before', 'electron/engine/caldav/network/a.ts', 'electron/engine/caldav/transport/x.ts'],
  ['caldav-transport-comes-before', 'electron/engine/caldav/transport/a.ts', 'electron/engine/caldav/answers/x.ts'],
  ['caldav-answers-comes-before', 'electron/engine/caldav/answers/a.ts', 'electron/engine/caldav/login/x.ts'],
  ['caldav-login-comes-before', 'electron/engine/caldav/login/a.ts', 'electron/engine/caldav/discovery/x.ts'],
  ['caldav-discovery-comes-before', 'electron/engine/caldav/discovery/a.ts', 'electron/engine/caldav/objects/x.ts'],
  ['caldav-base-stands-alone', 'electron/engine/caldav/url.ts', 'electron/engine/caldav/transport/x.ts'],
  ['cli-options-comes-before', 'electron/cli/options/a.ts', 'electron/cli/output/x.ts'],
  ['cli-output-comes-before', 'electron/cli/output/a.ts', 'electron/cli/running/x.ts'],
  ['cli-running-comes-before', 'electron/cli/running/a.ts', 'electron/cli/commands/x.ts'],
  ['cli-base-stands-alone', 'electron/cli/io.ts', 'electron/cli/options/x.ts'],
  ['rehearsal-joins-engine-and-practice', 'electron/engine/jobs/f.ts', 'electron/rehearsal/x.ts'],
  ['rehearsal-joins-engine-and-practice', 'electron/practice/c.ts', 'electron/rehearsal/x.ts'],
  ['processes-carry-anything', 'electron/processes/a.ts', 'electron/practice/x.ts'],
  ['practice-scheduling-knows-no-method', 'electron/practice/scheduling/a.ts', 'electron/practice/dav/x.ts'],
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
  ['electron/practice/good.ts', 'electron/processes/x.ts'],
  ['electron/ipc/good.ts', 'electron/engine/engine.ts'],
  ['electron/cli/commands/good.ts', 'electron/engine/types.ts'],
  ['electron/cli/commands/fine.ts', 'electron/cli/running/x.ts'],
  ['electron/rehearsal/good.ts', 'electron/practice/x.ts'],
  ['electron/engine/engine.ts', 'electron/engine/jobs/x.ts'],
  ['electron/engine/jobs/batches/good.ts', 'electron/engine/jobs/resume.ts'],
  ['electron/engine/jobs/migrate/good.ts', 'electron/engine/jobs/restore.ts'],
  ['electron/engine/icalendar/index/good.ts', 'electron/engine/icalendar/repairs/x.ts'],
  ['electron/engine/caldav/objects/good.ts', 'electron/engine/caldav/answers/x.ts'],
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
  await write('shared/circle/code/a.ts', `import { b } from './b.ts';\nexport const a = () => b;\n`);
  await write('shared/circle/code/b.ts', `import { a } from './a.ts';\nexport const b = () => a;\n`);
  await write('shared/circle/types/a.ts', `import type { B } from './b.ts';\nexport type A = B | 1;\n`);
  await write('shared/circle/types/b.ts', `import type { A } from './a.ts';\nexport type B = A[];\n`);
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

  test.each(['code', 'types'])('a circle of %s is found', (kind) => {
    expect(found.some((entry) => entry.startsWith(`no-circles shared/circle/${kind}/`))).toBe(true);
  });

  test.each(SOUND)('%s may import %s', (from) => {
    expect(found.filter((entry) => entry.endsWith(` ${from}`))).toEqual([]);
  });
});

/** What stands in a room beside its work: tests and their fixtures, style sheets, types that are made, notes. */
const BESIDE = /\.(?:test|fixture)\.tsx?$|\.d\.ts$|\/testing\/|\.(?:css|md|tsv|html)$/;

test('no room has more than 20 files', () => {
  const files = ['electron', 'renderer', 'shared'].flatMap((room) => projectFiles(room));
  const counts = new Map<string, number>();
  for (const file of files.filter((path) => !BESIDE.test(path))) {
    counts.set(dirname(file), (counts.get(dirname(file)) ?? 0) + 1);
  }
  expect(counts.size).toBeGreaterThan(50);
  expect([...counts].filter(([, count]) => count > 20)).toEqual([]);
});
