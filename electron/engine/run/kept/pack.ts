import { createHash } from 'node:crypto';
import { open, type FileHandle } from 'node:fs/promises';
import { basename } from 'node:path';
import { HushError } from '../../../../shared/model/failure.ts';
import type { Slice } from '../types.ts';

/** Octets collected before a write. */
const CHUNK = 1 << 20;

/** Many texts in one file, one after the other. Callers append one at a time; the slice says where each one is. */
export class PackWriter {
  readonly #file: FileHandle;
  #at: number;
  #chunks: Buffer[] = [];
  #size = 0;
  /** A write failed: where the next text would stand is not known. */
  #broken: { readonly error: unknown } | null = null;

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
    const slice = { at: this.#at, length: bytes.length, sha256: sha256Of(bytes) };
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
    try {
      await this.#flush();
    } finally {
      await this.#file.close();
    }
  }

  async #flush(): Promise<void> {
    if (this.#broken !== null) throw this.#broken.error;
    if (this.#size === 0) return;
    const bytes = Buffer.concat(this.#chunks);
    this.#chunks = [];
    this.#size = 0;
    try {
      await this.#file.appendFile(bytes);
    } catch (error) {
      this.#broken = { error };
      throw error;
    }
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
  /** Null when there is none. */
  #file: Promise<FileHandle | null> | null = null;
  /** By number; the least recently read one first. */
  readonly #blocks = new Map<number, Promise<Buffer>>();

  constructor(path: string) {
    this.#path = path;
  }

  /**
   * Throws HushError (skip-item) `TEXT_DAMAGED` when the octets are not those that were written there. A slice without a
   * hash, of an earlier version, is checked for its length only.
   */
  async read({ at, length, sha256 }: Slice): Promise<Buffer> {
    const bytes = await this.#octets(at, length);
    if (bytes.length < length || (sha256 !== undefined && sha256Of(bytes) !== sha256)) {
      throw textDamaged(`${basename(this.#path)} at octet ${at}`);
    }
    return bytes;
  }

  async close(): Promise<void> {
    this.#blocks.clear();
    await (await this.#file)?.close();
  }

  /** May be fewer than asked for: where the pack ends. */
  async #octets(at: number, length: number): Promise<Buffer> {
    const block = Math.floor(at / BLOCK);
    const from = at - block * BLOCK;
    if (from + length > BLOCK) return this.#load(at, length);
    return (await this.#block(block)).subarray(from, from + length);
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

  async #load(at: number, length: number): Promise<Buffer> {
    this.#file ??= openIfThere(this.#path);
    const file = await this.#file;
    if (file === null) return Buffer.alloc(0);
    const bytes = Buffer.allocUnsafe(length);
    const { bytesRead } = await file.read(bytes, 0, length, at);
    return bytes.subarray(0, bytesRead);
  }
}

async function openIfThere(path: string): Promise<FileHandle | null> {
  try {
    return await open(path, 'r');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
}

/** The failure of a text that cannot be believed; it costs its own row and no other. */
export const TEXT_DAMAGED = 'TEXT_DAMAGED';

export function textDamaged(where: string): HushError {
  return new HushError({
    code: TEXT_DAMAGED,
    message: `Its text in ${where} is damaged: it is not what was written there.`,
    reaction: 'skip-item',
  });
}

/** The octets, or null where they are damaged; anything else is thrown. */
export async function readUndamaged(pack: PackReader, slice: Slice): Promise<Buffer | null> {
  try {
    return await pack.read(slice);
  } catch (error) {
    if (error instanceof HushError && error.failure.code === TEXT_DAMAGED) return null;
    throw error;
  }
}

function sha256Of(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex');
}
