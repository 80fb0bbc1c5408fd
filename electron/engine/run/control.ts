/** Pause and stop of a run, as the workers see them. */
export class RunControl {
  #paused = false;
  #stopped = false;
  #wake: (() => void)[] = [];
  #onStop: () => void = () => undefined;

  get stopped(): boolean {
    return this.#stopped;
  }

  pause(paused: boolean): void {
    this.#paused = paused;
    if (!paused) this.#wakeAll();
  }

  stop(): void {
    this.#stopped = true;
    this.#onStop();
    this.#wakeAll();
  }

  /** Calls `listener` when the run is stopped. */
  whenStopped(listener: () => void): void {
    this.#onStop = listener;
  }

  /** Waits while paused. False when the run was stopped: nothing new may be sent. */
  async mayGo(): Promise<boolean> {
    while (this.#paused && !this.#stopped) await this.#woken();
    return !this.#stopped;
  }

  /** Waits; a stop ends it early, and then it says false. */
  async wait(seconds: number): Promise<boolean> {
    if (this.#stopped) return false;
    let timer: NodeJS.Timeout | undefined;
    const passed = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, seconds * 1000);
    });
    const stopped = this.#untilStopped();
    await Promise.race([passed, stopped]);
    clearTimeout(timer);
    return this.mayGo();
  }

  async #untilStopped(): Promise<void> {
    while (!this.#stopped) await this.#woken();
  }

  #woken(): Promise<void> {
    return new Promise((resolve) => this.#wake.push(resolve));
  }

  #wakeAll(): void {
    const waiting = this.#wake;
    this.#wake = [];
    for (const wake of waiting) wake();
  }
}
