import type { ReadLimits } from './types.ts';

/** What may still come out of one archive and of the archives in it, taken together. */
export class Budget {
  #octets: number;
  #entries: number;

  constructor(limits: ReadLimits) {
    this.#octets = limits.maxArchiveBytes;
    this.#entries = limits.maxArchiveEntries;
  }

  /** Octets that are left; negative when more came out. */
  get octets(): number {
    return this.#octets;
  }

  spend(octets: number): void {
    this.#octets -= octets;
  }

  /** Whether one more entry may be looked at. */
  takeEntry(): boolean {
    this.#entries -= 1;
    return this.#entries >= 0;
  }
}
