import { cpu, engineLap, middle, plainLap, wall, withCalendarFile, type Field } from './lib/contest.ts';
import { PLAIN_SHAPE } from './lib/generate.ts';
import { ROUNDS, scaled } from './lib/options.ts';
import { interleave } from './lib/rounds.ts';
import { startPracticeServer } from './lib/servers.ts';
import { keep, perSecond, seconds, times } from './lib/table.ts';
import { ensureVdirsyncer, vdirsyncerLap } from './lib/vdirsyncer.ts';

const rival = await ensureVdirsyncer();
const server = await startPracticeServer(20);
// Without guests: vdirsyncer cannot ask the server to keep quiet.
const field: Field = {
  server,
  count: scaled(2000),
  shape: PLAIN_SHAPE,
  connections: 16,
  mode: 'all',
  headers: { scheduling: 'all' },
};
try {
  await withCalendarFile(field.count, field.shape, async (file) => {
    const laps = await interleave(
      [
        { name: 'ours', run: () => engineLap(field, file) },
        { name: 'bare', run: () => plainLap(field, 'bare') },
        { name: 'vdirsyncer', run: () => vdirsyncerLap(field) },
        { name: 'tsdav', run: () => plainLap(field, 'tsdav-loop') },
      ],
      ROUNDS,
    );
    const time = (name: string): number => middle(laps.get(name), wall);
    const work = (name: string): number => middle(laps.get(name), cpu) / field.count;
    const all = `ours ${seconds(time('ours'))}, bare undici ${seconds(time('bare'))}, vdirsyncer ${seconds(time('vdirsyncer'))}, tsdav loop ${seconds(time('tsdav'))}`;
    const toRival = time('vdirsyncer') / time('ours');
    const toBare = time('bare') / time('ours');
    const restored = `whole restore into the practice server with 20 ms answers, ${String(field.count)} events`;
    keep('latency', 'A server far away', [
      {
        work: restored,
        against: `${rival} (one request in flight)`,
        figure: `${times(toRival)} faster`,
        mustBe: '≥ 8× faster',
        met: toRival >= 8,
        numbers: all,
      },
      {
        work: restored,
        against: 'bare undici, 16 connections',
        figure: times(toBare),
        mustBe: '≥ 0.85×',
        met: toBare >= 0.85,
        numbers: `ours ${perSecond(field.count, time('ours'))}, bare ${perSecond(field.count, time('bare'))}`,
      },
      {
        work: 'client processor seconds per 1,000 events written, verify on, program start included',
        against: 'vdirsyncer',
        figure: `${work('ours').toFixed(2)} s`,
        mustBe: 'below vdirsyncer',
        met: work('ours') < work('vdirsyncer'),
        numbers: `ours ${work('ours').toFixed(2)} s, vdirsyncer ${work('vdirsyncer').toFixed(2)} s, tsdav loop ${work('tsdav').toFixed(2)} s, bare undici ${work('bare').toFixed(2)} s`,
      },
    ]);
  });
} finally {
  await server.stop();
}
