import { spawn } from 'node:child_process';
import path from 'node:path';
import type { Death } from './scene.ts';

const CLI = path.resolve(import.meta.dirname, '../../out/main/cli.cjs');
const HOOK = path.join(import.meta.dirname, 'die.cjs');

/** Runs one command line in a process of its own, which may be killed at a step. `code` is null when it was. */
export async function runProcess(
  argv: readonly string[],
  environment: NodeJS.ProcessEnv,
  { at, record }: Death = {},
): Promise<{ readonly code: number | null; readonly stderr: string }> {
  const hooked = at !== undefined || record !== undefined;
  const env = {
    ...environment,
    ...(at === undefined ? {} : { HUSHCAL_DIE_AT: at }),
    ...(record === undefined ? {} : { HUSHCAL_STEPS: record }),
  };
  const child = spawn(process.execPath, [...(hooked ? ['--require', HOOK] : []), CLI, ...argv], {
    env,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let stderr = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  const code = await new Promise<number | null>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (status, signal) => resolve(signal === 'SIGKILL' ? null : (status ?? -1)));
  });
  return { code, stderr };
}
