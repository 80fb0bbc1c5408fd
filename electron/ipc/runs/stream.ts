/** A batch leaves when it is this old. */
const MAX_AGE_MS = 50;
/** The window hears at most so many events at once; of more it hears the state that they make. */
const MAX_EVENTS = 500;

export interface Sent<E, S> {
  /** How many events have been sent before and with these. */
  readonly seq: number;
  readonly events: readonly E[];
  /** In place of events, where too many had gathered: the state after all of them. */
  readonly snapshot?: S;
}

/** How events become the state that a late window asks for. */
export interface Fold<E, S> {
  readonly empty: S;
  fold(before: S, events: readonly E[]): S;
}

/**
 * Gathers the events of one job into batches, and folds them, so that a window that comes late joins with `snapshot()`
 * and the batches whose `seq` is higher. However fast events come, the window gets a bounded message every 50 ms: what a
 * resume tells again, or a stop leaves, is more than a page could take in between two frames.
 */
export class Stream<E, S> {
  #waiting: E[] = [];
  /** Events were folded that were not sent. */
  #unsent = false;
  #timer: NodeJS.Timeout | null = null;
  #seq = 0;
  #snapshot: S;
  readonly #fold: Fold<E, S>;
  readonly #send: (batch: Sent<E, S>) => void;

  constructor(fold: Fold<E, S>, send: (batch: Sent<E, S>) => void) {
    this.#fold = fold;
    this.#snapshot = fold.empty;
    this.#send = send;
  }

  add(events: readonly E[]): void {
    for (const event of events) {
      if (this.#waiting.length >= MAX_EVENTS) {
        this.#take();
        this.#unsent = true;
      }
      this.#waiting.push(event);
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
    if (this.#waiting.length === 0 && !this.#unsent) return;
    const events = this.#take();
    const unsent = this.#unsent;
    this.#unsent = false;
    this.#send(unsent ? { seq: this.#seq, events: [], snapshot: this.#snapshot } : { seq: this.#seq, events });
  }

  /** The state after the last event that was folded; batches with a higher `seq` go on from it. */
  snapshot(): { readonly seq: number; readonly snapshot: S } {
    return { seq: this.#seq, snapshot: this.#snapshot };
  }

  /** Folds what waits. */
  #take(): readonly E[] {
    const events = this.#waiting;
    this.#waiting = [];
    this.#seq += events.length;
    this.#snapshot = this.#fold.fold(this.#snapshot, events);
    return events;
  }
}
