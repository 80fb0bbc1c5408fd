import { HushError } from '../../../../shared/model/failure.ts';
import { connectionFailure, neverLeft } from '../transport/failures.ts';
import type { WriteResult } from '../types.ts';

/** A write without an answer: refused by us, never sent, or lost. */
export function writeFailure(error: unknown, origin: string): WriteResult {
  if (error instanceof HushError) {
    const { message, reaction } = error.failure;
    if (reaction === 'our-bug') throw error;
    return { kind: 'refused', status: 0, element: null, conflictHref: null, reaction: 'stop-job', message };
  }
  const failure = connectionFailure(error, origin).failure;
  if (!neverLeft(error)) return { kind: 'lost', message: failure.message };
  if (failure.code.startsWith('TLS_')) {
    return {
      kind: 'refused',
      status: 0,
      element: null,
      conflictHref: null,
      reaction: 'stop-job',
      message: failure.message,
    };
  }
  return { kind: 'later', status: 0, seconds: null, message: failure.message };
}
