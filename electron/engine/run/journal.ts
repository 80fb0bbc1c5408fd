import { open, truncate, type FileHandle } from 'node:fs/promises';
import type { JournalRecord } from './types.ts';

/** Outcomes wait this long, in milliseconds, for others to share a write with; intents never wait. */
const LINGER = 50;

/**
 * The append-only journal of a run or a batch. Records go out in the order in which they were given, many at a time: whoever waits
 * for `commit` shares one fdatasync with everybody who came while the last one was under way (group commit).
 */
export class Journal<Record extends object = JournalRecord> {
  readonly #file: FileHandle;
  #pending: string[] = [];
  #waiting: { resolve: () => void; reject: (error: unknown) => void }[] = [];
  #flushing: Promise<void> | null = null;
  #timer: NodeJS.Timeout | null = null;
  #broken: { readonly error: unknown } | null = null;

  private constructor(file: FileHandle) {
    this.#file = file;
  }

  /**
   * Opens a journal to go on with it.
   *
   * @param validBytes octets up to its last whole record: what a crash tore after it is cut off, or the next record would
   * be part of a damaged one
   */
  static async open<Record extends object = JournalRecord>(
    path: string,
    validBytes?: number,
  ): Promise<Journal<Record>> {
    const file = await open(path, 'a', 0o600);
    // By its path: what is open for appending only cannot be cut everywhere.
    if (validBytes !== undefined) await truncate(path, validBytes);
    return new Journal<Record>(file);
  }

  /** Written soon. A failure to write is thrown by the next `commit`. */
  append(record: Record): void {
    this.#pending.push(JSON.stringify(record));
    this.#timer ??= setTimeout(() => void this.#flush(), LINGER);
  }

  /** Resolves when the record, and all before it, are on the disk. Rejects when they are not. */
  commit(record: Record): Promise<void> {
    this.#pending.push(JSON.stringify(record));
    return new Promise((resolve, reject) => {
      this.#waiting.push({ resolve, reject });
      void this.#flush();
    });
  }

  async close(): Promise<void> {
    while (this.#flushing !== null || this.#pending.length > 0) await this.#flush();
    await this.#file.close();
    if (this.#broken !== null) throw this.#broken.error;
  }

  #flush(): Promise<void> {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    this.#flushing ??= this.#drain().finally(() => {
      this.#flushing = null;
    });
    return this.#flushing;
  }

  async #drain(): Promise<void> {
    while (this.#pending.length > 0) {
      const lines = this.#pending;
      const waiting = this.#waiting;
      this.#pending = [];
      this.#waiting = [];
      await this.#write(lines, waiting.length > 0);
      for (const { resolve, reject } of waiting) {
        if (this.#broken === null) resolve();
        else reject(this.#broken.error);
      }
    }
  }

  /** After a failed write nothing is written any more: a gap in the journal would be a lie. */
  async #write(lines: readonly string[], durable: boolean): Promise<void> {
    if (this.#broken !== null) return;
    try {
      await this.#file.appendFile(`${lines.join('\n')}\n`);
      if (durable) await this.#file.datasync();
    } catch (error) {
      this.#broken = { error };
    }
  }
}
