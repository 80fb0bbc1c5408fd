import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runChild } from './lib/child.ts';
import { REAL_SHAPE, writeCalendar } from './lib/generate.ts';
import { ROUNDS, scaled } from './lib/options.ts';
import { interleave, median } from './lib/rounds.ts';
import { keep, seconds, times } from './lib/table.ts';

const COUNT = scaled(100_000);

const folder = await mkdtemp(join(tmpdir(), 'hushcal-bench-'));
try {
  const file = join(folder, 'large.ics');
  const bytes = await writeCalendar(file, COUNT, REAL_SHAPE);
  const input = { warm: [], files: [file], spoolDir: folder };
  const counted = async (work: string): Promise<{ wallMs: number; peakMb: number }> => {
    const { wallMs, peakMb, value } = await runChild<number>(work, input);
    if (value !== COUNT) throw new Error(`${work} found ${String(value)} events, not ${String(COUNT)}`);
    return { wallMs, peakMb };
  };
  const results = await interleave(
    [
      { name: 'ours', run: () => counted('index') },
      { name: 'ical', run: () => counted('ical-parse') },
    ],
    ROUNDS,
  );
  const of = (name: string, key: 'wallMs' | 'peakMb'): number =>
    median((results.get(name) ?? []).map((round) => round[key]));
  const faster = of('ical', 'wallMs') / of('ours', 'wallMs');
  const memory = of('ours', 'peakMb') / of('ical', 'peakMb');
  const numbers = (name: string): string => `${seconds(of(name, 'wallMs'))}, ${of(name, 'peakMb').toFixed(0)} MiB`;
  keep('split', 'Splitting and indexing one large file', [
    {
      work: `split and index ${COUNT} events (${(bytes / 1e6).toFixed(0)} MB)`,
      against: '`ICAL.parse` of the whole file',
      figure: `${times(faster)} faster, ${memory.toFixed(2)}× memory`,
      mustBe: '≥ 4× faster, peak memory ≤ 1/3',
      met: faster >= 4 && memory <= 1 / 3,
      numbers: `ours ${numbers('ours')}; ICAL.parse ${numbers('ical')}`,
    },
  ]);
} finally {
  await rm(folder, { recursive: true, force: true });
}
