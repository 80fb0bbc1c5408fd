import { stopped } from './failures.ts';

/**
 * The one answer to "wait how long, or give up?".
 *
 * What became of a request decides first. `later`: nothing was done, because the server asks to wait (429, 503) or no
 * connection could be made. `lost`: it left, and no answer says what it did (500, 502, 504, a broken connection); what
 * it did has been read, and it was not done. `failed`: a read was answered by a failure (500), or by something that ends in
 * the middle: that is often so for good, and sometimes for a moment. `refused`: the server said no.
 */
export type Trouble =
  /** `seconds`: what `Retry-After` asks for (RFC 9110 §10.2.3); null where it says nothing. */
  | { readonly kind: 'later'; readonly seconds: number | null }
  | { readonly kind: 'lost' }
  | { readonly kind: 'failed' }
  | { readonly kind: 'refused' };

interface Bounds {
  /** Requests in all, the first one included, before it is given up; by what became of the last one. */
  readonly later: number;
  readonly lost: number;
  readonly failed: number;
  readonly refused: number;
  /** Seconds before the second request, the factor for each further one, and the longest wait of our own. */
  readonly first: number;
  readonly factor: number;
  readonly longest: number;
  /** A server that asks for more seconds than this is given up at once; less is always waited for. */
  readonly longestAsked: number;
}

/** Who asks, and with how much patience. */
export const BOUNDS = {
  /** One request that changes nothing, inside the transport: somebody may be waiting for it at a screen. */
  read: { later: 4, lost: 4, failed: 2, refused: 1, first: 0.1, factor: 4, longest: 10, longestAsked: 60 },
  /** What a run must read to go on: originals, what became of a write, what was stored. Each try is a `read`. */
  readInRun: { later: 5, lost: 5, failed: 1, refused: 1, first: 0.5, factor: 2, longest: 60, longestAsked: 600 },
  /** A write that notifies nobody. */
  silentWrite: { later: 6, lost: 3, failed: 3, refused: 1, first: 0.5, factor: 2, longest: 60, longestAsked: 600 },
  /** A write that may notify people: one that left and was not answered may have done so, and is never sent again. */
  loudWrite: { later: 6, lost: 1, failed: 1, refused: 1, first: 0.5, factor: 2, longest: 60, longestAsked: 600 },
  /** Making a calendar where a server makes so many an hour, and says no more than "later" (429) to the next: a good hour. */
  makeRationed: { later: 22, lost: 3, failed: 3, refused: 1, first: 5, factor: 4, longest: 300, longestAsked: 7200 },
  /** Putting back an event that was taken out of its calendar: as long as the process lives. */
  putBack: {
    later: Infinity,
    lost: Infinity,
    failed: Infinity,
    refused: Infinity,
    first: 0.5,
    factor: 2,
    longest: 30,
    longestAsked: Infinity,
  },
} as const satisfies Readonly<Record<string, Bounds>>;
export type Purpose = keyof typeof BOUNDS;

/** `seconds`: how long to wait before it is sent again. `asksTooLong`: the server wants more patience than there is. */
export type NextTry =
  | { readonly kind: 'wait'; readonly seconds: number }
  | { readonly kind: 'give-up'; readonly asksTooLong: boolean };

/** The patience that one request is met with; counts its tries. */
export class Backoff {
  readonly #bounds: Bounds;
  readonly #random: () => number;
  #tries = 0;
  #losses = 0;

  /** @param random between 0 and 1 */
  constructor(purpose: Purpose, random: () => number = Math.random) {
    this.#bounds = BOUNDS[purpose];
    this.#random = random;
  }

  /** To be asked after each request that came to nothing. */
  after(trouble: Trouble): NextTry {
    const bounds = this.#bounds;
    this.#tries += 1;
    if (trouble.kind === 'lost') this.#losses += 1;
    const asked = trouble.kind === 'later' ? trouble.seconds : null;
    if (asked !== null && asked > bounds.longestAsked) return { kind: 'give-up', asksTooLong: true };
    const tries = trouble.kind === 'lost' ? this.#losses : this.#tries;
    if (tries >= bounds[trouble.kind]) return { kind: 'give-up', asksTooLong: false };
    return { kind: 'wait', seconds: this.#seconds(asked) };
  }

  /** What the server asks for is kept, whatever we would have waited; without a bound it is never less than that. */
  #seconds(asked: number | null): number {
    if (asked === null) return this.#own();
    const kept = asked * (1 + this.#random() / 10);
    return this.#bounds.later === Infinity ? Math.max(kept, this.#own()) : kept;
  }

  /** With a quarter of jitter either way, so that many requests do not come back at once. */
  #own(): number {
    const { first, factor, longest } = this.#bounds;
    return Math.min(longest, first * factor ** (this.#tries - 1)) * (0.75 + this.#random() / 2);
  }
}

/** Waits. Throws HushError when the signal stops it. */
export async function rest(seconds: number, signal?: AbortSignal): Promise<void> {
  if (signal?.aborted === true) throw stopped();
  let stop = (): void => undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  try {
    await new Promise<void>((resolve, reject) => {
      stop = () => reject(stopped());
      signal?.addEventListener('abort', stop, { once: true });
      timer = setTimeout(resolve, seconds * 1000);
    });
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', stop);
  }
}
