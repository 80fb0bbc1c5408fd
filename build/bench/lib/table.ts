import { mkdirSync, writeFileSync } from 'node:fs';

export interface Row {
  readonly work: string;
  readonly against: string;
  /** What was measured, as text: `5.2× faster, 0.21× memory`. */
  readonly figure: string;
  readonly mustBe: string;
  readonly met: boolean;
  /** The numbers behind the ratio, for the reader. */
  readonly numbers: string;
}

/** Prints a table, keeps it in build/bench/results/, and says by the exit code whether every figure was met. */
export function keep(name: string, title: string, rows: readonly Row[]): void {
  const lines = [
    `# ${title}`,
    '',
    '| work | measured against | figure | must be | met | numbers (medians) |',
    '|---|---|---|---|---|---|',
    ...rows.map(
      (row) =>
        `| ${row.work} | ${row.against} | **${row.figure}** | ${row.mustBe} | ${row.met ? 'yes' : 'NO'} | ${row.numbers} |`,
    ),
    '',
  ];
  const text = lines.join('\n');
  console.log(text);
  const folder = 'build/bench/results/';
  mkdirSync(folder, { recursive: true });
  writeFileSync(`${folder}${name}.md`, text);
  if (rows.some((row) => !row.met)) process.exitCode = 1;
}
