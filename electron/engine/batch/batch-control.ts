import type { RunHandle } from '../types.ts';

/** Pause, rest and stop of a batch: for the members that go on now and for those that are to begin. */
export class BatchControl {
  readonly #runs = new Set<Pick<RunHandle, 'pause' | 'stop'>>();
  readonly #abort = new AbortController();
  #paused = false;
  #resting = false;
  #wake: (() => void)[] = [];

  /** Ends what is being planned. */
  get signal(): AbortSignal {
    return this.#abort.signal;
  }

  get stopped(): boolean {
    return this.#abort.signal.aborted;
  }

  /** By a person. */
  pause(paused: boolean): void {
    this.#change(() => {
      this.#paused = paused;
    });
  }

  /** By the clock. */
  rest(resting: boolean): void {
    this.#change(() => {
      this.#resting = resting;
    });
  }

  stop(): void {
    this.#abort.abort();
    for (const run of this.#runs) run.stop();
    this.#wakeAll();
  }

  /** A run that has begun: it pauses and stops with the batch. */
  hold(run: Pick<RunHandle, 'pause' | 'stop'>): void {
    this.#runs.add(run);
    if (this.stopped) run.stop();
    else if (this.#held) run.pause(true);
  }

  letGo(run: Pick<RunHandle, 'pause' | 'stop'>): void {
    this.#runs.delete(run);
  }

  /** Waits while the batch is held. False when it was stopped: nothing more may begin. */
  async mayGo(): Promise<boolean> {
    while (this.#held && !this.stopped) await new Promise<void>((resolve) => this.#wake.push(resolve));
    return !this.stopped;
  }

  get #held(): boolean {
    return this.#paused || this.#resting;
  }

  #change(change: () => void): void {
    const before = this.#held;
    change();
    if (before === this.#held) return;
    for (const run of this.#runs) run.pause(this.#held);
    if (!this.#held) this.#wakeAll();
  }

  #wakeAll(): void {
    const waiting = this.#wake;
    this.#wake = [];
    for (const wake of waiting) wake();
  }
}
