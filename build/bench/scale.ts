import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runChild } from './lib/child.ts';
import { REAL_SHAPE, writeCalendar } from './lib/generate.ts';
import { ROUNDS, scaled } from './lib/options.ts';
import { interleave, median } from './lib/rounds.ts';
import { keep, seconds, type Row } from './lib/table.ts';

const SMALL = scaled(10_000);
const LARGE = SMALL * 10;
const HUGE_BYTES = scaled(1e9);

const folder = await mkdtemp(join(tmpdir(), 'hushcal-bench-'));
try {
  const small = join(folder, 'small.ics');
  const large = join(folder, 'large.ics');
  await writeCalendar(small, SMALL, REAL_SHAPE);
  const largeBytes = await writeCalendar(large, LARGE, REAL_SHAPE);
  const rows: Row[] = [];
  for (const [work, words] of [
    ['index', 'split and index'],
    ['inspect', '`inspect`'],
  ] as const) {
    // As many events both times, in ten files or in one, by a program that is warm: it is the growth that is asked for.
    const timed = (files: readonly string[]) => async (): Promise<number> =>
      (await runChild<number>(work, { warm: [small, small], files, spoolDir: folder })).wallMs;
    const results = await interleave(
      [
        { name: 'small', run: timed(Array.from({ length: 10 }, () => small)) },
        { name: 'large', run: timed([large]) },
      ],
      ROUNDS,
    );
    const of = (name: string): number => median(results.get(name) ?? []);
    const growth = of('large') / of('small');
    rows.push({
      work: `${words} ${String(SMALL)} and ${String(LARGE)} events`,
      against: 'itself',
      figure: `${growth.toFixed(2)}× the time per event`,
      mustBe: 'linear (0.80–1.20)',
      met: growth >= 0.8 && growth <= 1.2,
      numbers: `ten times ${seconds(of('small') / 10)}, once ${seconds(of('large'))}`,
    });
  }
  const huge = join(folder, 'huge.ics');
  const hugeCount = Math.ceil((HUGE_BYTES / largeBytes) * LARGE);
  const hugeBytes = await writeCalendar(huge, hugeCount, REAL_SHAPE);
  const { wallMs, peakMb, value } = await runChild<number>('inspect', { warm: [], files: [huge], spoolDir: folder });
  if (value !== hugeCount) throw new Error(`found ${String(value)} events, not ${String(hugeCount)}`);
  rows.push({
    work: `\`inspect\` of one file of ${(hugeBytes / 1e9).toFixed(2)} GB, ${String(hugeCount)} events (once)`,
    against: 'itself',
    figure: `${peakMb.toFixed(0)} MiB`,
    mustBe: '≤ 500 MiB resident',
    met: peakMb <= 500,
    numbers: seconds(wallMs),
  });
  keep('scale', 'Ten times as much', rows);
} finally {
  await rm(folder, { recursive: true, force: true });
}
