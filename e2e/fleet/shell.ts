import { spawn } from 'node:child_process';

/** Runs a script of bash in a folder, whose programs come first; it stops at the first that fails. */
export async function runShell(
  script: string,
  dir: string,
  more: Readonly<Record<string, string>>,
): Promise<{ readonly code: number | null; readonly stdout: string; readonly stderr: string }> {
  const env = { ...process.env, ...more, HOME: dir, PATH: `${dir}:${process.env['PATH'] ?? ''}` };
  const child = spawn('bash', ['-euc', script], { cwd: dir, env, stdio: ['ignore', 'pipe', 'pipe'] });
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  const code = await new Promise<number | null>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', resolve);
  });
  return { code, stdout, stderr };
}
