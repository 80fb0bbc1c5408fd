import { spawn } from 'node:child_process';

export interface Measured<T> {
  /** Of the work alone, without starting the program and getting ready. */
  readonly wallMs: number;
  /** User and system time of the whole program, its start included. */
  readonly cpuMs: number;
  /** Largest resident set, in MiB. */
  readonly peakMb: number;
  readonly value: T;
}

/** What a work script hands over to `report`: the time is that of `work`, whatever came before it. */
type Work<T> = () => Promise<T>;

const WORK = new URL('./work/', import.meta.url);

/**
 * Runs a work script (its name without ending) in a process of its own, so that time and memory are its own. `input`
 * goes to it as JSON; what its work resolves to comes back as `value`.
 */
export async function runChild<T>(
  name: string,
  input: unknown,
  nodeArgs: readonly string[] = [],
): Promise<Measured<T>> {
  const script = new URL(`${name}.mjs`, WORK).pathname;
  const more = process.env['BENCH_NODE_ARGS']?.split(' ') ?? [];
  const child = spawn(process.execPath, [...more, ...nodeArgs, script, JSON.stringify(input)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let out = '';
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => (out += chunk));
  const code = await new Promise<number | null>((resolve) => child.on('close', resolve));
  if (code !== 0) throw new Error(`${name} ended with ${String(code)}`);
  // Made by `report` below, in a script of this folder.
  return JSON.parse(out.trim().split('\n').at(-1) ?? '') as Measured<T>;
}

/** For work scripts: times the work and prints the measurement as the last line of standard output. */
export async function report(work: Work<unknown>): Promise<void> {
  const started = performance.now();
  const value = await work();
  const wallMs = performance.now() - started;
  const { user, system } = process.cpuUsage();
  const peakMb = process.resourceUsage().maxRSS / 1024;
  console.log(JSON.stringify({ wallMs, cpuMs: (user + system) / 1000, peakMb, value }));
}

/** For work scripts: what `runChild` handed over. */
export function input<T>(): T {
  // Written by the benchmark that starts the script.
  return JSON.parse(process.argv[2] ?? 'null') as T;
}
