import { readdir, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { kill, leftAt } from './deaths.ts';
import { allPoints, type Point } from './points.ts';
import type { Death } from './run-process.ts';
import { openScene, readSteps, type Seen } from './scene.ts';

// What a process would leave is what a killed one leaves (deaths.ts).

const scene = await openScene();
/** One row after the other: each process takes the same steps. */
const argv = (await scene.consented(scene.restoreArgs('all'))).with(-1, '1');
const run = (death: Death) => scene.run(argv, death);
const bringBack = await scene.keep();
const points = oneOfEachKind(allPoints(await stepsOf()));
await bringBack();
const left = await leftAt(points, { run, keep: scene.keep });

test.each(points)('a process that waits at $at leaves there what a killed one leaves', async ({ at }) => {
  await bringBack();
  await kill(run, at);
  const killed = await everything();
  await (left.get(at) ?? expect.fail('it did not come there'))();
  expect(await everything()).toEqual(killed);
});

test('every kind of step is among them, at each of its moments', () => {
  const kinds = points.map(kindOf);
  expect(new Set(kinds).size).toBe(kinds.length);
  expect(kinds).toEqual(expect.arrayContaining(['journal torn', 'write torn', 'sync power', 'rename after']));
  expect(kinds).toEqual(expect.arrayContaining(['request torn', 'request power', 'answer before']));
});

afterAll(() => scene.close());

async function stepsOf(): Promise<readonly string[]> {
  const record = path.join(tmpdir(), `hushcal-steps-${process.pid}`);
  const { code } = await run({ record });
  // The conflict of the backup is left for a person.
  expect(code).toBe(1);
  return readSteps(record);
}

/** Of each kind and moment the one in the middle. */
function oneOfEachKind(all: readonly Point[]): readonly Point[] {
  return [...new Set(all.map(kindOf))].flatMap((kind) => {
    const same = all.filter((point) => kindOf(point) === kind);
    return same.slice(same.length >> 1, (same.length >> 1) + 1);
  });
}

/** `journal torn`, `request before`, … */
function kindOf({ step, moment }: Point): string {
  return `${step.split(' ')[0] ?? step} ${moment}`;
}

/** Everything on the server, and every file; what differs from run to run – times, ids, processes – left out. */
async function everything(): Promise<{ readonly seen: Seen; readonly files: readonly (readonly [string, string])[] }> {
  const entries = await readdir(scene.runsDir, { recursive: true, withFileTypes: true }).catch(() => []);
  const files = entries.filter((entry) => entry.isFile()).map((entry) => path.join(entry.parentPath, entry.name));
  const texts = files
    .map((file) => [file, path.relative(scene.runsDir, file)] as const)
    .map(async ([file, name]) => [plain(name), plain(await readFile(file, 'latin1'))] as const);
  return { seen: await scene.look(), files: (await Promise.all(texts)).sort() };
}

function plain(text: string): string {
  return text.replace(/[0-9a-f]{8,}/g, '#').replace(/\d+/g, '#');
}
