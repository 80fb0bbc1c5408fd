import type { ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Answer } from './answer.ts';
import { TRUNCATE } from './faults.ts';

const PIECE = 64 * 1024;

/** Joins small pieces, so that a listing of 100,000 objects is not 100,000 writes. */
function* joined(body: Iterable<string>): Generator<Buffer> {
  let waiting = '';
  for (const piece of body) {
    waiting += piece;
    if (waiting.length < PIECE) continue;
    yield Buffer.from(waiting);
    waiting = '';
  }
  yield Buffer.from(waiting);
}

async function stream(response: ServerResponse, body: Iterable<string>): Promise<void> {
  try {
    await pipeline(Readable.from(joined(body), { objectMode: false }), response);
  } catch (error) {
    // A client that went away needs no answer.
    if (!response.destroyed) throw error;
  }
}

/** Writes an answer; HEAD gets the headers only. */
export async function send(response: ServerResponse, answer: Answer, head: boolean): Promise<void> {
  const { [TRUNCATE]: truncate, ...headers } = answer.headers ?? {};
  for (const [name, value] of Object.entries(headers)) {
    response.setHeader(name, typeof value === 'string' ? value : [...value]);
  }
  const { body } = answer;
  if (body !== undefined && typeof body !== 'string') {
    response.writeHead(answer.status);
    await stream(response, body);
    return;
  }
  const bytes = Buffer.from(body ?? '');
  if (answer.status !== 204 && answer.status !== 304) response.setHeader('Content-Length', bytes.length);
  response.writeHead(answer.status);
  if (truncate === undefined) response.end(head ? undefined : bytes);
  else response.write(bytes.subarray(0, bytes.length >> 1), () => response.destroy());
}
