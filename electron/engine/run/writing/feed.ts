/**
 * Hands out rows whose intents are durable. Intents are written ahead in chunks, the next one while the current one is
 * being worked on, so that a request seldom waits for the disk. A row that was intended and never handed out costs one
 * read in a resume, nothing more; a clean stop withdraws it.
 */
export class IntentFeed {
  readonly #rows: readonly number[];
  readonly #size: number;
  /** Makes a chunk durable; gives the rows that are really to be sent. */
  readonly #prepare: (chunk: readonly number[]) => Promise<readonly number[]>;
  #next = 0;
  #ready: number[] = [];
  #preparing: Promise<void> | null = null;

  constructor(
    rows: readonly number[],
    size: number,
    prepare: (chunk: readonly number[]) => Promise<readonly number[]>,
  ) {
    this.#rows = rows;
    this.#size = size;
    this.#prepare = prepare;
  }

  /** The next row to send; undefined when there is none left. Rejects when a chunk could not be made durable. */
  async next(): Promise<number | undefined> {
    for (;;) {
      if (this.#ready.length <= this.#size / 2) this.#startPreparing();
      const row = this.#ready.shift();
      if (row !== undefined || this.#preparing === null) return row;
      await this.#preparing;
    }
  }

  /** Rows intended and not handed out; call it when no worker takes any more. */
  async leftOver(): Promise<readonly number[]> {
    await this.#preparing?.catch(() => undefined);
    return this.#ready;
  }

  #startPreparing(): void {
    if (this.#preparing !== null || this.#next >= this.#rows.length) return;
    const chunk = this.#rows.slice(this.#next, this.#next + this.#size);
    this.#next += chunk.length;
    this.#preparing = this.#prepare(chunk)
      .then((rows) => {
        this.#ready.push(...rows);
      })
      .finally(() => {
        this.#preparing = null;
      });
    // Whoever waits in next() sees the rejection; nobody may be waiting yet.
    this.#preparing.catch(() => undefined);
  }
}
