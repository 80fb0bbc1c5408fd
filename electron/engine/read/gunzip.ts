import { createReadStream } from 'node:fs';
import { createGunzip } from 'node:zlib';
import type { Budget } from './budget.ts';
import type { ProblemCode } from './problems.ts';
import { TooMuch } from './spool.ts';
import type { ReadLimits } from './types.ts';
import { mostUnpacked } from './zip.ts';

/**
 * The octets of a gzip file (RFC 1952), all its members.
 *
 * @throws TooMuch when more comes out than the limits allow, an error of zlib when it is damaged or cut off
 */
export async function* gunzipped(
  file: string,
  packed: number,
  limits: ReadLimits,
  budget: Budget,
): AsyncGenerator<Buffer> {
  const most = mostUnpacked(packed, limits);
  let octets = 0;
  const source = createReadStream(file);
  const unpacked = source.pipe(createGunzip());
  source.on('error', (error) => unpacked.destroy(error));
  try {
    for await (const chunk of unpacked as AsyncIterable<Buffer>) {
      octets += chunk.length;
      budget.spend(chunk.length);
      if (octets > most || budget.octets < 0) throw new TooMuch();
      yield chunk;
    }
  } finally {
    source.destroy();
    unpacked.destroy();
  }
}

/** What was wrong with a gzip file. */
export function gunzipProblem(thrown: unknown, budget: Budget): ProblemCode {
  if (!(thrown instanceof TooMuch)) return isCut(thrown) ? 'cut-archive' : 'damaged-archive';
  return budget.octets < 0 ? 'archive-too-large' : 'zip-bomb';
}

function isCut(thrown: unknown): boolean {
  return thrown instanceof Error && 'code' in thrown && thrown.code === 'Z_BUF_ERROR';
}
