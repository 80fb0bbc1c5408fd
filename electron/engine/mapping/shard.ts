import { createHash } from 'node:crypto';
import { HushError } from '../../../shared/model/failure.ts';

/** One part of many: `2/8` is the second of eight. */
export interface Shard {
  readonly index: number;
  readonly of: number;
}

const MOST = 10_000;

/**
 * Whether a user belongs to a part. All rows of one user are in the same part, on every machine and in every version;
 * upper and lower case are one.
 */
export function inShard(user: string, { index, of }: Shard): boolean {
  const digest = createHash('sha256').update(user.trim().toLowerCase(), 'utf8').digest();
  return digest.readUInt32BE(0) % of === index - 1;
}

/** Reads `i/n`. Throws HushError for anything else. */
export function parseShard(text: string): Shard {
  const [, first, second] = /^(\d{1,5})\/(\d{1,5})$/.exec(text.trim()) ?? [];
  const [index, of] = [Number(first), Number(second)];
  if (index >= 1 && index <= of && of <= MOST) return { index, of };
  throw new HushError({
    code: 'SHARD_INVALID',
    message: `--shard takes a part of a whole, such as 1/4 for the first of four, not "${text.slice(0, 40)}".`,
    reaction: 'fix-input',
  });
}
