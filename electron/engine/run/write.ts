import { isCollision, isSameUid } from '../caldav/answers/classify.ts';
import type { ETag, WriteResult } from '../caldav/types.ts';
import type { Outcome } from '../../../shared/model/outcome.ts';
import { QUIET_BUNDLE } from '../scheduling/bundle.ts';
import type { RunContext } from './context.ts';
import { readUndamaged } from './pack.ts';
import { resolveByReading } from './resolve.ts';
import type { ItemOutcome, RunStep, Slice, Written } from './types.ts';

/** How often one write is sent at most while the server asks to wait. */
export const MAX_TRIES = 6;
/** How often one write is sent at most while its answers are lost and reading shows that nothing was done. */
const MAX_LOST = 3;
/** Seconds before the first repetition; doubled for each further one. */
const FIRST_DELAY = 0.5;
const LONGEST_DELAY = 60;
/** A server that asks for more patience than this, in seconds, is answered with a stop: the run can be resumed. */
const LONGEST_RETRY_AFTER = 600;

const APPLIED: Readonly<Record<'create' | 'update' | 'delete', Outcome>> = {
  create: 'created',
  update: 'updated',
  delete: 'deleted',
};

const FOUND_DONE = 'The answer was lost; reading showed that it was done.';
const STOPPED = { kind: 'stopped' } as const;

/**
 * Sends one write until its outcome is known, within bounds. `mayHaveBeenSent`: an earlier process of this run intended
 * it and left no answer, so it is read before anything is sent.
 */
export async function writeRow(context: RunContext, row: number, mayHaveBeenSent: boolean): Promise<Written> {
  const step = context.log.steps[row];
  if (step === undefined) throw new Error(`no step ${row}`);
  const body = step.body === null ? null : await textOf(context, step.body, mayHaveBeenSent);
  if (body === 'damaged') return { kind: 'final', outcome: textLost(step) };
  const began = performance.now();
  const attempt = new Attempt(context, step, body, () => Math.round(performance.now() - began));
  if (mayHaveBeenSent) {
    const known = await attempt.lost('The program ended while this was being sent.');
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
  'cannot be told. Look at the event in the calendar.';

const ORIGINAL_LOST =
  'It was not written, and where its original was saved stands in a damaged line of the journal, so it was left as it is.';

function needsOriginal({ row }: RunStep): boolean {
  return row.action === 'update' || row.action === 'delete';
}

class Attempt {
  readonly #context: RunContext;
  readonly #step: RunStep;
  readonly #body: Buffer | null;
  readonly #elapsed: () => number;
  #tries = 0;
  #losses = 0;

  constructor(context: RunContext, step: RunStep, body: Buffer | null, elapsed: () => number) {
    this.#context = context;
    this.#step = step;
    this.#body = body;
    this.#elapsed = elapsed;
  }

  /** Sends once; null: send again. */
  async send(): Promise<Written | null> {
    this.#tries += 1;
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
        return (await this.lost(result.message)) ?? this.#again(result.message);
    }
  }

  /** An answer is missing: what became of the write is read; null: nothing was done, it may be sent. */
  async lost(why: string): Promise<Written | null> {
    this.#losses += 1;
    const found = await resolveByReading(this.#context, this.#step, this.#body);
    switch (found.kind) {
      case 'applied':
        return this.#applied(0, found.etag, FOUND_DONE);
      case 'not-applied':
        return null;
      case 'other':
        return this.#final('conflict', found.reason, 0);
      case 'unreadable':
        return { kind: 'left', unknown: true, reason: `${why} ${found.reason}` };
    }
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
    return this.#final('unchanged', 'An equal event was there already.', status);
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
    const asked = result.seconds;
    if (asked !== null && asked > LONGEST_RETRY_AFTER) return { kind: 'stop', status, message };
    if (this.#tries >= MAX_TRIES) {
      // Status 0: no connection could be made at all, so the next row would fare no better.
      return status === 0 ? { kind: 'stop', status, message } : this.#final('failed', message, status);
    }
    return (await this.#wait(asked ?? backOff(this.#tries), message))
      ? null
      : { kind: 'left', unknown: false, reason: message };
  }

  /** Nothing was done by a request without an answer: it goes out again, a few times. */
  async #again(message: string): Promise<Written | null> {
    if (this.#losses >= MAX_LOST) return this.#final('failed', message, 0);
    return (await this.#wait(backOff(this.#losses), message))
      ? null
      : { kind: 'left', unknown: false, reason: message };
  }

  #wait(seconds: number, reason: string): Promise<boolean> {
    const { id, title } = this.#step.row;
    this.#context.log.say({ kind: 'waiting', row: id, title, reason, seconds });
    return this.#context.control.wait(seconds);
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
  const { href, action } = step.row;
  const headers = context.headers(step);
  if (href === null) throw new Error(`step ${step.row.id} has no address`);
  // The journal keeps ETags as plain strings; they came from the server and go back to it unchanged.
  const etag = step.etag as ETag | null;
  if (action === 'delete') {
    if (etag === null) throw new Error(`step ${step.row.id} deletes without an ETag`);
    return context.store.remove(href, etag, headers);
  }
  if (body === null) throw new Error(`step ${step.row.id} has no text`);
  const inTheWay = await purge(context, step);
  if (inTheWay !== null) return inTheWay;
  if (action === 'create') return context.store.put(href, body, { kind: 'absent' }, headers);
  if (etag === null) throw new Error(`step ${step.row.id} overwrites without an ETag`);
  return context.store.put(href, body, { kind: 'etag', etag }, headers);
}

/**
 * Takes a deleted object of the same UID out of the trash bin for good, whose text is saved by now. Nobody hears of it,
 * whatever the mode. Null: nothing is in the way any more.
 */
async function purge({ store }: RunContext, { dropped, purges }: RunStep): Promise<WriteResult | null> {
  if (purges !== true || dropped === undefined) return null;
  const result = await store.trash.remove(dropped, QUIET_BUNDLE);
  if (result.kind === 'done' || (result.kind === 'refused' && GONE.includes(result.status))) return null;
  const message = `The deleted event could not be taken out of the trash bin, so nothing was stored. ${result.message}`;
  // Taking it out once more does no harm, so an answer that was lost is no question.
  if (result.kind === 'lost') return { kind: 'later', status: 0, seconds: null, message };
  return { ...result, message };
}

const GONE = [404, 410];

/** Seconds before try number `tries + 1`, with some disorder so that many rows do not come back at once. */
function backOff(tries: number): number {
  return Math.min(LONGEST_DELAY, FIRST_DELAY * 2 ** (tries - 1)) * (0.75 + Math.random() / 2);
}
