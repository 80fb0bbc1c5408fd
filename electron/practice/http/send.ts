import type { ServerResponse } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import { DRIP, TRUNCATE, type Answer } from './answer.ts';

const PIECE = 64 * 1024;

/** Joins small pieces, so that a listing of 100,000 objects is not 100,000 writes. What is left over is returned. */
function* joined(body: Iterable<string>): Generator<Buffer, Buffer> {
  let waiting = '';
  for (const piece of body) {
    waiting += piece;
    if (waiting.length < PIECE) continue;
    yield Buffer.from(waiting);
    waiting = '';
  }
  return Buffer.from(waiting);
}

async function stream(response: ServerResponse, body: Iterable<string>): Promise<void> {
  const pieces = joined(body);
  let piece = pieces.next();
  while (piece.done !== true && !response.destroyed) {
    if (!response.write(piece.value)) await drained(response);
    piece = pieces.next();
  }
  // Most answers are one piece, and that is one write. A client that went away needs no answer.
  if (piece.done === true) response.end(piece.value);
}

/** Resolves when more can be written, or nothing ever. */
function drained(response: ServerResponse): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      response.off('drain', done).off('close', done);
      resolve();
    };
    response.on('drain', done).on('close', done);
  });
}

async function dripping(response: ServerResponse, bytes: Buffer, pauseMs: number): Promise<void> {
  for (let at = 0; at < bytes.length && !response.destroyed; at += 1) {
    response.write(bytes.subarray(at, at + 1));
    await wait(pauseMs);
  }
  response.end();
}

/** Writes an answer; HEAD gets the headers only. */
export async function send(response: ServerResponse, answer: Answer, head: boolean): Promise<void> {
  const { [TRUNCATE]: truncate, [DRIP]: drip, ...headers } = answer.headers ?? {};
  for (const [name, value] of Object.entries(headers)) {
    response.setHeader(name, typeof value === 'string' ? value : [...value]);
  }
  const { body } = answer;
  if (body !== undefined && typeof body !== 'string' && !Buffer.isBuffer(body)) {
    response.writeHead(answer.status);
    await stream(response, body);
    return;
  }
  const bytes = Buffer.isBuffer(body) ? body : Buffer.from(body ?? '');
  if (answer.status !== 204 && answer.status !== 304) response.setHeader('Content-Length', bytes.length);
  response.writeHead(answer.status);
  if (drip !== undefined) await dripping(response, bytes, Number(drip));
  else if (truncate === undefined) response.end(head ? undefined : bytes);
  else response.write(bytes.subarray(0, bytes.length >> 1), () => response.destroy());
}
