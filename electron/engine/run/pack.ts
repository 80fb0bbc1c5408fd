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
    const file = await open(path, 'a');
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

/** Reads slices of a pack; opened on first use, so that a pack that is never read need not exist. */
export class PackReader {
  readonly #path: string;
  #file: Promise<FileHandle> | null = null;

  constructor(path: string) {
    this.#path = path;
  }

  /** Throws when the pack is shorter than the slice says: the run folder is damaged. */
  async read({ at, length }: Slice): Promise<Buffer> {
    this.#file ??= open(this.#path, 'r');
    const bytes = Buffer.allocUnsafe(length);
    const { bytesRead } = await (await this.#file).read(bytes, 0, length, at);
    if (bytesRead !== length) throw new Error(`${this.#path} is damaged: it ends at octet ${at + bytesRead}`);
    return bytes;
  }

  async close(): Promise<void> {
    await (await this.#file)?.close();
  }
}
