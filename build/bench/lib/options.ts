import { parseArgs } from 'node:util';

const { values } = parseArgs({
  options: { rounds: { type: 'string' }, scale: { type: 'string' } },
  allowPositionals: true,
});

/** `--rounds N`: interleaved rounds; five are the least that counts. */
export const ROUNDS = Number(values.rounds ?? 5);
/** `--scale 0.1`: a tenth of the work, for trying a benchmark; its table is shown and not kept. */
export const SCALE = Number(values.scale ?? 1);
export const COUNTS = ROUNDS >= 5 && SCALE === 1;

/** A number of events as the run is scaled. */
export function scaled(count: number): number {
  return Math.max(1, Math.round(count * SCALE));
}
