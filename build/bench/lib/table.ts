import { mkdirSync, writeFileSync } from 'node:fs';
import { availableParallelism, cpus } from 'node:os';
import { COUNTS, ROUNDS, SCALE } from './options.ts';

export interface Row {
  readonly work: string;
  readonly against: string;
  /** What was measured, as text: `5.2× faster, 0.21× memory`. */
  readonly figure: string;
  readonly mustBe: string;
  /** Null: only for comparison. */
  readonly met: boolean | null;
  /** The numbers behind the ratio, for the reader. */
  readonly numbers: string;
}

/** Prints a table, keeps it in build/bench/results/ when the run counts, and says by the exit code whether all is met. */
export function keep(
  name: string,
  title: string,
  rows: readonly Row[],
  notes: readonly string[] = [],
  rounds = ROUNDS,
): void {
  const lines = [
    `# ${title}`,
    '',
    '| work | measured against | figure | must be | met | numbers (medians) |',
    '| --- | --- | --- | --- | --- | --- |',
    ...rows.map(
      ({ work, against, figure, mustBe, met, numbers }) =>
        `| ${work} | ${against} | **${figure}** | ${mustBe} | ${met === null ? '–' : met ? 'yes' : 'NO'} | ${numbers} |`,
    ),
    '',
    ...notes.flatMap((note) => [note, '']),
    machine(rounds),
    '',
  ];
  const text = lines.join('\n');
  console.log(text);
  if (COUNTS) {
    const folder = 'build/bench/results/';
    mkdirSync(folder, { recursive: true });
    writeFileSync(`${folder}${name}.md`, text);
  }
  if (rows.some((row) => row.met === false)) process.exitCode = 1;
}

/** The last line of a table: how often it was measured, and on what. */
export function machine(rounds: number): string {
  const scale = SCALE === 1 ? '' : `, scale ${SCALE}`;
  return `${rounds === 1 ? 'Once' : `${rounds} interleaved rounds`}${scale}; Node ${process.version}, ${availableParallelism()} × ${cpus()[0]?.model.trim() ?? 'processor'}.`;
}

export function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(ms < 10_000 ? 2 : 1)} s`;
}

export function perSecond(count: number, ms: number): string {
  return `${Math.round((count / ms) * 1000)}/s`;
}

export function times(ratio: number): string {
  return `${ratio.toFixed(ratio < 10 ? 2 : 1)}×`;
}
