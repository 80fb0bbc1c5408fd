import { randomUUID } from 'node:crypto';
import { HushError } from '../../../shared/model/failure.ts';

/** Things that stay in the main process while the window knows them by an opaque id. The oldest ones are let go. */
export class HandleStore<T> {
  readonly #things = new Map<string, T>();
  readonly #size: number;
  readonly #gone: string;
  readonly #letGo: (thing: T) => void;

  /** `gone` is the sentence for an id that is not, or no longer, known. */
  constructor(size: number, gone: string, letGo: (thing: T) => void = () => undefined) {
    this.#size = size;
    this.#gone = gone;
    this.#letGo = letGo;
  }

  add(thing: T): string {
    const id = randomUUID();
    this.#things.set(id, thing);
    for (const oldest of [...this.#things.keys()].slice(0, -this.#size)) this.discard(oldest);
    return id;
  }

  /** Throws HushError when the id is not known. */
  get(id: string): T {
    const thing = this.#things.get(id);
    if (thing !== undefined) return thing;
    throw new HushError({ code: 'HANDLE_GONE', message: this.#gone, reaction: 'fix-input' });
  }

  /** Takes it out without letting it go, where it was not let go meanwhile: somebody else has it now. */
  release(id: string): void {
    this.#things.delete(id);
  }

  discard(id: string): void {
    const thing = this.#things.get(id);
    this.#things.delete(id);
    if (thing !== undefined) this.#letGo(thing);
  }
}
