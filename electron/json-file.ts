import { mkdir, readFile, rename } from 'node:fs/promises';
import { dirname } from 'node:path';
import { randomUUID } from 'node:crypto';
import type { z } from 'zod';
import { replaceDurably } from './durably.ts';

/** A small JSON file that is read once, checked by a schema, and replaced as a whole on each change. */
export class JsonFile<T> {
  readonly #path: string;
  readonly #schema: z.ZodType<T>;
  #value: T;
  #written: Promise<void> = Promise.resolve();

  private constructor(path: string, schema: z.ZodType<T>, value: T) {
    this.#path = path;
    this.#schema = schema;
    this.#value = value;
  }

  /** A file that is missing gives `initial`; so does one that cannot be read, which is kept beside it. */
  static async open<T>(path: string, schema: z.ZodType<T>, initial: T): Promise<JsonFile<T>> {
    const text = await readFile(path, 'utf8').catch((thrown: unknown) => (isMissing(thrown) ? null : ''));
    if (text === null) return new JsonFile(path, schema, initial);
    const result = schema.safeParse(parseJson(text));
    if (result.success) return new JsonFile(path, schema, result.data);
    await rename(path, `${path}.unreadable-${randomUUID().slice(0, 8)}`);
    return new JsonFile(path, schema, initial);
  }

  get value(): T {
    return this.#value;
  }

  /** Resolves when the new value is on the disk. Writes follow one another; readers of the file never see half of one. */
  set(value: T): Promise<void> {
    this.#value = this.#schema.parse(value);
    const write = this.#written.then(() => this.#write(value));
    this.#written = write.catch(() => undefined);
    return write;
  }

  async #write(value: T): Promise<void> {
    await mkdir(dirname(this.#path), { recursive: true, mode: 0o700 });
    await replaceDurably(this.#path, `${JSON.stringify(value, null, 2)}\n`);
  }
}

function isMissing(thrown: unknown): boolean {
  return thrown instanceof Error && 'code' in thrown && thrown.code === 'ENOENT';
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
