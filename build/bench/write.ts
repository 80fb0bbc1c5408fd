import { engineLap, middle, plainLap, wall, withCalendarFile, writing, type Field } from './lib/contest.ts';
import { REAL_SHAPE } from './lib/generate.ts';
import { ROUNDS, scaled } from './lib/options.ts';
import { interleave } from './lib/rounds.ts';
import { startPracticeServer } from './lib/servers.ts';
import { keep, perSecond, seconds, times } from './lib/table.ts';

const server = await startPracticeServer();
const field: Field = {
  server,
  count: scaled(10_000),
  shape: REAL_SHAPE,
  connections: 16,
  mode: 'none',
  headers: { scheduling: 'none' },
};
try {
  await withCalendarFile(field.count, field.shape, async (file) => {
    const laps = await interleave(
      [
        { name: 'ours', run: () => engineLap(field, file) },
        { name: 'bare', run: () => plainLap(field, 'bare') },
      ],
      ROUNDS,
    );
    const ours = laps.get('ours');
    const bare = middle(laps.get('bare'), wall);
    const written = middle(ours, writing);
    keep('write', 'Writing as fast as the line', [
      {
        work: `write phase into the practice server, ${String(field.count)} events, 16 connections, journal on`,
        against: 'undici `Pool.request`, the same bodies',
        figure: times(bare / written),
        mustBe: '≥ 0.5×',
        met: bare / written >= 0.5,
        numbers: `ours ${perSecond(field.count, written)}, bare ${perSecond(field.count, bare)}; whole restore with list, journal and verify ${seconds(middle(ours, wall))}`,
      },
    ]);
  });
} finally {
  await server.stop();
}
