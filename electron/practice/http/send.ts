import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import type { Answer } from './answer.ts';
import { TRUNCATE } from './faults.ts';

const PIECE = 64 * 1024;

async function stream(response: ServerResponse, body: Iterable<string>): Promise<void> {
  let waiting = '';
  for (const piece of body) {
    waiting += piece;
    if (waiting.length < PIECE) continue;
    const flushed = response.write(waiting);
    waiting = '';
    if (!flushed && !response.destroyed) await Promise.race([once(response, 'drain'), once(response, 'close')]);
    if (response.destroyed) return;
  }
  response.end(waiting);
}

/** Writes an answer; HEAD gets the headers only. */
export async function send(response: ServerResponse, answer: Answer, head: boolean): Promise<void> {
  const { [TRUNCATE]: truncate, ...headers } = answer.headers ?? {};
  for (const [name, value] of Object.entries(headers)) {
    response.setHeader(name, typeof value === 'string' ? value : [...value]);
  }
  const { body } = answer;
  if (body === undefined || typeof body === 'string') {
    const bytes = Buffer.from(body ?? '');
    if (answer.status !== 204 && answer.status !== 304) response.setHeader('Content-Length', bytes.length);
    response.writeHead(answer.status);
    if (truncate !== undefined) {
      response.write(bytes.subarray(0, bytes.length >> 1), () => response.destroy());
      return;
    }
    response.end(head ? undefined : bytes);
    return;
  }
  response.writeHead(answer.status);
  await stream(response, body);
}
