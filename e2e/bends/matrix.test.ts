import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { Backoff } from '../../electron/engine/caldav/transport/backoff.ts';
import { BENDS } from '../../electron/practice/index.ts';
import { cellsNamed, MEANT, mustDo, mustName, sample } from './cells.ts';
import { excuseOf } from './excuses.ts';
import { JOBS } from './jobs.ts';
import { KNOWN, knownReason } from './known.ts';
import { closeScenes, nameOf, runCell, runSound, type Cell, type Outcome } from './run-cell.ts';
import { tableOf } from './table.ts';

/*
 * One answer of one request of one job is bent. Whatever the bend: exit 0 means that everything was seen and done,
 * and nothing was deleted or overwritten that may not be, with any exit code.
 */

/** Waiting between two tries is shortened: what is tried again is tried at once. */
const { after } = Backoff.prototype;
beforeAll(() => {
  vi.spyOn(Backoff.prototype, 'after').mockImplementation(function (this: Backoff, trouble) {
    const next = after.call(this, trouble);
    return next.kind === 'wait' ? { ...next, seconds: Math.min(next.seconds, 0.002) } : next;
  });
});
afterAll(async () => {
  vi.restoreAllMocks();
  await closeScenes();
});

const { HUSHCAL_MATRIX: asked = '', HUSHCAL_MATRIX_SEED: seed = '1' } = process.env;
/** Cells of a sample: every bend of every request once, and some more. */
const SAMPLE = 260;

const cells: readonly Cell[] =
  asked === 'all' ? MEANT : asked === '' ? sample(SAMPLE, Number(seed)) : cellsNamed(asked);
const results = new Map<Cell, Outcome>();

afterAll(() => {
  if (results.size > 0) process.stdout.write(`${tableOf(results)}\n`);
});

/** Why a cell fails the test; null when it does not. */
function troubleWith(cell: Cell, { exit, said, told, bent, wrong }: Outcome): string | null {
  const name = nameOf(cell);
  if (bent === 0) return `${name} was never reached`;
  const unseen = excuseOf(cell) !== null;
  const broken = wrong.filter((sentence) => !unseen || !sentence.startsWith('exit 0'));
  if (exit !== 0 && mustDo(cell)) broken.push('nothing is lost, and it is not done');
  const named = mustName(cell);
  if (named !== null && exit === 0) broken.push('exit 0, and a home was not seen');
  if (named !== null && !told.includes(named)) broken.push(`${named} is not named`);
  const known = knownReason(name) !== null;
  if (broken.length === 0) return known ? `${name} keeps the promise: take it off the known ones` : null;
  return known ? null : `${name} → exit ${exit}: ${broken.join('; ')} [${said}]`;
}

describe('on a sound server', () => {
  it.each(JOBS)('$name does all and sends what its row says', async (job) => {
    const { exit, wrong, said, sends } = await runSound(job);
    expect(wrong, said).toEqual([]);
    expect(exit, said).toBe(0);
    expect(sends).toEqual(job.sends);
  });
});

describe('with one answer bent', () => {
  const jobs = JOBS.filter((job) => cells.some((cell) => cell.job === job));
  it.each(jobs)('$name: exit 0 means that all was seen and done', { timeout: 3_600_000 }, async (job) => {
    const broken: string[] = [];
    for (const cell of cells.filter((one) => one.job === job)) {
      const outcome = await runCell(cell);
      results.set(cell, outcome);
      const trouble = troubleWith(cell, outcome);
      if (trouble !== null) {
        broken.push(trouble);
        process.stdout.write(`${trouble}\n`);
      }
    }
    expect(broken.join('\n')).toBe('');
  });
});

describe('the table', () => {
  it('has every bend in some cell, and known failures that are cells', () => {
    expect(BENDS.filter(({ name }) => !MEANT.some(({ bend }) => bend === name))).toEqual([]);
    const names = MEANT.map(nameOf);
    expect(KNOWN.filter(({ cells: pattern }) => !names.some((name) => new RegExp(pattern).test(name)))).toEqual([]);
  });
});
