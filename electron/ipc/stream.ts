import type { JobEvent } from '../../shared/model/job.ts';
import { EMPTY_SNAPSHOT, foldEvents, type RunSnapshot } from '../../shared/model/snapshot.ts';

/** A batch leaves when it is this old, or this large. */
const MAX_AGE_MS = 50;
const MAX_EVENTS = 500;

export interface Sent<E> {
  /** How many events have been sent before and with these. */
  readonly seq: number;
  readonly events: readonly E[];
}

/** How events become the state that a late window asks for. */
export interface Fold<E, S> {
  readonly empty: S;
  fold(before: S, events: readonly E[]): S;
}

/**
 * Gathers the events of one job into batches, and folds what was sent, so that a window that comes late joins with
 * `snapshot()` and the batches whose `seq` is higher.
 */
export class Stream<E, S> {
  #waiting: E[] = [];
  #timer: NodeJS.Timeout | null = null;
  #seq = 0;
  #snapshot: S;
  readonly #fold: Fold<E, S>;
  readonly #send: (batch: Sent<E>) => void;

  constructor(fold: Fold<E, S>, send: (batch: Sent<E>) => void) {
    this.#fold = fold;
    this.#snapshot = fold.empty;
    this.#send = send;
  }

  add(events: readonly E[]): void {
    for (const event of events) {
      this.#waiting.push(event);
      if (this.#waiting.length >= MAX_EVENTS) this.flush();
    }
    if (this.#waiting.length > 0) {
      this.#timer ??= setTimeout(() => {
        this.flush();
      }, MAX_AGE_MS);
    }
  }

  /** Sends what waits now. */
  flush(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    const events = this.#waiting;
    if (events.length === 0) return;
    this.#waiting = [];
    this.#seq += events.length;
    this.#snapshot = this.#fold.fold(this.#snapshot, events);
    this.#send({ seq: this.#seq, events });
  }

  /** The state after the last batch that was sent. */
  snapshot(): { readonly seq: number; readonly snapshot: S } {
    return { seq: this.#seq, snapshot: this.#snapshot };
  }
}

export type Batch = Sent<JobEvent>;

/** The events of one run. */
export class EventStream extends Stream<JobEvent, RunSnapshot> {
  constructor(send: (batch: Batch) => void) {
    super({ empty: EMPTY_SNAPSHOT, fold: foldEvents }, send);
  }
}
