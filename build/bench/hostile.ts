import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runChild, type Measured } from './lib/child.ts';
import { FILES, type Share } from './lib/hostile-files.ts';
import { ANSWERS, startHostileServer } from './lib/hostile-server.ts';
import { keep, seconds, times, type Row } from './lib/table.ts';

export interface HostileInput {
  readonly ask:
    | 'discover'
    | 'list'
    | 'object'
    | 'options'
    | 'inspect'
    | 'find'
    | 'occurrences'
    | 'mapping'
    | 'passwords';
  /** A URL, or the path of a file. */
  readonly target: string;
  readonly folder: string;
  readonly rule?: string | undefined;
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
/** Ten times the input may take forty times as long: what is quadratic takes a hundred times as long. */
const MOST_GROWTH = 40;
/** Below it, in milliseconds, the clock and the rest of the machine say more than the code. */
const NOISE = 100;
/** The best of so many, where one says that the growth is too much. */
const TRIES = 3;

const NOTE =
  'Seconds are those of the processor. Held: the longest time that the event loop was at work and answered nothing. In the window that is the engine’s process; only the list of passwords is read by the window’s own. ×: how the time grew from a tenth of the input.';

type Run = (share: Share) => Promise<Measured<HostileSeen>>;

/** What is done with an input at its full size, and how the time grew from a tenth of it. */
async function measure(work: string, ask: HostileInput['ask'], run: Run): Promise<Row> {
  const tenth = await run(0.1);
  const { wallMs, peakMb, value } = await run(1);
  const { said, heldMs } = value;
  // Of the processor: where others had it, the time is theirs.
  let [small, large] = [tenth.value.cpuMs, value.cpuMs];
  for (let tries = 1; tries < TRIES && large > NOISE && large > MOST_GROWTH * small; tries += 1) {
    small = Math.min(small, (await run(0.1)).value.cpuMs);
    large = Math.min(large, (await run(1)).value.cpuMs);
  }
  // Everything else is done by the engine, which has a process of its own there: only the engine waits.
  const inWindow = ask === 'passwords';
  const isLinear = large <= NOISE || large <= MOST_GROWTH * small;
  const growth = large <= NOISE ? 'too quick to tell' : times(large / small);
  console.error(
    `${work}, ${ask}: ${said}, ${large.toFixed(0)} ms, ${peakMb.toFixed(0)} MiB, ${heldMs.toFixed(0)} ms, ${growth}`,
  );
  return {
    work,
    against: `${ask}: ${said}`,
    figure: `${seconds(large)}, ${peakMb.toFixed(0)} MiB, held ${heldMs.toFixed(0)} ms; ${growth}`,
    mustBe: `≤ ${MOST_MS / 1000} s, ${MOST_MB} MiB${inWindow ? `, ${MOST_HELD} ms` : ''}; ${MOST_GROWTH}×`,
    met: large <= MOST_MS && peakMb <= MOST_MB && (!inWindow || heldMs <= MOST_HELD) && isLinear,
    numbers: `a tenth ${seconds(small)}; by the clock ${seconds(wallMs)}`,
  };
}

function asked(name: string): readonly HostileInput['ask'][] {
  if (name.includes('list')) return ['list'];
  if (name.includes('text')) return ['object', 'options'];
  return name.includes('error') ? ['discover', 'list', 'object'] : ['discover', 'list'];
}

const folder = await mkdtemp(join(tmpdir(), 'hushcal-hostile-'));
const server = await startHostileServer();
const rows: Row[] = [];
try {
  for (const name of ANSWERS) {
    for (const ask of asked(name)) {
      const run: Run = (share) => {
        const target = server.url(name, share).replace('CASE', ask === 'list' ? 'l' : 'd');
        return runChild<HostileSeen>('hostile', { ask, target, folder } satisfies HostileInput);
      };
      rows.push(await measure(name, ask, run));
    }
  }
  for (const [name, { make, ask = 'inspect', rule }] of Object.entries(FILES)) {
    const run: Run = async (share) => {
      const target = await make(folder, share);
      try {
        return await runChild<HostileSeen>('hostile', { ask, target, folder, rule } satisfies HostileInput);
      } finally {
        await rm(target);
      }
    };
    rows.push(await measure(name, ask, run));
  }
  keep('hostile', 'What attackers send', rows, [NOTE], 1);
} finally {
  await server.close();
  await rm(folder, { recursive: true, force: true });
}
