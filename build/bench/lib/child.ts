import { spawn } from 'node:child_process';

export interface Measured {
  readonly wallMs: number;
  /** User and system time of the process. */
  readonly cpuMs: number;
  /** Largest resident set, in MiB. */
  readonly peakMb: number;
  readonly value: unknown;
}

/** Runs one work script in a process of its own, so that time and memory are its own; see `report`. */
export async function runChild(
  script: string,
  args: readonly string[],
  nodeArgs: readonly string[] = [],
): Promise<Measured> {
  const child = spawn(process.execPath, [...nodeArgs, script, ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
  let out = '';
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => (out += chunk));
  const code = await new Promise<number | null>((resolve) => child.on('close', resolve));
  if (code !== 0) throw new Error(`${script} ended with ${String(code)}`);
  const last = out.trim().split('\n').at(-1) ?? '';
  const parsed: unknown = JSON.parse(last);
  if (!isMeasured(parsed)) throw new Error(`${script} printed no measurement: ${last}`);
  return parsed;
}

function isMeasured(value: unknown): value is Measured {
  return typeof value === 'object' && value !== null && 'wallMs' in value && 'cpuMs' in value && 'peakMb' in value;
}

/** For work scripts: times one piece of work and prints the measurement as the last line of standard output. */
export async function report(work: () => Promise<unknown>): Promise<void> {
  const before = process.cpuUsage();
  const started = performance.now();
  const value = await work();
  const wallMs = performance.now() - started;
  const cpu = process.cpuUsage(before);
  const peakMb = process.resourceUsage().maxRSS / 1024;
  console.log(JSON.stringify({ wallMs, cpuMs: (cpu.user + cpu.system) / 1000, peakMb, value }));
}
