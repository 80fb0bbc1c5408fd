/** Four kinds and no more: with a fifth V8 gives up telling them apart, and each access costs several times as much. */
type Numbers = Float64Array | Uint32Array | Int32Array | Uint8Array;

/** A typed array that grows. One number per row: a million rows of an object each would not fit into memory. */
export class Column<T extends Numbers> {
  #values: T;
  readonly #make: (length: number) => T;
  #size = 0;

  constructor(make: (length: number) => T) {
    this.#make = make;
    this.#values = make(1024);
  }

  get size(): number {
    return this.#size;
  }

  push(value: number): number {
    if (this.#size === this.#values.length) {
      const grown = this.#make(this.#values.length * 2);
      grown.set(this.#values);
      this.#values = grown;
    }
    this.#values[this.#size] = value;
    this.#size += 1;
    return this.#size - 1;
  }

  at(row: number): number {
    return this.#values[row] ?? 0;
  }

  set(row: number, value: number): void {
    this.#values[row] = value;
  }
}

export const float64 = (): Column<Float64Array> => new Column((length) => new Float64Array(length));
export const uint32 = (): Column<Uint32Array> => new Column((length) => new Uint32Array(length));
export const int32 = (): Column<Int32Array> => new Column((length) => new Int32Array(length));
export const uint8 = (): Column<Uint8Array> => new Column((length) => new Uint8Array(length));

/** Octets of many short keys, one after the other. */
export class BytePool {
  #bytes = Buffer.alloc(64 * 1024);
  #size = 0;

  get size(): number {
    return this.#size;
  }

  /** Returns where the copy of `source[from, to)` starts. */
  add(source: Buffer, from: number, to: number): number {
    const start = this.#size;
    const end = start + (to - from);
    if (end > this.#bytes.length) {
      const grown = Buffer.alloc(Math.max(this.#bytes.length * 2, end));
      this.#bytes.copy(grown, 0, 0, start);
      this.#bytes = grown;
    }
    source.copy(this.#bytes, start, from, to);
    this.#size = end;
    return start;
  }

  text(start: number, length: number): string {
    return this.#bytes.toString('latin1', start, start + length);
  }

  equal(a: number, b: number, length: number): boolean {
    return this.#bytes.compare(this.#bytes, a, a + length, b, b + length) === 0;
  }

  /** FNV-1a over `[start, start + length)`, mixed with `seed`. */
  hash(start: number, length: number, seed: number): number {
    let hash = (0x811c9dc5 ^ seed) >>> 0;
    for (let at = start; at < start + length; at += 1) hash = Math.imul(hash ^ (this.#bytes[at] ?? 0), 0x01000193);
    return (hash ^ (hash >>> 15)) >>> 0;
  }
}

/** Open addressing over rows that live elsewhere: holds row numbers only, keys are compared by the caller. */
export class RowTable {
  #slots: Int32Array;
  #hashes: Uint32Array;
  #size = 0;

  /** @param expected rows that fit without growing; more may come */
  constructor(expected: number) {
    // A power of two, and never more than half full.
    const slots = 2 ** Math.ceil(Math.log2(Math.max(1024, expected) * 2 + 1));
    this.#slots = new Int32Array(slots).fill(-1);
    this.#hashes = new Uint32Array(slots);
  }

  /** The row with that hash for which `same` says yes, or -1. */
  find(hash: number, same: (row: number) => boolean): number {
    const mask = this.#slots.length - 1;
    for (let slot = hash & mask; ; slot = (slot + 1) & mask) {
      const row = this.#slots[slot] ?? -1;
      if (row < 0) return -1;
      if (this.#hashes[slot] === hash && same(row)) return row;
    }
  }

  add(hash: number, row: number): void {
    if (this.#size * 2 >= this.#slots.length) this.#grow();
    this.#put(hash, row);
    this.#size += 1;
  }

  #put(hash: number, row: number): void {
    const mask = this.#slots.length - 1;
    let slot = hash & mask;
    while ((this.#slots[slot] ?? -1) >= 0) slot = (slot + 1) & mask;
    this.#slots[slot] = row;
    this.#hashes[slot] = hash;
  }

  #grow(): void {
    const slots = this.#slots;
    const hashes = this.#hashes;
    this.#slots = new Int32Array(slots.length * 2).fill(-1);
    this.#hashes = new Uint32Array(slots.length * 2);
    slots.forEach((row, at) => {
      if (row >= 0) this.#put(hashes[at] ?? 0, row);
    });
  }
}
