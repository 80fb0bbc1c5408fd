import type { Column } from './columns.ts';
import { BytePool, float64, int32, uint32, uint8 } from './columns.ts';

export const STATUS = { live: 0, duplicate: 1, rejected: 2 } as const;
export const STATES = ['complete', 'unfinished', 'unbalanced', 'too-deep', 'long-key', 'indented'] as const;

/** One row per component that was found, in order of appearance. VTIMEZONEs are not in it: they belong to calendars. */
export class ComponentTable {
  readonly file: Column<Uint32Array> = uint32();
  /** Row of the calendar it stands in, see calendar-table.ts. */
  readonly calendar: Column<Uint32Array> = uint32();
  readonly offset: Column<Float64Array> = float64();
  readonly length: Column<Uint32Array> = uint32();
  readonly line: Column<Uint32Array> = uint32();
  /** Position in `kinds`. */
  readonly kind: Column<Uint32Array> = uint32();
  /** Position in `STATES`. */
  readonly state: Column<Uint8Array> = uint8();
  readonly hasStart: Column<Uint8Array> = uint8();
  readonly uidStart: Column<Uint32Array> = uint32();
  readonly uidLength: Column<Uint32Array> = uint32();
  /** The key of the RECURRENCE-ID, in the pool right after the UID; length 0 for a master. */
  readonly recurrenceLength: Column<Uint32Array> = uint32();
  /** The UID was made by us. */
  readonly uidMade: Column<Uint8Array> = uint8();
  readonly status: Column<Uint8Array> = uint8();
  /** Next component of the same resource, -1 at the end. */
  readonly next: Column<Int32Array> = int32();
  readonly keys: BytePool = new BytePool();
  readonly kinds: string[] = [];
  readonly #kindOf = new Map<string, number>();

  get size(): number {
    return this.file.size;
  }

  kindNumber(name: string): number {
    const known = this.#kindOf.get(name);
    if (known !== undefined) return known;
    // Names beyond count are somebody's attack; they are all refused alike.
    if (this.kinds.length >= 1000) return 0;
    this.kinds.push(name);
    this.#kindOf.set(name, this.kinds.length - 1);
    return this.kinds.length - 1;
  }

  kindName(row: number): string {
    return this.kinds[this.kind.at(row)] ?? '';
  }

  isIndented(row: number): boolean {
    return STATES[this.state.at(row)] === 'indented';
  }

  uid(row: number): string {
    return this.keys.text(this.uidStart.at(row), this.uidLength.at(row));
  }

  sameResource(a: number, b: number): boolean {
    const length = this.uidLength.at(a);
    if (length !== this.uidLength.at(b) || this.kind.at(a) !== this.kind.at(b)) return false;
    return this.keys.equal(this.uidStart.at(a), this.uidStart.at(b), length);
  }

  sameInstance(a: number, b: number): boolean {
    const length = this.recurrenceLength.at(a);
    if (length !== this.recurrenceLength.at(b) || !this.sameResource(a, b)) return false;
    return this.keys.equal(
      this.uidStart.at(a) + this.uidLength.at(a),
      this.uidStart.at(b) + this.uidLength.at(b),
      length,
    );
  }
}
