import type { ReadLimits } from './types.ts';

const MIB = 1024 * 1024;

/** Bounds that no honest calendar reaches. */
export const DEFAULT_LIMITS: ReadLimits = {
  maxFileBytes: 4096 * MIB,
  maxArchiveBytes: 8192 * MIB,
  maxArchiveEntries: 200_000,
  maxRatio: 200,
  maxNesting: 1,
  maxWholeBytes: 64 * MIB,
};
