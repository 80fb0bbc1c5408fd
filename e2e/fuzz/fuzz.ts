import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { HushError } from '../../shared/model/failure.ts';
import { checkReading } from './check.ts';
import { slowRuns } from './long-runs.ts';
import { mutate } from './mutate.ts';
import { randomFrom } from './random.ts';

/*
 * The child of build/fuzz.mjs: mutates files of the corpus until the time is over. Prints one JSON line per case before
 * it begins, so that the parent knows which one hangs, and one per find.
 */

/** Larger files tell nothing that smaller ones do not, and cost time. */
const LARGEST = 120_000;

const { values } = parseArgs({
  options: {
    corpus: { type: 'string' },
    work: { type: 'string' },
    keep: { type: 'string' },
    seed: { type: 'string' },
    first: { type: 'string' },
    only: { type: 'string' },
    long: { type: 'boolean', default: false },
    seconds: { type: 'string' },
  },
});

function filesIn(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => path.join(folder, name))
    .filter((file) => statSync(file).isFile() && statSync(file).size <= LARGEST)
    .sort();
}

function say(message: Readonly<Record<string, unknown>>): void {
  writeFileSync(1, `${JSON.stringify(message)}\n`);
}

async function run(): Promise<void> {
  const corpus = values.corpus ?? '';
  const work = values.work ?? '';
  const seed = Number(values.seed);
  const files = filesIn(corpus);
  const until = performance.now() + Number(values.seconds ?? '1') * 1000;
  const input = path.join(work, 'input');
  const only = values.only === undefined ? null : Number(values.only);
  let at = only ?? Number(values.first ?? '0');
  for (; only === null ? performance.now() < until : at === only; at += 1) {
    const random = randomFrom(seed * 1_000_003 + at);
    const file = random.pick(files);
    const { bytes, done } = mutate(readFileSync(file), random, readFileSync(random.pick(files)));
    writeFileSync(input, bytes);
    say({ case: at, file: path.relative(corpus, file), done });
    try {
      await checkReading(bytes, path.basename(file), path.join(work, 'case'));
    } catch (error) {
      if (error instanceof HushError) continue;
      const kept = path.join(
        values.keep ?? work,
        `${seed}-${at}-${path.relative(corpus, file).replaceAll(path.sep, '-')}`,
      );
      mkdirSync(path.dirname(kept), { recursive: true });
      writeFileSync(kept, bytes);
      say({ find: at, kept, error: error instanceof Error ? (error.stack ?? error.message) : String(error) });
    }
  }
  say({ end: at });
}

/** Long runs of one character first: they are the same each time, and no case of the seed. */
async function runLong(): Promise<void> {
  const at = path.join(values.work ?? '', 'long');
  const slow = slowRuns(at, (what) => {
    say({ case: -1, file: what, done: [] });
  });
  for await (const found of slow) say({ find: -1, kept: '', error: found });
}

if (values.long) await runLong();
else await run();
