import { spawn } from 'node:child_process';
import { cp, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { newRunId, runPaths } from '../../electron/engine/run/kept/folder.ts';
import { sealed } from '../../electron/engine/run/kept/seal.ts';
import { engineInto, withCalendarFile, type Field } from './lib/contest.ts';
import { PLAIN_SHAPE } from './lib/generate.ts';
import { ROUNDS, scaled } from './lib/options.ts';
import { interleave, median } from './lib/rounds.ts';
import { startPracticeServer } from './lib/servers.ts';
import { keep, seconds, times, type Row } from './lib/table.ts';

/* What it costs a command that names one run that there are many others, all older. */

const CLI = 'out/main/cli.cjs';
const KEPT = scaled(2_000);
const EVENTS = 20;
const DAY = 86_400_000;

const LOGIN = ['--password-env', 'PASSWORD'];
/** With the exit code that each has when all is well, and how much longer it may take. */
const COMMANDS: readonly (readonly [string, (run: string) => readonly string[], number, number | null])[] = [
  ['hushcal undo RUN --dry-run', (run) => ['undo', run, '--dry-run', ...LOGIN], 0, 1.5],
  ['hushcal resume RUN of one that is done', (run) => ['resume', run, ...LOGIN], 2, 1.5],
  ['hushcal runs', () => ['runs'], 0, null],
];

const server = await startPracticeServer();
const field: Field = { server, count: EVENTS, shape: PLAIN_SHAPE, connections: 4, mode: 'all', headers: {} };
try {
  await withCalendarFile(EVENTS, PLAIN_SHAPE, async (file, folder) => {
    const alone = join(folder, 'alone');
    const many = join(folder, 'many');
    await engineInto(field, await server.newCalendar(), file, alone);
    await cp(alone, many, { recursive: true });
    const run = (await readdir(alone)).find((name) => /^\d{8}T/.test(name)) ?? '';
    for (let age = 1; age < KEPT; age += 1) await keepOlder(many, run, new Date(Date.now() - age * DAY));
    const rows: Row[] = [];
    for (const [work, args, code, most] of COMMANDS) {
      const among = (runs: string) => () => timed([...args(run), '--runs', runs], code, folder);
      const contenders = [
        { name: 'many', run: among(many) },
        { name: 'alone', run: among(alone) },
      ];
      const results = await interleave(contenders, ROUNDS);
      const of = (name: string): number => median(results.get(name) ?? []);
      const ratio = of('many') / of('alone');
      rows.push({
        work: `${work}, among ${String(KEPT)} kept runs`,
        against: 'the same with the one run',
        figure: `${times(ratio)} as long`,
        mustBe: most === null ? '–' : `≤ ${String(most)}×`,
        met: most === null ? null : ratio <= most,
        numbers: `${seconds(of('many'))}; ${seconds(of('alone'))}`,
      });
    }
    keep('one-run', 'One run among many', rows);
  });
} finally {
  await server.stop();
}

/** A run like another one, under an older name. */
async function keepOlder(runsDir: string, run: string, at: Date): Promise<void> {
  const runId = newRunId(at);
  const folder = join(runsDir, runId);
  await cp(join(runsDir, run), folder, { recursive: true });
  const { head, result } = runPaths(folder);
  for (const path of [head, result]) {
    // Written by the engine a moment ago.
    const { sum: _sum, ...kept } = JSON.parse(await readFile(path, 'utf8')) as Record<string, unknown>;
    const own = path === head ? { ...kept, runId } : kept;
    await writeFile(path, `${sealed(JSON.stringify(own), runId)}\n`);
  }
}

/** Milliseconds from the start of the command to its end. */
async function timed(args: readonly string[], wanted: number, folder: string): Promise<number> {
  const env = { ...process.env, PASSWORD: server.password, HUSHCAL_USER_DATA: folder };
  const began = performance.now();
  const child = spawn(process.execPath, [CLI, ...args], { stdio: ['ignore', 'ignore', 'pipe'], env });
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (said += text));
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
  if (code !== wanted) throw new Error(`${args.join(' ')} ended with ${String(code)}: ${said}`);
  return performance.now() - began;
}
