import { isCollision, isSameUid } from '../../caldav/answers/classify.ts';
import { Backoff, type NextTry } from '../../caldav/transport/backoff.ts';
import type { WriteResult } from '../../caldav/types.ts';
import type { Outcome } from '../../../../shared/model/outcome.ts';
import type { RunContext } from '../context.ts';
import { PAST_THE_BIN } from '../../scheduling/bundle.ts';
import { maybeNotified } from './notifies.ts';
import { readUndamaged } from '../kept/pack.ts';
import { resolveByReading } from './resolve.ts';
import type { ItemOutcome, RunStep, Slice, Written } from '../types.ts';

const APPLIED: Readonly<Record<'create' | 'update' | 'delete', Outcome>> = {
  create: 'created',
  update: 'updated',
  delete: 'deleted',
};

const FOUND_DONE = 'The answer was lost; reading showed that it was done.';
const STOPPED = { kind: 'stopped' } as const;

/**
 * Sends one write until its outcome is known, within bounds. `mayHaveBeenSent`: an earlier process of this run intended
 * it and left no answer, so it is read before anything is sent. A write that may notify people and whose answer is
 * missing is read, and never sent again: where it did not arrive, its outcome is unknown, for good.
 */
export async function writeRow(context: RunContext, row: number, mayHaveBeenSent: boolean): Promise<Written> {
  const step = context.log.steps[row];
  if (step === undefined) throw new Error(`no step ${row}`);
  const body = step.body === null ? null : await textOf(context, step.body, mayHaveBeenSent);
  if (body === 'damaged') return { kind: 'final', outcome: textLost(step) };
  const began = performance.now();
  const attempt = new Attempt(context, row, step, body, () => Math.round(performance.now() - began));
  if (mayHaveBeenSent) {
    const known = await attempt.read('The program ended while this was being sent.');
    if (known !== null) return known;
    if (needsOriginal(step) && context.log.state(row).original === null) {
      return { kind: 'final', outcome: { ...textLost(step), outcome: 'failed', reason: ORIGINAL_LOST } };
    }
  }
  for (;;) {
    const written = await attempt.send();
    if (written !== null) return written;
  }
}

/** Of a row that may have been sent already, damage is a word about the calendar, not only about this computer. */
async function textOf(context: RunContext, slice: Slice, mayHaveBeenSent: boolean): Promise<Buffer | 'damaged'> {
  if (!mayHaveBeenSent) return context.bodies.read(slice);
  return (await readUndamaged(context.bodies, slice)) ?? 'damaged';
}

function textLost({ row }: RunStep): ItemOutcome {
  return { outcome: 'unknown', reason: TEXT_LOST, status: null, href: row.href, etag: null, ms: null };
}

const TEXT_LOST =
  'The program ended while this was being sent, and its text on this computer is damaged, so whether it was written ' +
  'is not known. Look at the event in the calendar.';

const ORIGINAL_LOST =
  'It was not written, and where its original was saved stands in a damaged line of the journal, so it was left as it is.';

function needsOriginal({ row }: RunStep): boolean {
  return row.action === 'update' || row.action === 'delete';
}

class Attempt {
  readonly #context: RunContext;
  readonly #row: number;
  readonly #step: RunStep;
  readonly #body: Buffer | null;
  readonly #elapsed: () => number;
  readonly #loud: boolean;
  readonly #backoff: Backoff;
  #losses = 0;

  constructor(context: RunContext, row: number, step: RunStep, body: Buffer | null, elapsed: () => number) {
    this.#context = context;
    this.#row = row;
    this.#loud = context.mayNotify(step);
    this.#backoff = new Backoff(this.#loud ? 'loudWrite' : 'silentWrite');
    this.#step = step;
    this.#body = body;
    this.#elapsed = elapsed;
  }

  /** Sends once; null: send again. */
  async send(): Promise<Written | null> {
    const { control, pacer } = this.#context;
    // The turn may come long after it was asked for: a stop in between still holds.
    const result = await pacer.run(async () =>
      control.stopped ? STOPPED : sendStep(this.#context, this.#step, this.#body),
    );
    switch (result.kind) {
      case 'stopped':
        return { kind: 'left', unknown: false, reason: 'Not sent.' };
      case 'done':
        return this.#applied(result.status, result.etag, '');
      case 'refused':
        return this.#refused(result);
      case 'later':
        return this.#later(result);
      case 'lost':
        return this.#lost(result.message);
    }
  }

  /** An answer is missing: what became of the write is read; null: nothing was done, it may be sent. */
  async read(why: string): Promise<Written | null> {
    this.#losses += 1;
    const found = await resolveByReading(this.#context, this.#step, this.#body);
    switch (found.kind) {
      case 'applied':
        return this.#applied(0, found.etag, FOUND_DONE);
      case 'not-applied':
        return this.#context.log.state(this.#row).lost ? this.#unknown(why) : null;
      case 'other':
        return this.#final('conflict', found.reason, 0);
      case 'unreadable':
        return { kind: 'left', unknown: true, reason: `${why} ${found.reason}` };
    }
  }

  /** Whether it was done is read; what notifies nobody goes out again where it was not, a few times. */
  async #lost(message: string): Promise<Written | null> {
    // Durable before anything else, so that no later process of the run sends it either.
    if (this.#loud) await this.#context.log.lost(this.#row);
    const known = await this.read(message);
    if (known !== null) return known;
    const next = this.#backoff.after({ kind: 'lost' });
    if (next.kind === 'give-up') return this.#loud ? this.#unknown(message) : this.#final('failed', message, 0);
    return this.#wait(next, message);
  }

  #unknown(message: string): Written {
    return this.#final('unknown', `${message} ${maybeNotified(this.#step.row)}`, 0);
  }

  async #refused(result: Extract<WriteResult, { kind: 'refused' }>): Promise<Written> {
    const { status, element, conflictHref, reaction, message } = result;
    if (reaction !== 'skip-item') return { kind: 'stop', status, message };
    if ((status === 412 && element === null) || element === 'resource-must-be-null')
      return this.#precondition(status, message);
    if (this.#step.row.action === 'delete' && (status === 404 || status === 410)) {
      return this.#gone(status, message);
    }
    if (isCollision(element)) {
      // Ours from a lost answer, under a name that the server chose: reading back tells whether it is.
      if (this.#losses > 0 && isSameUid(element)) return this.#applied(status, null, FOUND_DONE);
      return this.#final('conflict', conflictHref === null ? message : `${message} It is at ${conflictHref}.`, status);
    }
    return this.#final('failed', message, status);
  }

  /** The precondition did not hold: ours from a lost answer, an equal object, or somebody else's change. */
  async #precondition(status: number, message: string): Promise<Written> {
    const found = await resolveByReading(this.#context, this.#step, this.#body);
    if (found.kind !== 'applied') return this.#final('conflict', message, status);
    if (this.#losses > 0) return this.#applied(status, found.etag, FOUND_DONE);
    if (found.inPart === true) return this.#final('conflict', message, status);
    return this.#final('unchanged', 'An equal event already existed.', status);
  }

  /**
   * A delete was answered with "not there". Its original was read a moment ago, and there are servers that hide a
   * missing right behind a 404, so that is believed only when reading says the same.
   */
  async #gone(status: number, message: string): Promise<Written> {
    const found = await resolveByReading(this.#context, this.#step, this.#body);
    if (found.kind === 'unreadable') return this.#final('failed', message, status);
    if (found.kind !== 'applied') {
      return this.#final('failed', 'The server says that it is not there, but it still is.', status);
    }
    if (this.#losses > 0) return this.#applied(status, null, FOUND_DONE);
    return this.#final('unchanged', 'It was gone from the server already.', status);
  }

  async #later(result: Extract<WriteResult, { kind: 'later' }>): Promise<Written | null> {
    const { status, message } = result;
    const next = this.#backoff.after(result);
    if (next.kind === 'wait') return this.#wait(next, message);
    // Status 0: no connection could be made at all, so the next row would fare no better.
    return next.asksTooLong || status === 0
      ? { kind: 'stop', status, message }
      : this.#final('failed', message, status);
  }

  /** Null: send again. */
  async #wait({ seconds }: Extract<NextTry, { kind: 'wait' }>, reason: string): Promise<Written | null> {
    const { id, title } = this.#step.row;
    this.#context.log.say({ kind: 'waiting', row: id, title, reason, seconds });
    return (await this.#context.control.wait(seconds)) ? null : { kind: 'left', unknown: false, reason };
  }

  #applied(status: number, etag: string | null, reason: string): Written {
    const { action } = this.#step.row;
    const outcome = action === 'update' || action === 'delete' ? APPLIED[action] : APPLIED.create;
    return { kind: 'applied', outcome: this.#outcome(outcome, reason, status, etag) };
  }

  #final(outcome: Outcome, reason: string, status: number): Written {
    return { kind: 'final', outcome: this.#outcome(outcome, reason, status, null) };
  }

  #outcome(outcome: Outcome, reason: string, status: number, etag: string | null): ItemOutcome {
    const said = status === 0 ? null : status;
    return { outcome, reason, status: said, href: this.#step.row.href, etag, ms: this.#elapsed() };
  }
}

async function sendStep(context: RunContext, step: RunStep, body: Buffer | null): Promise<WriteResult> {
  const { etag } = step;
  const { href, action } = step.row;
  const headers = context.headers(step);
  context.mayWrite();
  if (href === null) throw new Error(`step ${step.row.id} has no address`);
  if (action === 'delete') {
    if (etag === null) throw new Error(`step ${step.row.id} deletes without an ETag`);
    return context.store.remove(href, etag, step.forGood === true ? { ...headers, ...PAST_THE_BIN } : headers);
  }
  if (body === null) throw new Error(`step ${step.row.id} has no text`);
  if (action === 'create') return context.store.put(href, body, { kind: 'absent' }, headers);
  if (etag === null) throw new Error(`step ${step.row.id} overwrites without an ETag`);
  return context.store.put(href, body, { kind: 'etag', etag }, headers);
}
