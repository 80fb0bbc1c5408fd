import { join } from 'node:path';
import { engineInto, inNewCalendar, middle, wall, withCalendarFile, type Field, type Lap } from './lib/contest.ts';
import { PLAIN_SHAPE } from './lib/generate.ts';
import { ROUNDS, scaled } from './lib/options.ts';
import { startPracticeServer, startRealServer, type Server } from './lib/servers.ts';
import { keep, seconds, times, type Row } from './lib/table.ts';

interface BenchServer {
  readonly name: string;
  readonly start: () => Promise<Server>;
  readonly count: number;
  readonly connections: number;
}

const PLACES: readonly BenchServer[] = [
  { name: 'the practice server', start: startPracticeServer, count: scaled(10_000), connections: 16 },
  {
    name: 'the practice server, 20 ms answers',
    start: () => startPracticeServer(20),
    count: scaled(10_000),
    connections: 16,
  },
  { name: 'cyrus', start: () => startRealServer('cyrus'), count: scaled(1000), connections: 8 },
  { name: 'radicale', start: () => startRealServer('radicale'), count: scaled(1000), connections: 8 },
];

const rows: Row[] = [];
for (const { name, start, count, connections } of PLACES) {
  const server = await start();
  const field: Field = { server, count, shape: PLAIN_SHAPE, connections, mode: 'all', headers: {} };
  try {
    await withCalendarFile(count, PLAIN_SHAPE, async (file, folder) => {
      const first: Lap[] = [];
      const second: Lap[] = [];
      for (let round = 0; round < ROUNDS; round += 1) {
        const runsDir = join(folder, `runs-${String(round)}`);
        await inNewCalendar(field, async (url) => {
          first.push(await engineInto(field, url, file, runsDir));
          second.push(await engineInto(field, url, file, runsDir));
        });
      }
      const written = second.reduce((sum, lap) => sum + count - (lap.times?.totals.unchanged ?? 0), 0);
      const ratio = middle(first, wall) / middle(second, wall);
      rows.push({
        work: `second run of an unchanged restore, ${String(count)} events, ${name}`,
        against: 'first run',
        figure: `${times(ratio)} faster, ${String(written)} writes`,
        mustBe: '≥ 8× faster, zero writes',
        met: ratio >= 8 && written === 0,
        numbers: `${seconds(middle(first, wall))}, then ${seconds(middle(second, wall))}`,
      });
    });
  } finally {
    await server.stop();
  }
}
keep('again', 'The same restore again', rows);
