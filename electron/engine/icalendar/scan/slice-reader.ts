import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { HushError } from '../../../../shared/model/failure.ts';

const BLOCK = 256 * 1024;
const MAX_BLOCKS = 24;
const MAX_OPEN = 16;

/** A file as it was when it was indexed. */
export interface IndexedFile {
  readonly label: string;
  readonly path: string;
  readonly bytes: number;
  /** Time of the last change in milliseconds, as `stat` gives it. */
  readonly changedMs: number;
}

/**
 * Reads slices of the indexed files, synchronously and through a small cache of blocks, so that walking over the
 * components in order costs one read per block. Every block is taken only from a file that is still what was indexed;
 * where it is not, HushError. What is in the cache was so when it was read, and that is what everybody saw.
 */
export class SliceReader {
  readonly #file: (index: number) => IndexedFile;
  readonly #open = new Map<number, number>();
  readonly #blocks = new Map<string, Buffer>();

  constructor(file: (index: number) => IndexedFile) {
    this.#file = file;
  }

  /** Octets `[offset, offset + length)` of the file, as a copy or a view that stays valid. */
  read(file: number, offset: number, length: number): Buffer {
    const first = Math.floor(offset / BLOCK);
    const last = Math.floor((offset + Math.max(length, 1) - 1) / BLOCK);
    if (last - first > 4) return this.#load(file, offset, length);
    if (first === last) return this.#part(file, first, offset - first * BLOCK, length);
    const parts: Buffer[] = [];
    for (let block = first; block <= last; block += 1) {
      const from = Math.max(offset - block * BLOCK, 0);
      const to = Math.min(offset + length - block * BLOCK, BLOCK);
      parts.push(this.#part(file, block, from, to - from));
    }
    return Buffer.concat(parts, length);
  }

  close(): void {
    for (const handle of this.#open.values()) closeSync(handle);
    this.#open.clear();
    this.#blocks.clear();
  }

  #part(file: number, block: number, from: number, length: number): Buffer {
    const key = `${String(file)}:${String(block)}`;
    let bytes = this.#blocks.get(key);
    if (bytes === undefined) {
      const size = Math.min(BLOCK, this.#file(file).bytes - block * BLOCK);
      bytes = this.#load(file, block * BLOCK, Math.max(size, 0));
      this.#blocks.set(key, bytes);
      const oldest = this.#blocks.size > MAX_BLOCKS ? this.#blocks.keys().next().value : undefined;
      if (oldest !== undefined) this.#blocks.delete(oldest);
    }
    if (from + length > bytes.length) throw changed(this.#file(file));
    return bytes.subarray(from, from + length);
  }

  #load(file: number, offset: number, length: number): Buffer {
    const bytes = Buffer.allocUnsafe(length);
    const handle = this.#handle(file);
    let done = 0;
    while (done < length) {
      const got = readSync(handle, bytes, done, length - done, offset + done);
      if (got === 0) throw changed(this.#file(file));
      done += got;
    }
    this.#check(handle, this.#file(file));
    return bytes;
  }

  #handle(file: number): number {
    const known = this.#open.get(file);
    if (known !== undefined) return known;
    const indexed = this.#file(file);
    const handle = openFile(indexed);
    const oldest = this.#open.size >= MAX_OPEN ? this.#open.entries().next().value : undefined;
    if (oldest !== undefined) {
      closeSync(oldest[1]);
      this.#open.delete(oldest[0]);
    }
    this.#open.set(file, handle);
    return handle;
  }

  /** Asked after the octets were read: a change in between cannot slip through. */
  #check(handle: number, indexed: IndexedFile): void {
    const status = fstatSync(handle);
    if (status.size !== indexed.bytes || status.mtimeMs !== indexed.changedMs) throw changed(indexed);
  }
}

function openFile(file: IndexedFile): number {
  try {
    return openSync(file.path, 'r');
  } catch (cause) {
    throw changed(file, cause);
  }
}

function changed(file: IndexedFile, cause?: unknown): HushError {
  return new HushError(
    {
      code: 'SOURCE_CHANGED',
      message: `"${file.label}" was changed or removed since it was read; read it again.`,
      reaction: 'fix-input',
    },
    { cause },
  );
}
