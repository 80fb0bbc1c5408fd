/**
 * Events on their way to one listener: each is given once, in order, in batches of what has gathered. Ends after
 * `close`. Nobody has to listen; what is not fetched waits.
 */
export class EventQueue<Event> {
  #waiting: Event[] = [];
  #closed = false;
  #wake: (() => void) | null = null;

  /** What comes after `close` is not heard: nothing follows the last event. */
  push(event: Event): void {
    if (this.#closed) return;
    this.#waiting.push(event);
    this.#wake?.();
  }

  close(): void {
    this.#closed = true;
    this.#wake?.();
  }

  async *batches(): AsyncGenerator<readonly Event[]> {
    for (;;) {
      if (this.#waiting.length > 0) {
        const batch = this.#waiting;
        this.#waiting = [];
        yield batch;
      } else if (this.#closed) {
        return;
      } else {
        await new Promise<void>((resolve) => {
          this.#wake = resolve;
        });
        this.#wake = null;
        // Lets what comes in the same turn join the batch.
        await new Promise<void>((resolve) => {
          setImmediate(resolve);
        });
      }
    }
  }
}
