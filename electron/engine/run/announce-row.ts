import type { ETag, WriteResult } from '../caldav/types.ts';
import { sameMeaning } from './compare.ts';
import type { RunContext, WriteRow } from './context.ts';
import { toFailure } from '../../../shared/model/failure.ts';
import { PackReader, readUndamaged, textDamaged } from './pack.ts';
import { patiently } from './resolve.ts';
import type { ItemOutcome, RunStep, Written } from './types.ts';
import { MAX_TRIES } from './write.ts';

type Headers = Readonly<Record<string, string>>;

/** Headers of the three requests of an announcement; each throws HushError where the server does not keep its mode. */
export interface AnnounceHeaders {
  /** Taking the event out, silently. */
  lift(step: RunStep): Headers;
  /** Putting it in again, and the guests outside are told. */
  tell(step: RunStep): Headers;
  /** Putting it back, silently, when the server refused that. */
  putBack(step: RunStep): Headers;
}

/** Seconds before the first repetition; doubled for each further one. */
const FIRST_DELAY = 0.5;

/**
 * Tells the guests outside of one event that is stored already. The same text put once more tells nobody, so the event is
 * taken out and put in again: its original is saved before, `telling` is durable before the second request leaves, and
 * what an earlier process left open is read. `telling` also says that the first request was answered: without it, an
 * event that is gone may have been deleted by its owner, so it comes back silently and a person decides. Once `telling`
 * is durable, an event that is there counts as told; one that is not there is put. So nobody hears twice, and no event
 * stays away.
 */
export function announceRow(headers: AnnounceHeaders): WriteRow {
  return async (context, row, mayHaveBeenSent) => {
    const step = context.log.steps[row];
    if (step === undefined || step.body === null || step.row.href === null) throw new Error(`no step ${row}`);
    const body = (await readUndamaged(context.bodies, step.body)) ?? (await originalOf(context, row));
    // Thrown here, nothing has been sent yet.
    const all = { lift: headers.lift(step), tell: headers.tell(step), putBack: headers.putBack(step) };
    return new Announcement(context, row, step, step.row.href, body, all).run(mayHaveBeenSent);
  };
}

/** What was there before is the same event: an event that is away comes back, whichever copy of it is damaged. */
async function originalOf(context: RunContext, row: number): Promise<Buffer> {
  const { original } = context.log.state(row);
  if (original === null) throw textDamaged('bodies.pack');
  const pack = new PackReader(context.originalsPath);
  try {
    return await pack.read(original.body);
  } finally {
    await pack.close();
  }
}

/** What stands at the address: `ours` is equal in meaning to what is announced. */
type Seen = 'absent' | 'ours' | 'other' | { readonly unreadable: string };

class Announcement {
  readonly #context: RunContext;
  readonly #row: number;
  readonly #step: RunStep;
  readonly #href: string;
  readonly #body: Buffer;
  readonly #headers: { readonly lift: Headers; readonly tell: Headers; readonly putBack: Headers };
  readonly #began = performance.now();

  constructor(
    context: RunContext,
    row: number,
    step: RunStep,
    href: string,
    body: Buffer,
    headers: { readonly lift: Headers; readonly tell: Headers; readonly putBack: Headers },
  ) {
    this.#context = context;
    this.#row = row;
    this.#step = step;
    this.#href = href;
    this.#body = body;
    this.#headers = headers;
  }

  async run(mayHaveBeenSent: boolean): Promise<Written> {
    const { log } = this.#context;
    const { telling, refused } = log.state(this.#row);
    if (refused !== null) return this.#putBack(refused);
    if (!telling) {
      const ended = await this.#lift(mayHaveBeenSent);
      if (ended !== null) return ended;
      await log.telling(this.#row);
      return this.#tell();
    }
    const seen = await this.#read();
    if (seen === 'absent') return this.#tell();
    return this.#judgeNotified(seen);
  }

  /** Takes the event out; null: it is out, by us. */
  async #lift(mayHaveBeenSent: boolean): Promise<Written | null> {
    let lost = mayHaveBeenSent;
    for (let tries = 0; ; tries += 1) {
      if (lost) {
        const seen = await this.#read();
        if (seen === 'absent') return mayHaveBeenSent ? this.#refuse(WHOSE) : null;
        if (seen !== 'ours') return this.#leftAlone(seen);
      }
      const result = await this.#send(() => {
        const etag = this.#context.log.state(this.#row).original?.etag ?? this.#step.etag;
        // The journal keeps ETags as plain strings; they came from the server and go back to it unchanged.
        return this.#context.store.remove(this.#href, etag as ETag, this.#headers.lift);
      });
      if (result === 'stopped') return { kind: 'left', unknown: lost, reason: 'Not sent.' };
      if (result.kind === 'done') return null;
      if (result.kind === 'refused') return this.#notLifted(result);
      lost ||= result.kind === 'lost';
      if (tries >= MAX_TRIES || !(await this.#wait(tries, result))) {
        return { kind: 'left', unknown: lost, reason: result.message };
      }
    }
  }

  #notLifted({ status, reaction, message }: Extract<WriteResult, { kind: 'refused' }>): Written {
    if (reaction !== 'skip-item') return { kind: 'stop', status, message };
    if (status === 412) return this.#final('conflict', CHANGED, status);
    if (status === 404 || status === 410) return this.#final('conflict', 'It was deleted meanwhile.', status);
    return this.#final('failed', message, status);
  }

  /** Puts the event in again. From here on nothing but the end of the process leaves it away. */
  async #tell(): Promise<Written> {
    let lost = false;
    for (let tries = 0; ; tries += 1) {
      if (lost) {
        const seen = await this.#read();
        if (seen !== 'absent') return this.#judgeNotified(seen);
      }
      const result = await this.#put(this.#headers.tell);
      if (result.kind === 'done') return this.#notified(result.status, result.etag, '');
      if (result.kind === 'refused' && !(lost && result.status === 412)) return this.#refuse(result.message);
      lost ||= result.kind === 'lost' || result.kind === 'refused';
      if (tries < MAX_TRIES && result.kind !== 'refused') {
        await this.#waitAnyway(tries);
        continue;
      }
      // Nothing answers at all (0): a resume goes on from here.
      if (result.kind === 'later' && !lost && result.status !== 0) return this.#refuse(result.message);
      return { kind: 'left', unknown: true, reason: result.message };
    }
  }

  #judgeNotified(seen: Exclude<Seen, 'absent'>): Written {
    if (seen === 'ours') return this.#notified(0, null, 'Reading showed that it was done.');
    if (seen === 'other') return this.#final('conflict', 'Something else stands at its address by now.', 0);
    return { kind: 'left', unknown: true, reason: seen.unreadable };
  }

  async #refuse(reason: string): Promise<Written> {
    await this.#context.log.refused(this.#row, reason);
    return this.#putBack(reason);
  }

  /** The server does not take it with that mode: the event comes back as it was, and nobody hears of it. */
  async #putBack(reason: string): Promise<Written> {
    for (let tries = 0; ; tries += 1) {
      const result = await this.#put(this.#headers.putBack);
      if (result.kind === 'done') return this.#isBack(reason);
      const seen = await this.#read();
      if (seen === 'ours' || seen === 'other') return this.#isBack(reason);
      if (tries >= MAX_TRIES || result.kind === 'refused') {
        const words = `Nobody was told, and the event could not be put back: ${result.message} A resume tries it again.`;
        return { kind: 'left', unknown: true, reason: words };
      }
      await this.#waitAnyway(tries);
    }
  }

  #isBack(reason: string): Written {
    return this.#final('failed', `Nobody was told; the event was put back as it was. ${reason}`, 0);
  }

  #put(headers: Headers): Promise<WriteResult> {
    const { pacer, store } = this.#context;
    return pacer.run(() => store.put(this.#href, this.#body, { kind: 'absent' }, headers));
  }

  /** The first request may be left out by a stop; those after it may not. */
  #send(write: () => Promise<WriteResult>): Promise<WriteResult | 'stopped'> {
    const { pacer, control } = this.#context;
    return pacer.run(async () => (control.stopped ? 'stopped' : write()));
  }

  async #read(): Promise<Seen> {
    try {
      const there = await patiently(this.#context, () => this.#context.store.get(this.#href));
      if (there === null) return 'absent';
      const same = sameMeaning(there.bytes.toString('utf8'), this.#body.toString('utf8'), this.#step.meaning);
      return same ? 'ours' : 'other';
    } catch (error) {
      return { unreadable: toFailure(error).message };
    }
  }

  #leftAlone(seen: Exclude<Seen, 'absent' | 'ours'>): Written {
    if (seen === 'other') return this.#final('conflict', CHANGED, 0);
    return { kind: 'left', unknown: true, reason: seen.unreadable };
  }

  #wait(tries: number, result: WriteResult): Promise<boolean> {
    const asked = result.kind === 'later' ? result.seconds : null;
    return this.#context.control.wait(asked ?? FIRST_DELAY * 2 ** tries);
  }

  /** Waits although the run may have been stopped: the event is away. */
  #waitAnyway(tries: number): Promise<void> {
    return new Promise((resolve) => {
      setTimeout(resolve, Math.min(30, FIRST_DELAY * 2 ** tries) * 1000);
    });
  }

  #notified(status: number, etag: string | null, reason: string): Written {
    return { kind: 'applied', outcome: this.#outcome('updated', reason, status, etag) };
  }

  #final(outcome: ItemOutcome['outcome'], reason: string, status: number): Written {
    return { kind: 'final', outcome: this.#outcome(outcome, reason, status, null) };
  }

  #outcome(outcome: ItemOutcome['outcome'], reason: string, status: number, etag: string | null): ItemOutcome {
    const ms = Math.round(performance.now() - this.#began);
    return { outcome, reason, status: status === 0 ? null : status, href: this.#href, etag, ms };
  }
}

/** Between two processes there was time for its owner to delete it. */
const WHOSE =
  'It was gone when the run was resumed: the run had begun to take it out, or its owner deleted it. ' +
  'Delete it again if it is not wanted, else announce again.';

const CHANGED = 'It was changed on the server after the plan was made, so it was left alone.';
