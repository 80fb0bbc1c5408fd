import { z } from 'zod';
import { failureCode, type FailureCode } from './failure-codes.ts';
import { certificateInfo } from './network.ts';

/**
 * Failures are named by the reaction they demand, not by where they came from:
 * - `retry-now`, `retry-after`: passing; the engine tries again by itself.
 * - `skip-item`: this resource cannot be done, the rest goes on.
 * - `stop-job`: nothing more can be done in this run.
 * - `fix-input`: the person must change something first.
 * - `our-bug`: should not happen; please report it.
 */
const REACTIONS = ['retry-now', 'retry-after', 'skip-item', 'stop-job', 'fix-input', 'our-bug'] as const;
export type Reaction = (typeof REACTIONS)[number];

export const failure = z.strictObject({
  code: failureCode,
  /** One sentence for a person: what happened and what to do. Never a stack trace, never a secret. */
  message: z.string(),
  reaction: z.enum(REACTIONS),
  /** The other side's own words, shortened, where there are any. */
  detail: z.string().optional(),
  /** What a server showed that is not believed. */
  certificate: certificateInfo.optional(),
  /** The stored server, by its id, whose password is missing. */
  server: z.string().optional(),
});
export type Failure = z.infer<typeof failure>;

/** The one exception class of the house: carries a failure through code that throws. */
export class HushError extends Error {
  readonly failure: Failure;
  /** Seconds that the server asks to wait; null where it says nothing. */
  readonly retryAfter: number | null;
  constructor(failure: Failure, options: { readonly cause?: unknown; readonly retryAfter?: number | null } = {}) {
    super(failure.message, options);
    this.name = 'HushError';
    this.failure = failure;
    this.retryAfter = options.retryAfter ?? null;
  }
}

/** Whether it is a failure with one of these codes. */
export function hasCode(thrown: unknown, codes: readonly FailureCode[]): boolean {
  return thrown instanceof HushError && codes.includes(thrown.failure.code);
}

/** What a system says of a disk or a folder (POSIX names), in words. */
const DISK: Readonly<Record<string, readonly [code: FailureCode, words: string]>> = {
  ENOSPC: ['DISK_FULL', 'There is no room left on the disk. Make room, then try again.'],
  EDQUOT: ['DISK_FULL', 'The disk quota of this user is used up. Make room, then try again.'],
  EROFS: ['DISK_READ_ONLY', 'The disk can only be read. Choose a folder that may be written to.'],
  EACCES: ['DISK_NOT_ALLOWED', 'This user may not open it. Choose another folder, or change its permissions.'],
  EPERM: ['DISK_NOT_ALLOWED', 'This user may not change it. Choose another folder, or change its permissions.'],
  ENOENT: ['DISK_GONE', 'It is not there. Look whether its disk is connected and the folder was moved.'],
  ENOTDIR: ['DISK_GONE', 'A part of its path is no folder. Look at the path.'],
  EEXIST: ['DISK_GONE', 'It is a file, where a folder is wanted. Look at the path.'],
  ESTALE: ['DISK_GONE', 'It is no longer there. Look whether its disk is connected.'],
  EIO: ['DISK_FAILING', 'The disk cannot be read or written there. Look at the disk before you continue.'],
};

/** The failure behind a refused operation on files, with the path that it was about; null for anything else. */
function diskFailure(thrown: unknown): Failure | null {
  if (!(thrown instanceof Error) || !('code' in thrown) || !('syscall' in thrown)) return null;
  const known = DISK[String(thrown.code)];
  if (known === undefined || thrown.syscall === 'connect') return null;
  // Where a file is made, its name is taken: that is for the caller to say.
  if (thrown.code === 'EEXIST' && thrown.syscall !== 'mkdir') return null;
  const path = 'path' in thrown && typeof thrown.path === 'string' ? `${thrown.path}: ` : '';
  return { code: known[0], message: path + known[1], reaction: 'stop-job' };
}

/** Whether the disk is the trouble: nothing that has to be noted first may be sent any more. */
export function isDiskTrouble({ code }: Pick<Failure, 'code'>): boolean {
  return code.startsWith('DISK_');
}

/** Anything thrown, as a failure. What is neither a HushError nor the disk's is our bug, said without its stack. */
export function toFailure(thrown: unknown): Failure {
  if (thrown instanceof HushError) return thrown.failure;
  const disk = diskFailure(thrown);
  if (disk !== null) return disk;
  const text = thrown instanceof Error ? thrown.message : String(thrown);
  return { code: 'INTERNAL', message: `Something unexpected happened: ${text}`, reaction: 'our-bug' };
}
