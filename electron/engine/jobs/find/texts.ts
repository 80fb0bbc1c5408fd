import { randomUUID } from 'node:crypto';
import { mkdir, open, rm, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';

/** Where a text lies in the file. */
export interface Slot {
  readonly offset: number;
  readonly length: number;
}

/** Texts of found events, on the disk: however many are found, they cost no memory. Only this user may read the file. */
export class KeptTexts {
  readonly #file: FileHandle;
  readonly #path: string;
  #end = 0;

  private constructor(file: FileHandle, path: string) {
    this.#file = file;
    this.#path = path;
  }

  static async open(folder: string): Promise<KeptTexts> {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const path = join(folder, `found-${randomUUID()}.txt`);
    return new KeptTexts(await open(path, 'wx+', 0o600), path);
  }

  async keep(bytes: Buffer): Promise<Slot> {
    const slot = { offset: this.#end, length: bytes.length };
    await this.#file.write(bytes, 0, bytes.length, slot.offset);
    this.#end += bytes.length;
    return slot;
  }

  async read({ offset, length }: Slot): Promise<string> {
    const bytes = Buffer.alloc(length);
    await this.#file.read(bytes, 0, length, offset);
    return bytes.toString('utf8');
  }

  async close(): Promise<void> {
    await this.#file.close();
    await rm(this.#path, { force: true });
  }
}
