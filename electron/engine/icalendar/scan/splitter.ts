import { ANY_FOLD } from '../lines.ts';
import { LineScanner } from './line-scanner.ts';

/**
 * `complete`, or why a component is not: its END is missing, its inner BEGINs and ENDs do not match, there are more
 * components inside each other than anybody means, or its UID or RECURRENCE-ID is longer than anybody writes. `indented`:
 * complete, and lines of it have blanks before them (indents.ts).
 */
export type ComponentState = 'complete' | 'unfinished' | 'unbalanced' | 'too-deep' | 'long-key' | 'indented';

/** Components inside each other. The deepest that standards know of is four: VPOLL, VEVENT, VALARM, VLOCATION. */
const DEEPEST = 32;

/** What the splitter tells while the stream runs through it. Positions are octets from the start of the stream. */
export interface SplitHandler {
  /** BEGIN:VCALENDAR. */
  calendarStart(start: number, line: number): void;
  /** `closed`: its END was there. */
  calendarEnd(closed: boolean): void;
  /** A line of the calendar itself: `bytes[from, to)`, still folded. */
  calendarLine(bytes: Buffer, from: number, to: number): void;
  /** A component directly inside a VCALENDAR (or standing alone) starts. `name` is in upper case. */
  componentStart(name: string, start: number, line: number): void;
  /** A line of that component itself, not of one inside it. */
  componentLine(bytes: Buffer, from: number, to: number): void;
  componentEnd(end: number, state: ComponentState): void;
}

/** Components that never stand inside another one, VPOLL aside: their BEGIN shows that an END is missing before it. */
const TOP_LEVEL = new Set(['VEVENT', 'VTODO', 'VJOURNAL', 'VFREEBUSY', 'VTIMEZONE', 'VPOLL', 'VAVAILABILITY']);

/**
 * Splits a stream of iCalendar text into the components directly inside VCALENDAR, without changing or copying an
 * octet. BEGIN and END count only at the start of a line, in any letter case. A component whose END is missing ends
 * where the next one begins, so that it never swallows its neighbours.
 */
export class Splitter {
  readonly #handler: SplitHandler;
  readonly #scanner: LineScanner;
  /** Names of the open components, the one directly inside the calendar first. */
  readonly #open: string[] = [];
  #inCalendar = false;
  #unbalanced = false;
  #tooDeep = false;
  #indented = false;

  constructor(handler: SplitHandler) {
    this.#handler = handler;
    this.#scanner = new LineScanner((bytes, from, to, start, end, line, indent) => {
      const before = this.#open.length;
      this.#indented ||= indent > 0 && before > 0;
      this.#line(bytes, from, to, start, end, line);
      // Its own BEGIN is the first of its lines.
      if (before === 0 && this.#open.length > 0) this.#indented = indent > 0;
    });
  }

  write(chunk: Buffer): void {
    this.#scanner.write(chunk);
  }

  /** Ends the stream; returns its length in octets. */
  end(): number {
    const length = this.#scanner.end();
    this.#close(length, 'unfinished');
    this.#leaveCalendar();
    return length;
  }

  #line(bytes: Buffer, from: number, to: number, start: number, end: number, line: number): void {
    const first = (bytes[from] ?? 0) | 0x20;
    // b, e; or the first octet of a byte order mark.
    if (first === 0x62 || first === 0x65 || first === 0xef) {
      const skipped = startsWithByteOrderMark(bytes, from) ? 3 : 0;
      const mark = markOf(bytes, from + skipped, to);
      // A byte order mark belongs to a file, so it stands before the first BEGIN of one.
      if (mark !== null && (skipped === 0 || (mark.begins && this.#isOutside(mark.name)))) {
        if (mark.begins) this.#begin(mark.name, start + skipped, line);
        else this.#end(mark.name, start, end);
        return;
      }
    }
    if (this.#open.length === 1) this.#handler.componentLine(bytes, from, to);
    else if (this.#open.length === 0 && this.#inCalendar) this.#handler.calendarLine(bytes, from, to);
  }

  #begin(name: string, start: number, line: number): void {
    if (name === 'VCALENDAR') {
      this.#close(start, 'unfinished');
      this.#leaveCalendar();
      this.#inCalendar = true;
      this.#handler.calendarStart(start, line);
      return;
    }
    if (this.#open.length > 0 && TOP_LEVEL.has(name) && !this.#mayHold(name)) this.#close(start, 'unfinished');
    this.#open.push(name);
    this.#tooDeep ||= this.#open.length > DEEPEST;
    if (this.#open.length === 1) {
      this.#unbalanced = false;
      this.#tooDeep = false;
      this.#handler.componentStart(name, start, line);
    }
  }

  #isOutside(name: string): boolean {
    return this.#open.length === 0 || name === 'VCALENDAR';
  }

  /** A VPOLL holds the events it votes on; a component that nobody knows may hold anything. */
  #mayHold(name: string): boolean {
    const outer = this.#open[0] ?? '';
    if (outer === 'VPOLL') return this.#open.length === 1 && name !== 'VPOLL';
    return !TOP_LEVEL.has(outer) && outer !== 'VALARM';
  }

  #end(name: string, start: number, end: number): void {
    if (name === 'VCALENDAR') {
      this.#close(start, 'unfinished');
      this.#leaveCalendar(true);
      return;
    }
    if (this.#open[this.#open.length - 1] === name) {
      this.#open.pop();
    } else {
      // The END of something else: close down to it if it is open, else it is a stray line.
      if (this.#open.length === 0) return;
      this.#unbalanced = true;
      const at = this.#open.lastIndexOf(name);
      if (at >= 0) this.#open.length = at;
    }
    if (this.#open.length > 0) return;
    this.#handler.componentEnd(end, this.#state());
  }

  #state(): ComponentState {
    if (this.#tooDeep) return 'too-deep';
    if (this.#unbalanced) return 'unbalanced';
    return this.#indented ? 'indented' : 'complete';
  }

  #close(at: number, state: ComponentState): void {
    if (this.#open.length === 0) return;
    this.#open.length = 0;
    this.#handler.componentEnd(at, state);
  }

  #leaveCalendar(closed = false): void {
    if (this.#inCalendar) this.#handler.calendarEnd(closed);
    this.#inCalendar = false;
  }
}

/** A line that begins or ends a component. */
interface Mark {
  readonly begins: boolean;
  /** Upper case. */
  readonly name: string;
}

/** Octets of a BEGIN or END line that are looked at. */
const LONGEST = 256;

/** What lines say that were seen before: a file has a handful of different ones, a million times. */
const KNOWN = new Map<string, Mark | null>();
const MOST_KNOWN = 1000;

/** `BEGIN:NAME` or `END:NAME` in any letter case, folded or not; null otherwise. */
function markOf(bytes: Buffer, from: number, to: number): Mark | null {
  // No name is that long: such a line closes nothing, but a BEGIN or END it is.
  const text = bytes.toString('latin1', from, Math.min(to, from + LONGEST));
  const known = KNOWN.get(text);
  if (known !== undefined) return known;
  const mark = readMark(text);
  if (KNOWN.size >= MOST_KNOWN) KNOWN.clear();
  KNOWN.set(text, mark);
  return mark;
}

function readMark(text: string): Mark | null {
  const match = /^(BEGIN|END)[ \t]*:([^]*)$/i.exec(text.includes('\n') || text.includes('\r') ? unfold(text) : text);
  if (match === null) return null;
  return { begins: (match[1] ?? '').length === 5, name: (match[2] ?? '').trim().toUpperCase() };
}

function startsWithByteOrderMark(bytes: Buffer, from: number): boolean {
  return bytes[from] === 0xef && bytes[from + 1] === 0xbb && bytes[from + 2] === 0xbf;
}

function unfold(text: string): string {
  return text.replace(ANY_FOLD, '');
}
