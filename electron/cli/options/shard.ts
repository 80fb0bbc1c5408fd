import type { MigrateSpec } from '../../../shared/model/batch/migrate.ts';
import { UsageError } from './args.ts';

/** Parts at most. */
const MOST = 10_000;

/** Reads `i/n`. Throws UsageError for anything else. */
export function parseShard(text: string): NonNullable<MigrateSpec['shard']> {
  const [, first, second] = /^(\d{1,5})\/(\d{1,5})$/.exec(text.trim()) ?? [];
  const [index, of] = [Number(first), Number(second)];
  if (index >= 1 && index <= of && of <= MOST) return { index, of };
  throw new UsageError(
    `--shard takes a part of a whole, such as 1/4 for the first of four, not "${text.slice(0, 40)}".`,
  );
}
