import { Backoff, rest, type Trouble } from '../../caldav/transport/backoff.ts';
import type { WriteResult } from '../../caldav/types.ts';
import { sameMeaning } from './compare.ts';
import type { RunContext, WriteRow } from '../context.ts';
import { HushError, toFailure } from '../../../../shared/model/failure.ts';
import { PackReader, readUndamaged, textDamaged } from '../kept/pack.ts';
import { patiently } from './resolve.ts';
import type { ItemOutcome, RunStep, Written } from '../types.ts';

type Headers = Readonly<Record<string, string>>;

/** Headers of the three requests of an announcement; each throws HushError where the server does not keep its mode. */
interface AnnounceHeaders {
  /** Taking the event out, silently. */
  lift(step: RunStep): Headers;
  /** Putting it in again, and the guests outside are told. */
  tell(step: RunStep): Headers;
  /** Putting it back, silently, when the server refused that. */
  putBack(step: RunStep): Headers;
}

/**
 * Tells the guests outside of one event that is stored already. The same text put once more tells nobody, so the event is
 * taken out and put in again: its original is saved before, `telling` is durable before the second request leaves, and
 * what an earlier process left open is read. `telling` also says that the first request was answered: without it, an
 * event that is gone may have been deleted by its owner, so it comes back silently and a person decides. Once `telling`
 * is durable, an event that is there counts as told; one that is not there is put. The request that tells people is sent
 * once: where it left and nothing says what it did, they may have heard, so the event is put back silently. While it is
 * out, putting it back is tried as long as the process lives, also after a stop. So nobody hears twice, and no event
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
type Seen = 'absent' | 'ours' | 'other' | { readonly unreadable: string; readonly retryAfter: number | null };

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
    const { telling, lost, refused } = log.state(this.#row);
    if (refused !== null) return this.#putBack(refused);
    if (!telling) {
      const ended = await this.#lift(mayHaveBeenSent);
      if (ended !== null) return ended;
      await log.telling(this.#row);
      return this.#tell();
    }
    const seen = await this.#readAway();
    if (seen !== 'absent') return this.#judgeNotified(seen);
    return lost ? this.#refuse(UNANSWERED) : this.#tell();
  }

  /** Takes the event out; null: it is out, by us. */
  async #lift(mayHaveBeenSent: boolean): Promise<Written | null> {
    if (mayHaveBeenSent) {
      const seen = await this.#read();
      if (seen === 'absent') return this.#refuse(WHOSE);
      if (seen !== 'ours') return this.#leftAlone(seen);
    }
    // Silent, so it may go out again.
    const backoff = new Backoff('silentWrite');
    let lost = mayHaveBeenSent;
    for (;;) {
      const result = await this.#send(() => {
        const etag = this.#context.log.state(this.#row).original?.etag ?? this.#step.etag;
        if (etag === null) throw new Error(`step ${this.#step.row.id} is taken out without an ETag`);
        return this.#context.store.remove(this.#href, etag, this.#headers.lift);
      });
      if (result === 'stopped') return { kind: 'left', unknown: lost, reason: 'Not sent.' };
      if (result.kind === 'done') return null;
      if (result.kind === 'refused') return this.#notLifted(result);
      if (result.kind === 'lost') {
        lost = true;
        // It may be out, and by us: neither a stop nor a busy server leaves it so.
        const seen = await this.#readAway();
        if (seen === 'absent') return null;
        if (seen === 'other') return this.#leftAlone(seen);
      }
      const next = backoff.after(result);
      if (next.kind === 'give-up' || !(await this.#context.control.wait(next.seconds))) {
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

  /** Puts the event in again, and its guests are told. From here on nothing but the end of the process leaves it away. */
  async #tell(): Promise<Written> {
    const backoff = new Backoff('loudWrite');
    for (;;) {
      const result = await this.#put(this.#headers.tell);
      if (result.kind === 'done') return this.#notified(result.status, result.etag, '');
      if (result.kind === 'lost') {
        // Durable before anything else: people may have heard, so no later process tells them again.
        await this.#context.log.lost(this.#row);
        const seen = await this.#readAway();
        return seen === 'absent' ? this.#refuse(result.message) : this.#judgeNotified(seen);
      }
      const next = backoff.after(result);
      if (next.kind === 'give-up') return this.#refuse(result.message);
      await this.#waitAway(next.seconds, result.message);
    }
  }

  #judgeNotified(seen: 'ours' | 'other'): Written {
    if (seen === 'ours') return this.#notified(0, null, 'Reading showed that it was done.');
    return this.#final('conflict', 'Something else stands at its address by now.', 0);
  }

  async #refuse(reason: string): Promise<Written> {
    await this.#context.log.refused(this.#row, reason);
    return this.#putBack(reason);
  }

  /**
   * The event comes back as it was, and nobody hears of it. Only a server that refuses it, in a run that was stopped, is
   * left: a resume tries it again.
   */
  async #putBack(reason: string): Promise<Written> {
    const backoff = new Backoff('putBack');
    for (;;) {
      const result = await this.#put(this.#headers.putBack);
      if (result.kind === 'done') return this.#isBack(reason);
      if (result.kind !== 'later') {
        const seen = await this.#readOnce();
        if (seen === 'ours' || seen === 'other') return this.#isBack(reason);
        if (result.kind === 'refused' && this.#context.control.stopped) {
          const words = `The event could not be restored: ${result.message} A resume tries it again.`;
          return { kind: 'left', unknown: true, reason: words };
        }
      }
      await this.#waitAway(secondsOf(backoff, result), `The event is restored. ${result.message}`);
    }
  }

  #isBack(reason: string): Written {
    if (!this.#context.log.state(this.#row).lost)
      return this.#final('failed', `Nobody was notified; the event was restored as it was. ${reason}`, 0);
    const words = `Its guests may have been notified; the event was restored as it was, without a message. ${reason}`;
    return this.#final('unknown', words, 0);
  }

  #put(headers: Headers): Promise<WriteResult> {
    const { pacer, store } = this.#context;
    return pacer.run(() => {
      this.#context.mayWrite();
      return store.put(this.#href, this.#body, { kind: 'absent' }, headers);
    });
  }

  /** The first request may be left out by a stop; those after it may not. */
  #send(write: () => Promise<WriteResult>): Promise<WriteResult | 'stopped'> {
    const { pacer, control } = this.#context;
    return pacer.run(async () => {
      if (control.stopped) return 'stopped';
      this.#context.mayWrite();
      return write();
    });
  }

  async #read(): Promise<Seen> {
    return this.#see(() => patiently(this.#context, () => this.#context.store.get(this.#href)));
  }

  #readOnce(): Promise<Seen> {
    return this.#see(() => this.#context.store.get(this.#href));
  }

  /** A read while the event may be out: until it is answered. */
  async #readAway(): Promise<'absent' | 'ours' | 'other'> {
    const backoff = new Backoff('putBack');
    for (;;) {
      const seen = await this.#readOnce();
      if (typeof seen === 'string') return seen;
      const trouble = { kind: 'later', seconds: seen.retryAfter } as const;
      await this.#waitAway(secondsOf(backoff, trouble), seen.unreadable);
    }
  }

  async #see(get: () => ReturnType<RunContext['store']['get']>): Promise<Seen> {
    try {
      const there = await get();
      if (there === null) return 'absent';
      const same = sameMeaning(there.bytes.toString('utf8'), this.#body.toString('utf8'), this.#step.meaning);
      return same ? 'ours' : 'other';
    } catch (error) {
      const retryAfter = error instanceof HushError ? error.retryAfter : null;
      return { unreadable: toFailure(error).message, retryAfter };
    }
  }

  #leftAlone(seen: Exclude<Seen, 'absent' | 'ours'>): Written {
    if (seen === 'other') return this.#final('conflict', CHANGED, 0);
    return { kind: 'left', unknown: true, reason: seen.unreadable };
  }

  /** Waits although the run may have been stopped: the event is away. */
  #waitAway(seconds: number, reason: string): Promise<void> {
    const { id, title } = this.#step.row;
    this.#context.log.say({ kind: 'waiting', row: id, title, reason, seconds });
    return rest(seconds);
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

const UNANSWERED = 'The request that notifies its guests was not answered.';

const CHANGED = 'It was changed on the server after the plan was made, so it was left alone.';

/** Seconds until the next try of what is never given up. */
function secondsOf(backoff: Backoff, trouble: Trouble): number {
  const next = backoff.after(trouble);
  if (next.kind === 'give-up') throw new Error('what is out of its calendar was given up');
  return next.seconds;
}
