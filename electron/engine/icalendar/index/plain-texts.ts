import type { ContentLine } from '../lines.ts';
import { BROKEN_LINE } from '../repairs/broken-lines.ts';
import type { Draft } from '../repairs/repair.ts';

/** Different beginnings that are remembered; a backup has one or a few. */
const MAX_PREFIXES = 1000;

/**
 * Which resources are sent exactly as their one component stands in the file, and what goes before it: four octets for
 * each resource. Noted when a resource is first looked at, so that its text need not be taken apart once more.
 */
export class PlainTexts {
  /** Number of the prefix, counted from 1; 0: not looked at yet, or not plain. */
  readonly #numbers: Uint32Array;
  readonly #prefixes: Buffer[] = [];
  readonly #numberOf = new Map<string, number>();

  constructor(size: number) {
    this.#numbers = new Uint32Array(size);
  }

  /** `prefix` is a binary string: the lines of the VCALENDAR and its time zones. */
  note(ordinal: number, prefix: string): void {
    let number = this.#numberOf.get(prefix);
    if (number === undefined) {
      if (this.#prefixes.length >= MAX_PREFIXES) return;
      number = this.#prefixes.push(Buffer.from(prefix, 'latin1'));
      this.#numberOf.set(prefix, number);
    }
    this.#numbers[ordinal] = number;
  }

  /** What goes before the slice; null where the text must be put together line by line. */
  prefix(ordinal: number): Buffer | null {
    return this.#prefixes[(this.#numbers[ordinal] ?? 0) - 1] ?? null;
  }
}

/** Whether a draft still is its slice, octet for octet: nothing repaired, nothing left out, the last line ended. */
export function isPlain({ lines, findings }: Draft, slice: string): boolean {
  if (findings.some(({ kind, code }) => kind === 'repair' || code === BROKEN_LINE)) return false;
  return slice.endsWith('\r\n') && octets(lines) === slice.length;
}

function octets(lines: readonly ContentLine[]): number {
  let sum = 0;
  for (const line of lines) sum += line.raw.length + 2;
  return sum;
}
