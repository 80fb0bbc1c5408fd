import type { ReadLimits } from './types.ts';

/** Octets that may come out of however small an archive. */
const HARMLESS = 64 * 1024 * 1024;

/** What may still come out of one archive and of the archives in it, taken together. */
export class Budget {
  #octets: number;
  #entries: number;

  /**
   * @param packed octets of the outermost archive: entries may share their packed octets, or be too small for the ratio of
   * each, and all of them together are held against it
   */
  constructor(limits: ReadLimits, packed = Infinity) {
    this.#octets = Math.min(limits.maxArchiveBytes, Math.max(HARMLESS, packed * limits.maxRatio));
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
