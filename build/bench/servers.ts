import { engineLap, middle, plainLap, wall, withCalendarFile, writing, type Field } from './lib/contest.ts';
import { PLAIN_SHAPE } from './lib/generate.ts';
import { ROUNDS, scaled } from './lib/options.ts';
import { interleave } from './lib/rounds.ts';
import { startRealServer } from './lib/servers.ts';
import { keep, perSecond, seconds, times, type Row } from './lib/table.ts';

const COUNT = scaled(1000);

const rows: Row[] = [];
await withCalendarFile(COUNT, PLAIN_SHAPE, async (file) => {
  for (const name of ['radicale', 'cyrus'] as const) {
    const server = await startRealServer(name);
    const field: Field = {
      server,
      count: COUNT,
      shape: PLAIN_SHAPE,
      connections: 8,
      mode: 'all',
      headers: { scheduling: 'all' },
    };
    try {
      const laps = await interleave(
        [
          { name: 'ours', run: () => engineLap(field, file) },
          { name: 'bare', run: () => plainLap(field, 'bare') },
        ],
        ROUNDS,
      );
      const bare = middle(laps.get('bare'), wall);
      const written = middle(laps.get('ours'), writing);
      const whole = middle(laps.get('ours'), wall);
      rows.push(
        {
          work: `write phase into ${name}, ${String(COUNT)} events, 8 connections`,
          against: 'undici `Pool.request`, the same bodies',
          figure: times(bare / written),
          mustBe: '≥ 0.9×',
          met: bare / written >= 0.9,
          numbers: `ours ${perSecond(COUNT, written)}, bare ${perSecond(COUNT, bare)}`,
        },
        {
          work: `whole restore into ${name}: list, journal, verify`,
          against: 'the same',
          figure: times(bare / whole),
          mustBe: '≥ 0.7×',
          met: bare / whole >= 0.7,
          numbers: `ours ${seconds(whole)}, bare ${seconds(bare)}`,
        },
      );
    } finally {
      await server.stop();
    }
  }
  keep('servers', 'Real servers, bound by their own processor', rows);
});
