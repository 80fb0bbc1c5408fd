import { decode, rawValue, toLine, type ContentLine } from '../lines.ts';
import { fold } from './fold.ts';
import { isKnownProperty } from './known-properties.ts';
import type { Draft } from './repair.ts';
import { formatNumber } from '../../../../shared/words/format.ts';

/** What a line that is broken is mended to; nothing of it is sent unless a person consents (rewrites/broken-lines.ts). */
export const BROKEN_LINE = 'broken-line';

/** Octets of a line at which programs fold: one that ends there goes on in the next, even where the blank is missing. */
const [SHORTEST_FOLD, LONGEST_FOLD] = [70, 80];
/** Broken lines that are named one by one. */
const NAMED = 50;
/** Characters of a line that are shown. */
const SHOWN = 60;

/** Properties whose value is text (RFC 5545 §3.3.11), as far as people write lines into them. */
const TEXTS = new Set(['SUMMARY', 'DESCRIPTION', 'LOCATION', 'COMMENT', 'CONTACT', 'RESOURCES', 'X-ALT-DESC']);

/** What is told apart by them was told apart before: they stay as they are. */
const FIXED = new Set(['BEGIN', 'END', 'UID', 'RECURRENCE-ID']);

/**
 * Lines that no server takes, mended as far as what was meant can be told: a line without a name goes on the text before
 * it, or is left out; a backslash at the end of a text is one; an alarm has one ACTION. Each is named, with its line.
 */
export function mendBrokenLines(draft: Draft): void {
  const twice = secondActions(draft.lines);
  if (twice.size === 0 && !draft.lines.some((line) => line.name === '' || endsInBackslash(line))) return;
  const notes = new Notes(draft);
  const strays = straysOf(draft.lines);
  const mended: ContentLine[] = [];
  let last: Growing | null = null;
  for (const [at, line] of draft.lines.entries()) {
    if (strays.has(at)) {
      notes.note(line, last?.add(line) ?? LEFT_OUT);
    } else if (twice.has(at)) {
      notes.note(line, 'The alarm has another ACTION; this one is left out.');
    } else {
      if (last !== null) mended.push(last.end(notes));
      last = new Growing(line);
    }
    last?.passed(line);
  }
  if (last !== null) mended.push(last.end(notes));
  draft.lines = mended;
  notes.end();
}

const LEFT_OUT = 'It is left out.';

/** A line that may go on in the broken ones after it. */
class Growing {
  readonly #line: ContentLine;
  readonly #parts: string[];
  /** Octets of the physical line before the next one. */
  #length = 0;

  constructor(line: ContentLine) {
    this.#line = line;
    this.#parts = [line.text];
  }

  passed({ raw }: ContentLine): void {
    this.#length = raw.length - (raw.lastIndexOf('\n') + 1);
  }

  /** Takes what goes on in the next line, and says so; null where that line fits nowhere. */
  add({ text }: ContentLine): string | null {
    const { name } = this.#line;
    if (FIXED.has(name)) return null;
    const end = this.#parts.at(-1) ?? '';
    const isText = TEXTS.has(name);
    if (isText && isOddBackslash(end)) this.#parts[this.#parts.length - 1] = end.slice(0, -1);
    else if (this.#length >= SHORTEST_FOLD && this.#length <= LONGEST_FOLD) {
      this.#parts.push(text);
      return `It continues ${name} without a gap.`;
    } else if (!isText) return null;
    this.#parts.push('\\n', text);
    return `It becomes a new line of ${name}.`;
  }

  end(notes: Notes): ContentLine {
    const line = this.#line;
    const isMended = this.#parts.length > 1;
    const grown = isMended ? toLine(fold(this.#parts.join('')), true, line.at) : line;
    if (!endsInBackslash(grown)) return grown;
    notes.note(grown, 'The backslash at its end is written as one (\\\\).');
    return toLine(fold(`${grown.text}\\`), true, line.at);
  }
}

/** Names an event whose lines are indented; dedent.ts has taken the blanks away. */
export function noteIndent({ findings, firstLine }: Draft): void {
  const message = `Its lines are indented, from line ${firstLine} on. The blanks before them are taken away.`;
  findings.push({ kind: 'warning', code: BROKEN_LINE, message, line: firstLine });
}

class Notes {
  readonly #draft: Draft;
  #count = 0;

  constructor(draft: Draft) {
    this.#draft = draft;
  }

  note(line: ContentLine, becomes: string): void {
    this.#count += 1;
    const number = this.#draft.firstLine + line.at;
    if (this.#count <= NAMED) this.#add(`Line ${number} is broken: "${shown(line)}". ${becomes}`, line.at);
  }

  end(): void {
    if (this.#count > NAMED) this.#add(`There are ${formatNumber(this.#count - NAMED)} more broken lines in it.`, 0);
  }

  #add(message: string, at: number): void {
    const line = this.#draft.firstLine + at;
    this.#draft.findings.push({ kind: 'warning', code: BROKEN_LINE, message, line });
  }
}

function shown({ text }: ContentLine): string {
  const whole = decode(text);
  return whole.length > SHOWN ? `${whole.slice(0, SHOWN)}…` : whole;
}

/** Positions of lines that are no property: those without a name, and what looks like a sentence beside them. */
function straysOf(lines: readonly ContentLine[]): ReadonlySet<number> {
  const strays = new Set<number>();
  let run: number[] = [];
  let certain = false;
  const end = (): void => {
    if (certain) for (const at of run) strays.add(at);
    run = [];
    certain = false;
  };
  for (const [at, line] of lines.entries()) {
    const prose = line.name !== '' && isProse(line);
    if (line.name !== '' && !prose) {
      end();
      continue;
    }
    const before = lines[at - 1];
    certain ||= line.name === '' || (before !== undefined && endsInBackslash(before));
    run.push(at);
  }
  end();
  return strays;
}

/** `Note: bring the keys`, say: a name that no specification has, and not in the capitals of one. */
function isProse({ name, text }: ContentLine): boolean {
  if (isKnownProperty(name) || /[.]/.test(text.slice(0, text.search(/[:;]/)))) return false;
  return !text.startsWith(name);
}

function endsInBackslash({ name, text }: ContentLine): boolean {
  return isOddBackslash(text) && TEXTS.has(name);
}

/** The backslash at the end is not escaped itself. */
function isOddBackslash(text: string): boolean {
  if (!text.endsWith('\\')) return false;
  let from = text.length;
  while (text.charAt(from - 1) === '\\') from -= 1;
  return (text.length - from) % 2 === 1;
}

/** Positions of the ACTIONs that an alarm has too many: the first stays that sends no mail. */
function secondActions(lines: readonly ContentLine[]): ReadonlySet<number> {
  const dropped = new Set<number>();
  let actions: number[] = [];
  for (const [at, { name }] of lines.entries()) {
    if (name === 'ACTION') actions.push(at);
    if (name !== 'BEGIN' && name !== 'END') continue;
    const kept = actions.find((one) => !isMail(lines[one])) ?? actions[0];
    for (const one of actions) if (one !== kept) dropped.add(one);
    actions = [];
  }
  return dropped;
}

function isMail(line: ContentLine | undefined): boolean {
  return line !== undefined && rawValue(line.text).trim().toUpperCase() === 'EMAIL';
}
