import { spawn } from 'node:child_process';
import { HushError } from '../../../../shared/model/failure.ts';
import type { Connection } from '../types.ts';
import { ownWords } from '../answers/words.ts';

/** Milliseconds that a command has for one token: a person may have to answer a question of it. */
const PATIENCE = 120_000;
/** Octets of its output that are looked at. */
const LONGEST = 64 * 1024;

/**
 * Tokens that a shell command prints: the first line of its output. It runs when a token is needed, and again when one
 * was refused. Neither the command nor the token is ever written down; what it says on standard error is shown when it
 * fails.
 */
export function tokenCommand(command: string, env: NodeJS.ProcessEnv = process.env): Connection['password'] {
  let known: Promise<string> | null = null;
  return (again = false) => {
    if (known === null || again) known = run(command, env);
    const asked = known;
    asked.catch(() => {
      if (known === asked) known = null;
    });
    return asked;
  };
}

async function run(command: string, env: NodeJS.ProcessEnv): Promise<string> {
  const { code, stdout, stderr } = await output(command, env);
  const token = stdout.split('\n', 1)[0]?.trim() ?? '';
  if (code === 0 && token !== '') return token;
  const why = code === null ? 'did not end in time' : code === 0 ? 'printed nothing' : `failed (exit code ${code})`;
  const words = ownWords(stderr);
  throw new HushError({
    code: 'TOKEN_COMMAND_FAILED',
    message: `The command for the token ${why}.${words === '' ? '' : ` It says: "${words}"`}`,
    reaction: 'fix-input',
  });
}

function output(
  command: string,
  env: NodeJS.ProcessEnv,
): Promise<{ readonly code: number | null; readonly stdout: string; readonly stderr: string }> {
  return new Promise((resolve) => {
    const child = spawn(command, { shell: true, env, stdio: ['ignore', 'pipe', 'pipe'], windowsHide: true });
    let stdout = '';
    let stderr = '';
    const timer = setTimeout(() => child.kill('SIGKILL'), PATIENCE);
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      if (stdout.length < LONGEST) stdout += text;
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      if (stderr.length < LONGEST) stderr += text;
    });
    const end = (code: number | null, more = ''): void => {
      clearTimeout(timer);
      resolve({ code, stdout, stderr: stderr + more });
    };
    child.on('error', (error) => end(-1, error.message));
    child.on('close', (code) => end(code));
  });
}
