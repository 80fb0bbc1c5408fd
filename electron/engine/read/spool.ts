import { mkdir, open, rm } from 'node:fs/promises';
import path from 'node:path';
import { randomUUID } from 'node:crypto';

/** Thrown inside when more comes out than the limit allows. */
export class TooMuch extends Error {}

/** Copies that we write, under names of our own: a name from an archive never becomes a path. */
export class Spool {
  readonly dir: string;
  readonly #prefix = randomUUID();
  #count = 0;

  constructor(dir: string) {
    this.dir = dir;
  }

  /** Writes the chunks to a new file; removes it again and throws when that fails. */
  async write(chunks: AsyncIterable<Buffer>, maxBytes: number): Promise<{ path: string; bytes: number }> {
    await mkdir(this.dir, { recursive: true, mode: 0o700 });
    this.#count += 1;
    const target = path.join(this.dir, `${this.#prefix}-${String(this.#count)}.ics`);
    const handle = await open(target, 'wx', 0o600);
    let bytes = 0;
    try {
      for await (const chunk of chunks) {
        bytes += chunk.length;
        if (bytes > maxBytes) throw new TooMuch();
        await handle.writeFile(chunk);
      }
    } catch (thrown) {
      await handle.close();
      await rm(target, { force: true });
      throw thrown;
    }
    await handle.close();
    return { path: target, bytes };
  }

  async remove(target: string): Promise<void> {
    await rm(target, { force: true });
  }
}
