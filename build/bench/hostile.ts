import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runChild } from './lib/child.ts';
import { FILES } from './lib/hostile-files.ts';
import { ANSWERS, startHostileServer } from './lib/hostile-server.ts';
import { keep, seconds, type Row } from './lib/table.ts';

export interface HostileInput {
  readonly ask: 'discover' | 'list' | 'object' | 'options' | 'inspect';
  /** A URL, or the path of a file. */
  readonly target: string;
  readonly folder: string;
}

export interface HostileSeen {
  readonly said: string;
  /** The longest time that the event loop was at work and answered nothing, in milliseconds. */
  readonly heldMs: number;
  readonly cpuMs: number;
}

const MOST_MB = 512;
const MOST_HELD = 250;
const MOST_MS = 30_000;

async function measure(work: string, order: HostileInput): Promise<Row> {
  const { wallMs, peakMb, value } = await runChild<HostileSeen>('hostile', order);
  const { said, heldMs, cpuMs } = value;
  console.error(
    `${work}, ${order.ask}: ${said}, ${wallMs.toFixed(0)} ms, ${peakMb.toFixed(0)} MiB, ${heldMs.toFixed(0)} ms`,
  );
  return {
    work,
    against: `${order.ask}: ${said}`,
    figure: `${seconds(wallMs)}, ${peakMb.toFixed(0)} MiB, held ${heldMs.toFixed(0)} ms`,
    mustBe: `≤ ${MOST_MS / 1000} s, ${MOST_MB} MiB, ${MOST_HELD} ms`,
    met: wallMs <= MOST_MS && peakMb <= MOST_MB && heldMs <= MOST_HELD,
    numbers: `${seconds(cpuMs)} of the processor`,
  };
}

const folder = await mkdtemp(join(tmpdir(), 'hushcal-hostile-'));
const server = await startHostileServer();
const rows: Row[] = [];
try {
  const asked = (name: string): readonly HostileInput['ask'][] => {
    if (name.includes('list')) return ['list'];
    if (name.includes('text')) return ['object', 'options'];
    return name.includes('error') ? ['discover', 'list', 'object'] : ['discover', 'list'];
  };
  for (const name of Object.keys(ANSWERS)) {
    for (const ask of asked(name)) {
      const target = server.url(name).replace('CASE', ask === 'list' ? 'l' : 'd');
      rows.push(await measure(name, { ask, target, folder }));
    }
  }
  for (const [name, make] of Object.entries(FILES)) {
    const target = await make(folder);
    rows.push(await measure(name, { ask: 'inspect', target, folder }));
    await rm(target);
  }
  keep(
    'hostile',
    'What attackers send',
    rows,
    ['Held: the longest time that the event loop was at work and answered nothing.'],
    1,
  );
} finally {
  await server.close();
  await rm(folder, { recursive: true, force: true });
}
