import { BENDS, REQUESTS } from '../../electron/practice/index.ts';
import { JOBS } from './jobs.ts';
import { nameOf, SPANS, type Cell } from './run-cell.ts';

/** A breakdown that is over with the next try. */
const BREAKDOWNS = ['cut', 'reset', 'answer-500', 'answer-503'];
/** What may be there one time and not the next. The others are how the server is. */
const PASSING = new Set([
  ...BREAKDOWNS,
  'html',
  'missing',
  'status-404',
  'status-500',
  'truncated',
  'emptied',
  'junk-before',
]);
/** Lists that are whole and only written otherwise. */
const SOUND = ['prefix-stripped', 'prefix-added', 'doubled-slash', 'user-case', 'internal-host', 'lower-hex', 'raw'];

/** Whether a job must do all of its work in spite of the bend. */
export function mustDo({ request, bend, span }: Cell): boolean {
  return span === 'once' ? BREAKDOWNS.includes(bend) : request === 'list' && SOUND.includes(bend);
}

/** What a job that looks for calendars must name where a server has a home that it cannot see. */
const HOMES: Readonly<Record<string, string>> = {
  'home-of-another': '/dav/calendars/bob/',
  'home-elsewhere': 'elsewhere.example',
  'only-home-elsewhere': 'elsewhere.example',
};

/** What must stand in what a job says, and that it does not end with 0; null where nothing is asked for. */
export function mustName({ job, request, bend }: Cell): string | null {
  return request === 'principal' && job.looksForCalendars === true ? (HOMES[bend] ?? null) : null;
}

/** Every job, request, bend and span; those without a meaning are named beside it, by `meaninglessness`. */
export const CELLS: readonly Cell[] = JOBS.flatMap((job) =>
  REQUESTS.flatMap((request) =>
    BENDS.flatMap(({ name }) => SPANS.map((span): Cell => ({ job, request, bend: name, span }))),
  ),
);

/** Why a cell says nothing; null for one that is run. */
function meaninglessness({ job, request, bend, span }: Cell): string | null {
  if (!job.sends.includes(request)) return 'the job sends no such request';
  if (BENDS.find(({ name }) => name === bend)?.requests.includes(request) !== true) {
    return 'the answer to such a request cannot be bent so';
  }
  return span === 'once' && !PASSING.has(bend) ? 'it does not come and go' : null;
}

export const MEANT: readonly Cell[] = CELLS.filter((cell) => meaninglessness(cell) === null);

/**
 * A sample in which every bend of every request is tried in some job, and the first cells of a shuffle besides.
 *
 * @param seed the same one gives the same sample
 */
export function sample(size: number, seed: number): readonly Cell[] {
  const shuffled = shuffle(MEANT, seed);
  const pairs = new Set<string>();
  const needed = shuffled.filter(({ request, bend }) => {
    const isNew = !pairs.has(`${request} ${bend}`);
    pairs.add(`${request} ${bend}`);
    return isNew;
  });
  const rest = shuffled.filter((cell) => !needed.includes(cell));
  return [...needed, ...rest].slice(0, size);
}

/** The cells that a word stands in. */
export const cellsNamed = (word: string): readonly Cell[] => MEANT.filter((cell) => nameOf(cell).includes(word));

/** Fisher and Yates, with a linear congruential generator (Numerical Recipes). */
function shuffle<T>(items: readonly T[], seed: number): readonly T[] {
  const out = [...items];
  let state = seed >>> 0;
  for (let at = out.length - 1; at > 0; at -= 1) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    const other = Math.floor((state / 2 ** 32) * (at + 1));
    const here = out[at];
    const there = out[other];
    if (here === undefined || there === undefined) continue;
    out[at] = there;
    out[other] = here;
  }
  return out;
}
