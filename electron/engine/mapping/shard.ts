import { createHash } from 'node:crypto';
import type { MigrateSpec } from '../../../shared/model/batch/migrate.ts';

/** One part of many: `2/8` is the second of eight. */
type Shard = NonNullable<MigrateSpec['shard']>;

/**
 * Whether a user belongs to a part. All rows of one user are in the same part, on every machine and in every version;
 * upper and lower case are one.
 */
export function inShard(user: string, { index, of }: Shard): boolean {
  const digest = createHash('sha256').update(user.trim().toLowerCase(), 'utf8').digest();
  return digest.readUInt32BE(0) % of === index - 1;
}
