import { BENDS, REQUESTS } from '../../electron/practice/index.ts';
import { CELLS, MEANT } from './cells.ts';
import { JOBS } from './jobs.ts';
import type { Cell, Outcome } from './run-cell.ts';

type Results = ReadonlyMap<Cell, Outcome>;

/**
 * The matrix as text: a table per job, its rows the bends, its columns the requests. A cell is the exit code; `!` stands
 * behind one that broke the promise, a second code is that of the bend that comes once, `·` was not run, and an empty
 * cell has no meaning.
 */
export function tableOf(results: Results): string {
  const broken = [...results.values()].filter(({ wrong }) => wrong.length > 0).length;
  const exits = [...results.values()].map(({ exit }) => exit);
  const counts = [...new Set(exits)]
    .sort()
    .map((code) => `${exits.filter((exit) => exit === code).length} ended ${code}`);
  const meaningless = `${CELLS.length - MEANT.length} have no meaning`;
  const sums = `${results.size} of ${MEANT.length} cells (${meaningless}): ${counts.join(', ')}; ${broken} broke the promise.`;
  return [...JOBS.map(({ name }) => jobTable(name, results)), sums].join('\n\n');
}

function jobTable(job: string, results: Results): string {
  const requests = REQUESTS.filter((request) =>
    MEANT.some((cell) => cell.job.name === job && cell.request === request),
  );
  const head = [job.padEnd(20), ...requests.map((request) => request.padEnd(12))].join('');
  const rows = BENDS.map(({ name }) => {
    const cells = requests.map((request) => {
      const meant = MEANT.filter((cell) => cell.job.name === job && cell.request === request && cell.bend === name);
      return meant
        .map((cell) => shown(results.get(cell)))
        .join(' ')
        .padEnd(12);
    });
    return cells.join('').trim() === '' ? null : [name.padEnd(20), ...cells].join('').trimEnd();
  });
  return [head.trimEnd(), ...rows.filter((row) => row !== null)].join('\n');
}

function shown(outcome: Outcome | undefined): string {
  if (outcome === undefined) return '·';
  return `${outcome.exit}${outcome.wrong.length === 0 ? '' : '!'}`;
}
