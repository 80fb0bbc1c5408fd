import { randomBytes } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import yazl from 'yazl';
import { syncFolder } from '../../durably.ts';
import { removeAtExit } from '../temp-folder.ts';

/**
 * Writes a zip beside the file it will become. Entries go out one after the other as they are added, so that no more
 * than one is in memory; nothing has the file's own name before `keepAs`.
 */
export class ArchiveWriter {
  /** Where it is until it is kept. */
  readonly path: string;
  readonly #zip = new yazl.ZipFile();
  readonly #written: Promise<void>;
  #broken: { readonly error: unknown } | null = null;
  /** Until it is kept or put away, it goes with the process. */
  readonly #release: () => void;
  /** Fails the entry that is being taken up. */
  #failEntry: (error: unknown) => void = () => undefined;

  constructor(target: string) {
    this.path = `${target}.${randomBytes(4).toString('hex')}.part`;
    this.#release = removeAtExit(this.path);
    this.#written = pipeline(this.#zip.outputStream, createWriteStream(this.path, { flags: 'wx', mode: 0o600 }));
    this.#written.catch((error: unknown) => {
      this.#broken = { error };
      this.#failEntry(error);
    });
  }

  /** Resolves when the octets have been taken up. Rejects when the disk is full and the like. */
  async add(name: string, bytes: Buffer): Promise<void> {
    if (this.#broken !== null) throw this.#broken.error;
    // The archive keeps the stream until its end, so the stream must not keep the octets.
    let held: Buffer | null = bytes;
    const content = new Readable({
      read() {
        if (held !== null && held.length > 0) this.push(held);
        held = null;
        this.push(null);
      },
    });
    const taken = new Promise<void>((resolve, reject) => {
      this.#failEntry = reject;
      content.once('close', resolve);
    });
    this.#zip.addReadStream(content, name, { size: bytes.length });
    await taken;
  }

  /** Ends the archive; it is whole and on the disk afterwards, still under its temporary name. */
  async finish(): Promise<void> {
    this.#zip.end();
    await this.#written;
    const file = await open(this.path, 'r+');
    try {
      await file.sync();
    } finally {
      await file.close();
    }
  }

  async keepAs(target: string): Promise<void> {
    await rename(this.path, target);
    this.#release();
    await syncFolder(dirname(target));
  }

  /** Removes what was written; after `keepAs` there is nothing to remove. */
  async discard(): Promise<void> {
    this.#zip.outputStream.emit('error', new Error('put away'));
    await this.#written.catch(() => undefined);
    await rm(this.path, { force: true });
    this.#release();
  }
}
