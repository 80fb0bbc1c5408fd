import { indentOf, isFold, isMark } from './indents.ts';

const LF = 10;
const CR = 13;
const SPACE = 32;
const TAB = 9;

/** Octets of one logical line that are shown; the rest of a longer line is passed over, never held. */
export const LINE_HEAD = 64 * 1024;

/**
 * One logical (still folded) line: its octets are `bytes[from, to)`, without the line end and, of a line longer
 * than `LINE_HEAD`, only its head. `start` and `end` are octet positions in the stream, `end` after the line end. `line` is
 * 1-based. `indent`: blanks before it that are not shown, see indents.ts.
 */
type LineSink = (
  bytes: Buffer,
  from: number,
  to: number,
  start: number,
  end: number,
  line: number,
  indent: number,
) => void;

/**
 * Finds logical lines (RFC 5545 §3.1) in a stream of chunks of any size. Lines end with LF, CRLF, CR CR LF or a bare
 * CR, mixed at will; a line end followed by a space or a tab is a fold and belongs to the line, unless what follows is
 * indented (indents.ts). What it reports does not depend on how the stream is cut into chunks.
 */
export class LineScanner {
  readonly #sink: LineSink;
  /** Octets of the unfinished logical line, from its start; in long mode only those not yet looked at. */
  #rest: Buffer = Buffer.alloc(0);
  /** Where to go on looking inside `#rest`. */
  #resume = 0;
  /** Position in the stream of the first octet of `#rest`. */
  #base = 0;
  #line = 1;
  #lineOfStart = 1;
  /** Head of a line too long to be held, and where that line started. */
  #head: Buffer | null = null;
  #headStart = 0;
  /** Of the unfinished logical line, once its first physical line has ended. */
  #indent = -1;

  constructor(sink: LineSink) {
    this.#sink = sink;
  }

  write(chunk: Buffer): void {
    this.#scan(this.#rest.length === 0 ? chunk : Buffer.concat([this.#rest, chunk]), false);
  }

  /** Reports what is left as the last line. Returns the length of the stream in octets. */
  end(): number {
    const length = this.#base + this.#rest.length;
    this.#scan(this.#rest, true);
    if (this.#rest.length > 0 || this.#head !== null) {
      this.#report(this.#rest, 0, this.#rest.length, this.#base, length);
      this.#rest = Buffer.alloc(0);
    }
    return length;
  }

  #report(bytes: Buffer, from: number, to: number, start: number, end: number): void {
    const indent = this.#indent < 0 ? this.#indentOf(bytes, from, to) : this.#indent;
    this.#indent = -1;
    if (this.#head === null) {
      this.#sink(bytes, from + indent, Math.min(to, from + LINE_HEAD), start, end, this.#lineOfStart, indent);
    } else {
      this.#sink(this.#head, indent, this.#head.length, this.#headStart, end, this.#lineOfStart, indent);
      this.#head = null;
    }
  }

  #indentOf(bytes: Buffer, from: number, to: number): number {
    return this.#head === null ? indentOf(bytes, from, to) : indentOf(this.#head, 0, this.#head.length);
  }

  #scan(bytes: Buffer, last: boolean): void {
    const length = bytes.length;
    const base = this.#base;
    let from = 0;
    let at = this.#resume;
    let resume = length;
    let lf = -1;
    let cr = -1;
    let crsEnd = -1;
    for (;;) {
      // Looking for one octet at a time is what Node does fastest: twice as fast as a loop over all of them.
      if (lf < at) lf = found(bytes.indexOf(LF, at));
      if (cr < at) cr = found(bytes.indexOf(CR, at));
      at = Math.min(lf, cr, length);
      if (at === length) break;
      // A run of CRs is walked over once, not once for each of them.
      if (at === cr && crsEnd <= at) crsEnd = endOfRun(bytes, at);
      const next = at === lf ? at + 1 : afterCr(bytes, at, crsEnd, last);
      if (next < 0 || (next === length && !last)) {
        // Whether an LF or a fold follows is in the next chunk.
        resume = at;
        break;
      }
      const first = bytes[next];
      if (next < length && (first === SPACE || first === TAB)) {
        // Of a line that is folded already only its indent is known, and it is no BEGIN or END by itself.
        const isFolded = this.#indent >= 0;
        const indent = isFolded ? this.#indent : this.#indentOf(bytes, from, at);
        // Nothing goes on an empty line either.
        const mayEnd = !isFolded && this.#head === null && (at === from || isMark(bytes, from + indent, at));
        const goesOn = isFold(bytes, next, indent, mayEnd, last);
        if (goesOn === null) {
          resume = at;
          break;
        }
        if (goesOn) {
          this.#line += 1;
          this.#indent = indent;
          at = next + 1;
          continue;
        }
      }
      this.#line += 1;
      this.#report(bytes, from, at, base + from, base + next);
      this.#lineOfStart = this.#line;
      from = next;
      at = next;
    }
    this.#keep(bytes, from, resume, base);
  }

  #keep(bytes: Buffer, from: number, resume: number, base: number): void {
    let start = from;
    const long = this.#head !== null;
    if (!long && resume - from > LINE_HEAD) {
      this.#head = Buffer.from(bytes.subarray(from, from + LINE_HEAD));
      this.#headStart = base + from;
    }
    if (this.#head !== null) start = resume;
    this.#rest = Buffer.from(bytes.subarray(start));
    this.#resume = resume - start;
    this.#base = base + start;
  }
}

/** A position that is never reached where nothing was found. */
function found(position: number): number {
  return position < 0 ? Infinity : position;
}

function endOfRun(bytes: Buffer, at: number): number {
  let end = at;
  while (bytes[end] === CR) end += 1;
  return end;
}

/**
 * Position after the line end that begins with the CR at `at`, or -1 when that cannot be told before more octets are
 * there. `crsEnd` is the position after the run of CRs.
 */
function afterCr(bytes: Buffer, at: number, crsEnd: number, last: boolean): number {
  if (crsEnd === bytes.length) return last ? at + 1 : -1;
  return bytes[crsEnd] === LF ? crsEnd + 1 : at + 1;
}
