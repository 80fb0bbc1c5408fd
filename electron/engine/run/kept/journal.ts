import { open, stat, truncate, type FileHandle } from 'node:fs/promises';
import { dirname } from 'node:path';
import { HushError } from '../../../../shared/model/failure.ts';
import { LineWriter, type LinesEnd } from './sealed-lines.ts';
import type { JournalRecord } from '../types.ts';

/** Outcomes wait this long, in milliseconds, for others to share a write with; intents never wait. */
export const LINGER = 50;

/**
 * The append-only journal of a run or a batch. Records go out in the order in which they were given, many at a time: whoever waits
 * for `commit` shares one fdatasync with everybody who came while the last one was under way (group commit).
 */
export class Journal<Record extends object = JournalRecord> {
  readonly #file: FileHandle;
  readonly #path: string;
  /** Null in a journal that an earlier version began: it has no checksums. */
  readonly #lines: LineWriter | null;
  #pending: string[] = [];
  #waiting: { resolve: () => void; reject: (error: unknown) => void }[] = [];
  #flushing: Promise<void> | null = null;
  #timer: NodeJS.Timeout | null = null;
  #broken: { readonly error: unknown } | null = null;
  #onBroken: (error: unknown) => void = () => undefined;

  private constructor(file: FileHandle, path: string, lines: LineWriter | null, pending: string[]) {
    this.#file = file;
    this.#path = path;
    this.#lines = lines;
    this.#pending = pending;
  }

  /**
   * Opens a journal to go on with it.
   *
   * @param owner name of the folder
   * @param end where it ended when it was read; what a crash tore after that is cut off, or the next record would be part
   * of a damaged one. Left out for a new one
   */
  static async open<Record extends object = JournalRecord>(
    path: string,
    owner: string,
    end?: LinesEnd,
  ): Promise<Journal<Record>> {
    const file = await open(path, 'a', 0o600);
    if (end === undefined) return new Journal<Record>(file, path, new LineWriter(owner), []);
    // By its path: what is open for appending only cannot be cut everywhere.
    await truncate(path, end.validBytes);
    return new Journal<Record>(file, path, end.checked ? new LineWriter(owner, end) : null, end.whole ? [] : ['']);
  }

  /** Lines so far, those of earlier processes counted. */
  get lines(): number {
    return this.#lines?.last ?? 0;
  }

  /** Calls `listener` when writing fails for the first time: what was appended since the last commit is not on the disk. */
  whenBroken(listener: (error: unknown) => void): void {
    this.#onBroken = listener;
  }

  /** Nothing is written any more: the file belongs to somebody else by now. */
  abandon(error: unknown): void {
    this.#broken ??= { error };
  }

  /** Written soon. A failure to write is thrown by the next `commit`. */
  append(record: Record): void {
    this.#pending.push(this.#line(record));
    this.#timer ??= setTimeout(() => void this.#flush(), LINGER);
  }

  /** Resolves when the record, and all before it, are on the disk. Rejects when they are not. */
  commit(record: Record): Promise<void> {
    this.#pending.push(this.#line(record));
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

  #line(record: Record): string {
    return this.#lines?.line(record) ?? JSON.stringify(record);
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
      await this.#checkPlace();
    } catch (error) {
      this.#broken = { error };
      this.#onBroken(error);
    }
  }

  /** An open file takes notes long after its folder was removed; nobody would ever find them. */
  async #checkPlace(): Promise<void> {
    try {
      await stat(this.#path);
    } catch (cause) {
      throw folderGone(dirname(this.#path), cause);
    }
  }
}

function folderGone(folder: string, cause: unknown): HushError {
  return new HushError(
    {
      code: 'FOLDER_GONE',
      message:
        `The folder of the run, ${folder}, was removed or moved while the run was in progress, so it was stopped. What it had ` +
        'saved before it overwrote or deleted anything is in that folder; once it is back there, the run can be resumed.',
      reaction: 'stop-job',
    },
    { cause },
  );
}
