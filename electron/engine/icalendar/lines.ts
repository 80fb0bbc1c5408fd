/**
 * Text is handled as "binary strings": one character per octet, made with `latin1`. Nothing is lost that way, whatever
 * the octets are, and a fold inside a UTF-8 character heals when the line is unfolded. `decode` gives what a person reads.
 */
export interface ContentLine {
  /** Upper case, without a group prefix; empty for a line that is no property (RFC 5545 §3.1). */
  readonly name: string;
  /** The line as it stands, folds included, without its line end. */
  readonly raw: string;
  /** The line unfolded. */
  readonly text: string;
  /** Physical line, counted from the start of the slice, 0-based. */
  readonly at: number;
}

const NAME = /^[A-Za-z0-9_-]+(?:\.[A-Za-z0-9_-]+)?[ \t]*(?=[;:])/;

/** A line end of any kind. A run of CRs is walked over once, wherever the looking begins. */
export const ANY_LINE_END = /(?<!\r)\r*\n|\r/g;
/** The same before a space or a tab: the line goes on (RFC 5545 §3.1). */
export const ANY_FOLD = /(?:(?<!\r)\r*\n|\r)[ \t]/g;

/** Splits text with CRLF line ends into logical lines; blank lines at the end are no lines. */
export function splitLines(text: string): ContentLine[] {
  const lines: ContentLine[] = [];
  let at = 0;
  let start = 0;
  while (start < text.length) {
    let end = text.indexOf('\r\n', start);
    let folds = 0;
    while (end >= 0 && isBlank(text.charCodeAt(end + 2))) {
      folds += 1;
      end = text.indexOf('\r\n', end + 2);
    }
    const raw = text.slice(start, end < 0 ? text.length : end);
    lines.push(toLine(raw, folds > 0, at));
    if (end < 0) break;
    at += folds + 1;
    start = end + 2;
  }
  return lines;
}

function isBlank(code: number): boolean {
  return code === 32 || code === 9;
}

export function toLine(raw: string, folded: boolean, at: number): ContentLine {
  const text = folded ? raw.replace(/\r\n[ \t]/g, '') : raw;
  return { name: propertyName(text), raw, text, at };
}

function propertyName(text: string): string {
  // Most names are in upper case already and end where their line says so; only the others are looked at closely.
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if ((code >= 65 && code <= 90) || code === 45) continue;
    if (at > 0 && (code === 58 || code === 59)) return text.slice(0, at);
    break;
  }
  const match = NAME.exec(text);
  if (match === null) return '';
  const name = match[0].trimEnd();
  return name.slice(name.indexOf('.') + 1).toUpperCase();
}

/** Where the value starts: after the first colon that stands outside quotes; -1 when there is none. */
export function valueStart(text: string): number {
  const colon = text.indexOf(':');
  if (colon < 0) return -1;
  const quote = text.indexOf('"');
  if (quote < 0 || quote > colon) return colon + 1;
  let quoted = false;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === 34) quoted = !quoted;
    else if (code === 58 && !quoted) return at + 1;
  }
  // A quote that never closes: the first colon is the best guess.
  return colon + 1;
}

/** The value as written, still escaped. */
export function rawValue(text: string): string {
  const start = valueStart(text);
  return start < 0 ? '' : text.slice(start);
}

interface Parameter {
  /** Upper case. */
  readonly name: string;
  /** Without quotes, still encoded after RFC 6868. */
  readonly values: readonly string[];
}

/** Parameters in order of appearance (RFC 5545 §3.2); a parameter without `=` has no values. */
export function parameters(text: string): Parameter[] {
  const end = valueStart(text);
  const head = end < 0 ? text : text.slice(0, end - 1);
  if (!head.includes(';')) return [];
  return splitOutsideQuotes(head, ';')
    .slice(1)
    .map((part) => {
      const equals = part.indexOf('=');
      if (equals < 0) return { name: part.trim().toUpperCase(), values: [] };
      const values = splitOutsideQuotes(part.slice(equals + 1), ',').map(unquote);
      return { name: part.slice(0, equals).trim().toUpperCase(), values };
    });
}

/** First value of the named parameter, or null. `name` is in upper case. */
export function parameter(text: string, name: string): string | null {
  const first = text.indexOf(';');
  if (first < 0) return null;
  const quote = text.indexOf('"');
  const colon = text.indexOf(':');
  const end = colon < 0 ? text.length : colon;
  if (quote >= 0 && quote < end) return parameters(text).find((one) => one.name === name)?.values[0] ?? null;
  // Without quotes nothing need be taken apart but the parameter itself: each line with a time is asked for its zone.
  let equals = -1;
  for (let at = first; at < end;) {
    const next = before(text.indexOf(';', at + 1), end);
    // Looked for anew only when it was passed: a line may have a million parameters, and no `=` at all.
    if (equals <= at) equals = before(text.indexOf('=', at + 1), end);
    const nameEnd = Math.min(equals, next);
    if (isNamed(text, at + 1, nameEnd, name)) {
      if (nameEnd === next) return null;
      return unquote(text.slice(nameEnd + 1, before(text.indexOf(',', nameEnd + 1), next)));
    }
    at = next;
  }
  return null;
}

function isNamed(text: string, from: number, to: number, name: string): boolean {
  if (to - from === name.length && text.startsWith(name, from)) return true;
  return text.slice(from, to).trim().toUpperCase() === name;
}

/** A position that was looked for, or `end` where nothing was found before it. */
function before(position: number, end: number): number {
  return position < 0 || position > end ? end : position;
}

export function splitOutsideQuotes(text: string, separator: string): string[] {
  if (!text.includes('"')) return text.split(separator);
  const mark = separator.charCodeAt(0);
  const parts: string[] = [];
  let start = 0;
  let quoted = false;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === 34) quoted = !quoted;
    else if (code === mark && !quoted) {
      parts.push(text.slice(start, at));
      start = at + 1;
    }
  }
  parts.push(text.slice(start));
  return parts;
}

function unquote(value: string): string {
  const trimmed = value.trim();
  return trimmed.startsWith('"') ? trimmed.replace(/^"|"$/g, '') : trimmed;
}

/** RFC 5545 §3.3.11: `\n`, `\N`, `\,`, `\;`, `\\`. A backslash before anything else stays. */
export function unescapeText(value: string): string {
  if (!value.includes('\\')) return value;
  return value.replace(/\\([nN,;\\])/g, (_all, one: string) => (one === 'n' || one === 'N' ? '\n' : one));
}

/** A binary string as a person reads it; octets that are no UTF-8 become U+FFFD. */
export function decode(binary: string): string {
  return NOT_ASCII.test(binary) ? decodeCopy(binary) : binary;
}

const NOT_ASCII = /[\x80-\xff]/;

/** The same for what is kept: a part of a text would keep the whole text in memory, a copy does not. */
export function decodeCopy(binary: string): string {
  if (NOT_ASCII.test(binary)) return Buffer.from(binary, 'latin1').toString('utf8');
  // V8 joins the two into a text of its own before it takes a part of that: a copy, without the way through octets.
  return ` ${binary}`.slice(1);
}

/** Ordinary text as a binary string. */
export function encode(text: string): string {
  return Buffer.from(text, 'utf8').toString('latin1');
}
