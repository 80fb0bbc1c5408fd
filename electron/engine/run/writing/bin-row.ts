import { Backoff } from '../../caldav/transport/backoff.ts';
import type { GotObject, WriteResult } from '../../caldav/types.ts';
import type { Outcome } from '../../../../shared/model/outcome.ts';
import { toFailure } from '../../../../shared/model/failure.ts';
import { QUIET_BUNDLE } from '../../scheduling/bundle.ts';
import { summarise } from '../../icalendar/summary/summarise.ts';
import { sameMeaning } from './compare.ts';
import type { RunContext, WriteRow } from '../context.ts';
import { patiently } from './resolve.ts';
import type { RunStep, Written } from '../types.ts';

/**
 * Brings a row about the trash bin to its end, silently whatever the mode of the run: nobody hears of what is taken out of
 * it for good, of what is taken back out of it, or of what is put into it again. So each request may go out again, and what
 * an earlier process left open is read first.
 */
export const writeBinRow: WriteRow = async (context, row, mayHaveBeenSent) => {
  const step = context.log.steps[row];
  if (step === undefined) throw new Error(`no step ${row}`);
  const work = new BinRow(context, row, step);
  try {
    switch (step.row.bin) {
      case 'remove':
        return await work.remove(mayHaveBeenSent);
      case 'restore':
        return await work.restore(mayHaveBeenSent);
      default:
        return await work.refill(mayHaveBeenSent);
    }
  } catch (error) {
    if (error instanceof Open) return { kind: 'left', unknown: true, reason: error.message };
    throw error;
  }
};

/** What became of a request could not be read. */
class Open extends Error {}

class BinRow {
  readonly #context: RunContext;
  readonly #row: number;
  readonly #step: RunStep;
  readonly #began = performance.now();

  constructor(context: RunContext, row: number, step: RunStep) {
    this.#context = context;
    this.#row = row;
    this.#step = step;
  }

  /** Takes the deleted event out for good; its text is saved by now. */
  async remove(mayHaveBeenSent: boolean): Promise<Written> {
    const { log, store } = this.#context;
    const href = this.#href();
    if (mayHaveBeenSent) {
      if ((await this.#inBin(href)) === null) return this.#removed(0, FOUND_DONE);
      if (log.state(this.#row).original === null) return this.#final('failed', ORIGINAL_LOST);
    }
    const result = await this.#send(
      () => store.trash.remove(href, QUIET_BUNDLE),
      async () => (await this.#inBin(href)) === null,
    );
    if ('written' in result) return result.written;
    if (result.kind === 'refused') {
      if (GONE.includes(result.status)) return this.#final('unchanged', BIN_LACKS, result.status);
      return this.#refused(result, `It could not be taken out of the trash bin. ${result.message}`);
    }
    if ((await this.#inBin(href)) !== null) return this.#final('failed', STILL_THERE, result.status);
    return this.#removed(result.status, result.found ? FOUND_DONE : '');
  }

  /** Takes the deleted event back out into the calendar; where it stands there is found when it is read back. */
  async restore(mayHaveBeenSent: boolean): Promise<Written> {
    const { store } = this.#context;
    const from = this.#step.trash;
    if (from === undefined) throw new Error(`step ${this.#row} names nothing in the trash bin`);
    if (mayHaveBeenSent && (await this.#inBin(from)) === null) return this.#restored(0, FOUND_DONE);
    const name = this.#href().split('/').at(-1) ?? '';
    const result = await this.#send(
      () => store.trash.restore(from, name, QUIET_BUNDLE),
      async () => (await this.#inBin(from)) === null,
    );
    if ('written' in result) return result.written;
    if (result.kind === 'done') return this.#restored(result.status, result.found ? FOUND_DONE : '');
    if (GONE.includes(result.status)) return this.#final('conflict', `${BIN_LACKS} Plan it again.`, result.status);
    return this.#refused(result, `It could not be restored from the trash bin. ${result.message}`);
  }

  /** Stores the event and deletes it, so that it lies in the trash bin again. */
  async refill(mayHaveBeenSent: boolean): Promise<Written> {
    const { bodies, store } = this.#context;
    const href = this.#href();
    if (this.#step.body === null) throw new Error(`step ${this.#row} has no text`);
    const body = await bodies.read(this.#step.body);
    if (mayHaveBeenSent && (await this.#inCalendar(href)) === null && (await this.#liesThere(body)))
      return this.#refilled(0, FOUND_DONE);
    if ((await this.#inCalendar(href)) === null) {
      const stored = await this.#send(
        () => store.put(href, body, { kind: 'absent' }, QUIET_BUNDLE),
        async () => this.#isOurs(await this.#inCalendar(href), body),
      );
      if ('written' in stored) return stored.written;
      if (stored.kind === 'refused') return this.#refused(stored, `${NOT_REFILLED} ${stored.message}`);
    }
    const there = await this.#inCalendar(href);
    if (!this.#isOurs(there, body)) return this.#final('conflict', `${NOT_REFILLED} ${OTHER_THERE}`);
    const etag = there?.etag ?? null;
    if (etag === null) return this.#final('failed', `${NOT_REFILLED} The server gives no ETag for it.`);
    const deleted = await this.#send(
      () => store.remove(href, etag, QUIET_BUNDLE),
      async () => (await this.#inCalendar(href)) === null,
    );
    if ('written' in deleted) return deleted.written;
    if (deleted.kind === 'refused') return this.#refused(deleted, `${LEFT_IN_CALENDAR} ${deleted.message}`);
    if ((await this.#inCalendar(href)) !== null) return this.#final('failed', LEFT_IN_CALENDAR, deleted.status);
    return this.#refilled(deleted.status, '');
  }

  /** Sends until there is an answer; where one is lost, `isDone` reads what it did. */
  async #send(
    write: () => Promise<WriteResult>,
    isDone: () => Promise<boolean>,
  ): Promise<
    | { readonly kind: 'done'; readonly status: number; readonly found: boolean }
    | Extract<WriteResult, { kind: 'refused' }>
    | { readonly written: Written }
  > {
    const { control, pacer } = this.#context;
    const backoff = new Backoff('silentWrite');
    for (;;) {
      const result = await pacer.run(async () => {
        if (control.stopped) return 'stopped' as const;
        this.#context.mayWrite();
        return write();
      });
      if (result === 'stopped') return { written: { kind: 'left', unknown: false, reason: 'Not sent.' } };
      if (result.kind === 'refused') return result;
      if (result.kind === 'done') return { kind: 'done', status: result.status, found: false };
      if (result.kind === 'lost' && (await isDone())) return { kind: 'done', status: 0, found: true };
      const next = backoff.after(result);
      if (next.kind === 'give-up') {
        const stops = result.kind === 'later' && (next.asksTooLong || result.status === 0);
        if (stops) return { written: { kind: 'stop', status: result.status, message: result.message } };
        return { written: this.#final('failed', result.message, result.kind === 'later' ? result.status : 0) };
      }
      const { id, title } = this.#step.row;
      this.#context.log.say({ kind: 'waiting', row: id, title, reason: result.message, seconds: next.seconds });
      if (!(await control.wait(next.seconds)))
        return { written: { kind: 'left', unknown: true, reason: result.message } };
    }
  }

  #inBin(href: string): Promise<GotObject | null> {
    return this.#read(() => this.#context.store.trash.get(href));
  }

  #inCalendar(href: string): Promise<GotObject | null> {
    return this.#read(() => this.#context.store.get(href));
  }

  /** Whether the same text lies in the trash bin. */
  async #liesThere(body: Buffer): Promise<boolean> {
    const { uid } = this.#step.row;
    const { trash } = this.#context.store;
    const listed = await this.#read(() => trash.list());
    for (const { href } of listed.filter(({ uids }) => uids.includes(uid))) {
      if (this.#isOurs(await this.#inBin(href), body)) return true;
    }
    return false;
  }

  #isOurs(there: GotObject | null, body: Buffer): boolean {
    if (there === null) return false;
    const text = there.bytes.toString('utf8');
    return summarise(text).length > 0 && sameMeaning(text, body.toString('utf8'), this.#step.meaning);
  }

  /** A read without which nobody knows how it stands: a resume goes on from there. */
  async #read<T>(read: () => Promise<T>): Promise<T> {
    try {
      return await patiently(this.#context, read);
    } catch (error) {
      throw new Open(toFailure(error).message, { cause: error });
    }
  }

  #href(): string {
    const { href } = this.#step.row;
    if (href === null) throw new Error(`step ${this.#row} has no address`);
    return href;
  }

  #refused({ status, reaction }: Extract<WriteResult, { kind: 'refused' }>, message: string): Written {
    return reaction === 'stop-job' ? { kind: 'stop', status, message } : this.#final('failed', message, status);
  }

  #removed(status: number, reason: string): Written {
    return this.#seen('deleted', status, reason);
  }

  #refilled(status: number, reason: string): Written {
    return this.#seen('created', status, reason);
  }

  /** Read back already: the calendar that the others are read back from has nothing of it. */
  #seen(outcome: 'created' | 'deleted', status: number, reason: string): Written {
    const { log } = this.#context;
    const written = this.#final(outcome, reason, status);
    log.applied(this.#row, written.outcome);
    log.readBack(this.#row, 'same', [], null);
    return written;
  }

  #restored(status: number, reason: string): Written {
    return { kind: 'applied', outcome: this.#final('created', reason, status).outcome };
  }

  #final(outcome: Outcome, reason: string, status = 0): Extract<Written, { kind: 'final' }> {
    const ms = Math.round(performance.now() - this.#began);
    const said = { reason, status: status === 0 ? null : status, href: this.#step.row.href, etag: null, ms };
    return { kind: 'final', outcome: { outcome, ...said } };
  }
}

const GONE = [404, 410];
const FOUND_DONE = 'The answer was lost; reading showed that it was done.';
const BIN_LACKS = 'It was gone from the trash bin already.';
const STILL_THERE = 'The server said that it took it out of the trash bin, but it is still there.';
const ORIGINAL_LOST =
  'It was not taken out, and where its text was saved stands in a damaged line of the journal, so it was left as it is.';
const NOT_REFILLED = 'It was not put into the trash bin again; its text is kept with the run that took it out.';
const OTHER_THERE = 'Something else stands at its address by now.';
const LEFT_IN_CALENDAR = 'It was to lie in the trash bin again, and it stands in the calendar: delete it there.';
