import { open, type FileHandle } from 'node:fs/promises';
import type { Slice } from './types.ts';

/** Octets collected before a write. */
const CHUNK = 1 << 20;

/** Many texts in one file, one after the other. Callers append one at a time; the slice says where each one is. */
export class PackWriter {
  readonly #file: FileHandle;
  #at: number;
  #chunks: Buffer[] = [];
  #size = 0;

  private constructor(file: FileHandle, at: number) {
    this.#file = file;
    this.#at = at;
  }

  /** Opens for appending; what an earlier process wrote stays. */
  static async open(path: string): Promise<PackWriter> {
    const file = await open(path, 'a', 0o600);
    return new PackWriter(file, (await file.stat()).size);
  }

  async append(bytes: Buffer): Promise<Slice> {
    const slice = { at: this.#at, length: bytes.length };
    this.#at += bytes.length;
    this.#chunks.push(bytes);
    this.#size += bytes.length;
    if (this.#size >= CHUNK) await this.#flush();
    return slice;
  }

  /** Everything appended so far is on the disk when this resolves. */
  async sync(): Promise<void> {
    await this.#flush();
    await this.#file.datasync();
  }

  async close(): Promise<void> {
    await this.#flush();
    await this.#file.close();
  }

  async #flush(): Promise<void> {
    if (this.#size === 0) return;
    const bytes = Buffer.concat(this.#chunks);
    this.#chunks = [];
    this.#size = 0;
    await this.#file.appendFile(bytes);
  }
}

/** Octets read from the disk at once: a run asks for its texts in the order in which they stand. */
const BLOCK = 256 * 1024;
const MAX_BLOCKS = 16;

/**
 * Reads slices of a finished pack, through a few blocks kept in memory; opened on first use, so that a pack that is
 * never read need not exist.
 */
export class PackReader {
  readonly #path: string;
  #file: Promise<FileHandle> | null = null;
  /** By number; the least recently read one first. */
  readonly #blocks = new Map<number, Promise<Buffer>>();

  constructor(path: string) {
    this.#path = path;
  }

  /** Throws when the pack is shorter than the slice says: the run folder is damaged. */
  async read({ at, length }: Slice): Promise<Buffer> {
    const block = Math.floor(at / BLOCK);
    const from = at - block * BLOCK;
    if (from + length > BLOCK) return this.#exactly(at, length);
    const bytes = await this.#block(block);
    if (from + length > bytes.length) throw this.#damaged(block * BLOCK + bytes.length);
    return bytes.subarray(from, from + length);
  }

  async close(): Promise<void> {
    this.#blocks.clear();
    await (await this.#file)?.close();
  }

  #block(number: number): Promise<Buffer> {
    const known = this.#blocks.get(number);
    const block = known ?? this.#load(number * BLOCK, BLOCK);
    this.#blocks.delete(number);
    this.#blocks.set(number, block);
    const oldest = this.#blocks.size > MAX_BLOCKS ? this.#blocks.keys().next().value : undefined;
    if (oldest !== undefined) this.#blocks.delete(oldest);
    return block;
  }

  async #exactly(at: number, length: number): Promise<Buffer> {
    const bytes = await this.#load(at, length);
    if (bytes.length < length) throw this.#damaged(at + bytes.length);
    return bytes;
  }

  /** May be shorter than asked for: where the pack ends. */
  async #load(at: number, length: number): Promise<Buffer> {
    this.#file ??= open(this.#path, 'r');
    const bytes = Buffer.allocUnsafe(length);
    const { bytesRead } = await (await this.#file).read(bytes, 0, length, at);
    return bytes.subarray(0, bytesRead);
  }

  #damaged(end: number): Error {
    return new Error(`${this.#path} is damaged: it ends at octet ${end}`);
  }
}
