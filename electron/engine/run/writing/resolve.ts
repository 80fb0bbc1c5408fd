import { HushError, toFailure } from '../../../../shared/model/failure.ts';
import { Backoff, type Trouble } from '../../caldav/transport/backoff.ts';
import { isSentInPart, sameMeaning } from './compare.ts';
import type { RunContext } from '../context.ts';
import type { RunStep } from '../types.ts';

/** What reading the object told about a write whose answer was lost. */
type Resolution =
  /** The server has what we meant to write; `inPart`: less some of its lines, which need not be our doing. */
  | { readonly kind: 'applied'; readonly etag: string | null; readonly inPart?: true }
  /** The server has what it had before: the write may be sent again. */
  | { readonly kind: 'not-applied' }
  /** The server has something else. */
  | { readonly kind: 'other'; readonly reason: string }
  | { readonly kind: 'unreadable'; readonly reason: string };

/** Settles an unknown outcome by reading: never by sending again. */
export async function resolveByReading(context: RunContext, step: RunStep, body: Buffer | null): Promise<Resolution> {
  const { href } = step.row;
  if (href === null) return { kind: 'not-applied' };
  let there: { readonly bytes: Buffer; readonly etag: string | null } | null;
  try {
    there = await patiently(context, () => context.store.get(href));
  } catch (error) {
    return { kind: 'unreadable', reason: toFailure(error).message };
  }
  return judge(step, body, there);
}

function judge(
  step: RunStep,
  body: Buffer | null,
  there: { readonly bytes: Buffer; readonly etag: string | null } | null,
): Resolution {
  const gone = there === null;
  switch (step.row.action) {
    case 'create':
      if (gone) return { kind: 'not-applied' };
      break;
    case 'delete':
      if (gone) return { kind: 'applied', etag: null };
      if (there.etag === step.etag) return { kind: 'not-applied' };
      return { kind: 'other', reason: 'It was changed on the server meanwhile, so it was not deleted.' };
    default:
      if (gone) return { kind: 'other', reason: 'It disappeared from the server meanwhile.' };
  }
  const [stored, sent] = [there.bytes.toString('utf8'), body?.toString('utf8')];
  if (sent !== undefined && sameMeaning(stored, sent, step.meaning)) return { kind: 'applied', etag: there.etag };
  if (step.row.action === 'update' && there.etag === step.etag) return { kind: 'not-applied' };
  // Stored, and some of it dropped: what is lost of it is named when it is read back with the others.
  if (sent !== undefined && isSentInPart(stored, sent)) return { kind: 'applied', etag: there.etag, inPart: true };
  return { kind: 'other', reason: 'The server has something else at this address by now; it was left alone.' };
}

/** A read, tried again while the server is busy or a connection breaks. */
export async function patiently<T>(context: RunContext, read: () => Promise<T>): Promise<T> {
  const backoff = new Backoff('readInRun');
  for (;;) {
    try {
      return await read();
    } catch (error) {
      const trouble = troubleOf(error);
      const next = trouble === null ? null : backoff.after(trouble);
      if (next === null || next.kind === 'give-up') throw error;
      await context.control.wait(next.seconds);
    }
  }
}

/** Null: trying again would change nothing. */
function troubleOf(error: unknown): Trouble | null {
  if (!(error instanceof HushError)) return null;
  const { reaction } = error.failure;
  return reaction === 'retry-now' || reaction === 'retry-after' ? { kind: 'later', seconds: error.retryAfter } : null;
}
