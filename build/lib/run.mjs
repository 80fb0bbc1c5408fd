import { spawn } from 'node:child_process';
import { root } from './root.mjs';

/** For compilers in Go, which end within seconds: garbage is collected a quarter as often, which saves a quarter of the time. */
export const RARELY_COLLECTED = { GOGC: '400', ...process.env };

/**
 * Runs a program to its end in the top folder.
 * `output`: 'inherit' shows it, 'stderr' shows all of it on standard error, 'capture' keeps it, 'both' does both.
 * Resolves with `{ code, output }`; code is 1 for a program that could not be started or was killed.
 */
export function run(command, args, { output = 'inherit', cwd = root, env = process.env, timeoutMs = 0 } = {}) {
  const keeps = output === 'capture' || output === 'both';
  const streams = { inherit: ['ignore', 1, 2], stderr: ['ignore', 2, 2] }[output] ?? ['ignore', 'pipe', 'pipe'];
  return new Promise((resolve) => {
    const child = spawn(command, args, { cwd, env, stdio: streams, timeout: timeoutMs });
    let kept = '';
    const keep = (chunk) => {
      kept += chunk;
      if (output === 'both') process.stdout.write(chunk);
    };
    if (keeps) {
      child.stdout.setEncoding('utf8').on('data', keep);
      child.stderr.setEncoding('utf8').on('data', keep);
    }
    child.on('error', (error) => resolve({ code: 1, output: `${kept}${error.message}\n` }));
    child.on('close', (code) => resolve({ code: code ?? 1, output: kept }));
  });
}

/** Runs a JavaScript file of ours or of a dependency with this Node. */
export function runNode(args, options) {
  return run(process.execPath, args, options);
}

/** Runs npm, the one that started us where there is one. */
export function runNpm(args, options) {
  const npm = process.env['npm_execpath'];
  if (npm !== undefined && /\.c?js$/.test(npm)) return runNode([npm, ...args], options);
  return run(process.platform === 'win32' ? 'npm.cmd' : 'npm', args, options);
}
