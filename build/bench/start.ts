import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { keep, times, type Row } from './lib/table.ts';

/** What starting the command line takes, beside a Node that does nothing. */
const LAPS = 11;
const CLI = 'out/main/cli.cjs';

const dir = mkdtempSync(join(tmpdir(), 'hushcal-start-'));
const hook = join(dir, 'hook.cjs');
const report = join(dir, 'report.json');
// Written by the process itself as it ends: the system keeps the largest size of a process for as long as it lives.
writeFileSync(
  hook,
  `process.on('exit', () => require('fs').writeFileSync(${JSON.stringify(report)}, JSON.stringify(process.resourceUsage())));`,
);

interface Figures {
  readonly wall: number;
  readonly processor: number;
  readonly megabytes: number;
}

/** Medians over laps; times in milliseconds. */
function measure(...args: readonly string[]): Figures {
  const laps = Array.from({ length: LAPS }, () => {
    const started = performance.now();
    spawnSync(process.execPath, args, { stdio: 'ignore', env: { ...process.env, XDG_CACHE_HOME: dir } });
    const wall = performance.now() - started;
    spawnSync(process.execPath, ['--require', hook, ...args], {
      stdio: 'ignore',
      env: { ...process.env, XDG_CACHE_HOME: dir },
    });
    const { userCPUTime, systemCPUTime, maxRSS } = JSON.parse(readFileSync(report, 'utf8')) as NodeJS.ResourceUsage;
    return { wall, processor: (userCPUTime + systemCPUTime) / 1000, megabytes: maxRSS / 1024 };
  });
  const middle = (of: (lap: Figures) => number): number => laps.map(of).sort((a, b) => a - b)[LAPS >> 1] ?? 0;
  return {
    wall: middle((lap) => lap.wall),
    processor: middle((lap) => lap.processor),
    megabytes: middle((lap) => lap.megabytes),
  };
}

function numbers({ wall, processor, megabytes }: Figures): string {
  return `${wall.toFixed(0)} ms, ${processor.toFixed(0)} ms of the processor, ${megabytes.toFixed(0)} MB`;
}

const nothing = measure('-e', '0');
const COMMANDS: readonly (readonly [string, readonly string[], number | null, number | null])[] = [
  ['hushcal --help', ['--help'], 2, 15],
  ['hushcal practice --help', ['practice', '--help'], null, null],
  ['hushcal runs, which loads the engine', ['runs', '--runs', dir], null, null],
];
const rows: Row[] = COMMANDS.map(([work, args, most, mostMegabytes]) => {
  const figures = measure(CLI, ...args);
  const ratio = figures.wall / nothing.wall;
  const above = figures.megabytes - nothing.megabytes;
  return {
    work,
    against: 'node -e 0',
    figure: `${times(ratio)} as long, ${above.toFixed(1)} MB more`,
    mustBe: most === null ? '–' : `≤ ${most}×, ≤ ${String(mostMegabytes)} MB`,
    met: most === null || mostMegabytes === null ? null : ratio <= most && above <= mostMegabytes,
    numbers: `${numbers(figures)}; ${numbers(nothing)}`,
  };
});
rmSync(dir, { recursive: true, force: true });
keep('start', 'Starting the command line', rows, [], LAPS);
