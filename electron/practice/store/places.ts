import { rm } from 'node:fs/promises';

/**
 * Where the two files of each object are. Removing files is slow on a busy disk, so it goes on beside everything else; an
 * object that comes back under its name meanwhile is kept at another place.
 */
export class Places {
  /** Objects that are not at their usual place. */
  readonly #elsewhere = new Map<string, string>();
  readonly #removing = new Map<string, Promise<void>>();
  #failure: { readonly error: unknown } | null = null;

  /** The place to write an object to, without an ending. */
  forSaving(usual: string): string {
    let place = this.#elsewhere.get(usual) ?? usual;
    while (this.#removing.has(place)) place = `${place}~`;
    this.found(usual, place);
    return place;
  }

  /** Notes where an object was found. */
  found(usual: string, place: string): void {
    if (place === usual) this.#elsewhere.delete(usual);
    else this.#elsewhere.set(usual, place);
  }

  /** Begins to remove an object. */
  remove(usual: string): void {
    const place = this.#elsewhere.get(usual) ?? usual;
    this.#elsewhere.delete(usual);
    // The text first: without it the rest is no object.
    const removed = rm(`${place}.object`, { force: true })
      .then(() => rm(`${place}.meta`, { force: true }))
      .catch((error: unknown) => {
        this.#failure = { error };
      })
      .finally(() => {
        this.#removing.delete(place);
      });
    this.#removing.set(place, removed);
  }

  /** Resolves when everything asked for so far is removed; rejects, once, when something could not be. */
  async settled(): Promise<void> {
    await Promise.all(this.#removing.values());
    const failure = this.#failure;
    this.#failure = null;
    if (failure !== null) throw failure.error;
  }
}
