import { spawn } from 'node:child_process';

/**
 * Starts a display without a screen. Gives its name and a function that ends it.
 *
 * @param outlives a signal to the whole group of its starter does not end it: a program that loses its display ends at once,
 *   and its starter wants it to end in order
 */
export async function startXvfb({ outlives = false } = {}) {
  const server = spawn('Xvfb', ['-displayfd', '3', '-screen', '0', '1920x1200x24', '-nolisten', 'tcp'], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
    detached: outlives,
  });
  const display = await new Promise((found, fail) => {
    server.once('error', fail);
    server.once('exit', (code) => fail(new Error(`Xvfb ended with code ${String(code)}.`)));
    server.stdio[3].setEncoding('utf8').once('data', (text) => found(`:${text.trim()}`));
  });
  return { display, stop: () => server.kill() };
}
