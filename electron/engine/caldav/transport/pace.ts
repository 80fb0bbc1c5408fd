import type { WriteResult } from '../types.ts';

/** What a finished task says about the server's load. */
export type LoadSignal =
  | { readonly kind: 'fine' }
  /** 429, 503, a timeout, a broken connection. `seconds`: how long the server asks to wait. */
  | { readonly kind: 'strained'; readonly seconds: number | null; readonly why: string };

export interface PaceChange {
  readonly connections: number;
  /** A sentence for a person. */
  readonly because: string;
}

/** Decides how many tasks run at the same time against one origin. */
export interface Pacer {
  /** Runs a task as soon as there is room; rejects when the task does. `judge` reads its result; writes need none. */
  run<T>(task: () => Promise<T>, judge?: (result: T) => LoadSignal): Promise<T>;
  /** How many may run now. */
  readonly connections: number;
  /** Milliseconds that the quickest answers of late took; 0 as long as nothing is known. */
  readonly quickest: number;
  /** Answers take hardly longer than at best, although many are asked for: the server has time to spare. */
  readonly hasHeadroom: boolean;
  /** From now on nobody waits for `Retry-After`: a run was stopped, and what is queued looks for itself whether to send. */
  ignoreRetryAfter(): void;
}

const FINE: LoadSignal = { kind: 'fine' };
/**
 * Share of the ceiling to start with, two tasks at least. The admin's ceiling says what the server is good for; the
 * reading that comes before the writing has several requests of fifty objects on their way at once, and nobody paces it.
 */
const FIRST = 1 / 4;
/** Latency that is no sign of strain, however small the base: milliseconds. */
const SLACK_MS = 50;
/** Growth stops when answers take this many times as long as at best. */
const STRETCH = 3;
/** A server is at ease as long as answers take less than so many times as long as at best. */
const EASE = 2;
/** Share of a new latency in the running mean, and of the mean in the creeping base. */
const SMOOTHING = 0.2;
const CREEP = 0.001;
/** Rounds of good answers before one more task is tried, once the server was strained. */
const PATIENCE = 4;

/**
 * A pacer that starts with a quarter of its ceiling, doubles per round while answers stay quick, halves when the server is strained (once
 * per round) and grows by one from then on, and starts nothing before `Retry-After` is over.
 *
 * @param ceiling most tasks at the same time, at least 1
 */
export function createPacer(ceiling: number, onChange: (change: PaceChange) => void = () => undefined): Pacer {
  return new WindowPacer(Math.max(1, Math.floor(ceiling)), onChange);
}

class WindowPacer implements Pacer {
  readonly #ceiling: number;
  readonly #onChange: (change: PaceChange) => void;
  #limit: number;
  #active = 0;
  /** Tasks that ended well since the limit last changed. */
  #good = 0;
  #mean = 0;
  #base = Infinity;
  /** Tasks that began before this moment say nothing new about a limit that was halved since. */
  #halvedAt = -Infinity;
  #isOverloaded = false;
  #notBefore = 0;
  #hurried = false;
  #timer: ReturnType<typeof setTimeout> | null = null;
  readonly #queue: (() => void)[] = [];
  #head = 0;

  constructor(ceiling: number, onChange: (change: PaceChange) => void) {
    this.#ceiling = ceiling;
    this.#onChange = onChange;
    this.#limit = Math.min(Math.max(2, Math.floor(ceiling * FIRST)), ceiling);
  }

  get connections(): number {
    return this.#limit;
  }

  get quickest(): number {
    return Number.isFinite(this.#base) ? this.#base : 0;
  }

  get hasHeadroom(): boolean {
    return this.#mean > 0 && this.#mean < EASE * this.#base;
  }

  async run<T>(task: () => Promise<T>, judge: (result: T) => LoadSignal = loadSignalOf): Promise<T> {
    if (this.#active >= this.#limit || this.#timer !== null || this.#head < this.#queue.length) {
      await new Promise<void>((resolve) => this.#queue.push(resolve));
    } else {
      this.#active += 1;
    }
    const began = performance.now();
    try {
      const result = await task();
      this.#learn(judge(result), began);
      return result;
    } catch (error) {
      this.#learn({ kind: 'strained', seconds: null, why: 'A request failed' }, began);
      throw error;
    } finally {
      this.#active -= 1;
      this.#release();
    }
  }

  ignoreRetryAfter(): void {
    this.#hurried = true;
    this.#notBefore = 0;
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    this.#release();
  }

  /** Lets waiting tasks go, each taking its place before it runs. */
  #release(): void {
    if (this.#timer !== null) return;
    const wait = this.#notBefore - performance.now();
    if (wait > 0) {
      this.#timer = setTimeout(() => {
        this.#timer = null;
        this.#release();
      }, wait);
      return;
    }
    while (this.#active < this.#limit && this.#head < this.#queue.length) {
      const next = this.#queue[this.#head];
      this.#head += 1;
      this.#active += 1;
      next?.();
    }
    if (this.#head > 1024 && this.#head * 2 > this.#queue.length) {
      this.#queue.splice(0, this.#head);
      this.#head = 0;
    }
  }

  #learn(loadSignal: LoadSignal, began: number): void {
    const now = performance.now();
    if (loadSignal.kind === 'strained') {
      if (loadSignal.seconds !== null && !this.#hurried)
        this.#notBefore = Math.max(this.#notBefore, now + loadSignal.seconds * 1000);
      if (began >= this.#halvedAt) this.#halve(loadSignal, now);
      return;
    }
    const took = now - began;
    this.#mean = this.#mean === 0 ? took : this.#mean + SMOOTHING * (took - this.#mean);
    this.#base = took < this.#base ? took : this.#base + CREEP * (this.#mean - this.#base);
    this.#good += 1;
    if (this.#limit >= this.#ceiling || this.#good < this.#limit * (this.#isOverloaded ? PATIENCE : 1)) return;
    this.#good = 0;
    if (this.#mean > STRETCH * this.#base + SLACK_MS) return;
    this.#limit = Math.min(this.#ceiling, this.#isOverloaded ? this.#limit + 1 : this.#limit * 2);
    this.#onChange({ connections: this.#limit, because: 'The server answers quickly.' });
  }

  #halve(loadSignal: Extract<LoadSignal, { kind: 'strained' }>, now: number): void {
    this.#halvedAt = now;
    this.#isOverloaded = true;
    this.#good = 0;
    this.#mean = 0;
    this.#base = Infinity;
    this.#limit = Math.max(1, Math.floor(this.#limit / 2));
    const wait = loadSignal.seconds === null ? '' : ` It asks to wait ${loadSignal.seconds} s.`;
    this.#onChange({
      connections: this.#limit,
      because: `${loadSignal.why}, so fewer requests go out at once.${wait}`,
    });
  }
}

/** Reads the strain from a write's result; anything else is fine. */
function loadSignalOf(result: unknown): LoadSignal {
  return isWriteResult(result) ? loadSignalOfWrite(result) : FINE;
}

function isWriteResult(result: unknown): result is WriteResult {
  return typeof result === 'object' && result !== null && 'kind' in result && 'message' in result;
}

/** What a write's result says about the server's load. */
function loadSignalOfWrite(result: WriteResult): LoadSignal {
  if (result.kind === 'later') {
    const why = result.status === 0 ? 'The server could not be reached' : `The server answered ${result.status}`;
    return { kind: 'strained', seconds: result.seconds, why };
  }
  return result.kind === 'lost' ? { kind: 'strained', seconds: null, why: 'An answer did not come' } : FINE;
}
