import type { JobEvent } from '../../shared/model/job.ts';
import { EMPTY_SNAPSHOT, foldEvents, type RunSnapshot } from '../../shared/model/snapshot.ts';

/** A batch leaves when it is this old, or this large. */
const MAX_AGE_MS = 50;
const MAX_EVENTS = 500;

export interface Batch {
  /** How many events have been sent before and with this batch. */
  readonly seq: number;
  readonly events: readonly JobEvent[];
}

/**
 * Gathers the events of one run into batches, and folds what was sent, so that a window that comes late joins with
 * `snapshot()` and the batches whose `seq` is higher.
 */
export class EventStream {
  #waiting: JobEvent[] = [];
  #timer: NodeJS.Timeout | null = null;
  #seq = 0;
  #snapshot: RunSnapshot = EMPTY_SNAPSHOT;
  readonly #send: (batch: Batch) => void;

  constructor(send: (batch: Batch) => void) {
    this.#send = send;
  }

  add(events: readonly JobEvent[]): void {
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
    this.#snapshot = foldEvents(this.#snapshot, events);
    this.#send({ seq: this.#seq, events });
  }

  /** The state after the last batch that was sent. */
  snapshot(): { readonly seq: number; readonly snapshot: RunSnapshot } {
    return { seq: this.#seq, snapshot: this.#snapshot };
  }
}
