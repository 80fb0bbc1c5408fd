import { lineFrom1 } from './format.ts';
import { sealOf, sealed } from './seal.ts';

/*
 * A file of JSON lines of which each can be checked by itself. A line carries its number, its checksum, and in short what
 * the line before it was about: so a damaged one costs what it said, and its neighbour tells about whom.
 *
 *   {"k":"final","row":7,…,"n":31,"after":{"k":"applied","row":7},"sum":"…"}
 */

/** What a line was about: its kind, and whom it names. */
export type Subject = Readonly<Partial<Record<'k' | 'row' | 'rows' | 'member' | 'runId' | 'code', unknown>>>;

export type Line =
  | { readonly kind: 'line'; readonly n: number; readonly value: unknown }
  /** `about`: what the line after it says of it; null when nothing is known of it. */
  | { readonly kind: 'lost'; readonly n: number; readonly about: Subject | null };

export interface LinesEnd {
  /** Whether the file has checksums at all. */
  readonly checked: boolean;
  /** Number of its last line, lost ones counted. */
  readonly last: number;
  readonly subject: Subject | null;
  /** Octets up to the end of its last line; a crash may have torn the one after it. */
  readonly validBytes: number;
  /** The last line has its line end. */
  readonly whole: boolean;
}

/** Writes the lines of one file, from `n` + 1 on. */
export class LineWriter {
  readonly #owner: string;
  #n: number;
  #subject: Subject | null;

  constructor(owner: string, { last, subject }: Pick<LinesEnd, 'last' | 'subject'> = { last: 0, subject: null }) {
    this.#owner = owner;
    this.#n = last;
    this.#subject = subject;
  }

  get last(): number {
    return this.#n;
  }

  /** Without a line end. */
  line(value: object): string {
    this.#n += 1;
    const after = this.#subject;
    this.#subject = subjectOf(value);
    return sealed(JSON.stringify({ ...value, n: this.#n, ...(after === null ? {} : { after }) }), this.#owner);
  }
}

const LF = 0x0a;

/**
 * Every line in order, and every one that is lost in its place.
 *
 * @param atLeast number of the last line that was on the disk for certain
 */
export function* readLines(bytes: Buffer, owner: string, atLeast = 0): Generator<Line, LinesEnd, void> {
  if (atLeast === 0 && !bytes.includes('"sum":"')) return yield* plainLines(bytes);
  let last = 0;
  let subject: Subject | null = null;
  let validBytes = 0;
  let trailing = false;
  for (let at = 0; at < bytes.length;) {
    const found = bytes.indexOf(LF, at);
    const end = found === -1 ? bytes.length : found;
    for (const good of goodLines(bytes.toString('utf8', at, end), owner)) {
      // A number that was there already is a line that somebody put in twice.
      if (good === null || good.n <= last) {
        trailing = found !== -1 || trailing;
        continue;
      }
      for (let n = last + 1; n < good.n; n += 1) yield { kind: 'lost', n, about: n === good.n - 1 ? good.after : null };
      ({ n: last } = good);
      subject = subjectOf(good.value);
      trailing = false;
      validBytes = Math.min(end + 1, bytes.length);
      yield { kind: 'line', n: good.n, value: good.value };
    }
    if (found !== -1) validBytes = end + 1;
    at = end + 1;
  }
  for (const until = Math.max(atLeast, last + (trailing ? 1 : 0)); last < until;) {
    last += 1;
    subject = null;
    yield { kind: 'lost', n: last, about: null };
  }
  return { checked: true, last, subject, validBytes, whole: validBytes === 0 || bytes[validBytes - 1] === LF };
}

/** What no checksum is for, as in format 1: each whole line; one that is no JSON is lost. */
function* plainLines(bytes: Buffer): Generator<Line, LinesEnd, void> {
  const validBytes = bytes.lastIndexOf(LF) + 1;
  let last = 0;
  for (let at = 0; at < validBytes;) {
    const end = bytes.indexOf(LF, at);
    const value = lineFrom1(tryJson(bytes.toString('utf8', at, end)));
    at = end + 1;
    last += 1;
    yield value === undefined ? { kind: 'lost', n: last, about: null } : { kind: 'line', n: last, value };
  }
  return { checked: false, last, subject: null, validBytes, whole: true };
}

interface GoodLine {
  readonly n: number;
  readonly after: Subject | null;
  readonly value: object;
}

const BETWEEN = /(?<="sum":"[0-9a-f]{32}"\})[^](?=\{)/;

/** Null for what cannot be believed. A damaged line end makes one line of two. */
function goodLines(text: string, owner: string): readonly (GoodLine | null)[] {
  if (sealOf(text, owner) === 'good') return [parse(text)];
  return text.split(BETWEEN).map((part) => (sealOf(part, owner) === 'good' ? parse(part) : null));
}

/** Of a text with a good checksum. */
function parse(text: string): GoodLine | null {
  const record = tryJson(text);
  if (typeof record !== 'object' || record === null || !('n' in record) || typeof record.n !== 'number') return null;
  const { n, ...value } = record;
  const after = 'after' in record && typeof record.after === 'object' ? record.after : null;
  return { n, after, value };
}

function subjectOf(value: object): Subject {
  const { k, row, rows, member, runId, failure } = value as Readonly<Record<string, unknown>>;
  const code = typeof failure === 'object' && failure !== null && 'code' in failure ? failure.code : undefined;
  return { k, row, rows, member, runId, code };
}

export function tryJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
