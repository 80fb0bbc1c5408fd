/*
 * A line that begins with a blank goes on the line before it (RFC 5545 §3.1). Programs that print events with an indent
 * mean something else: where a BEGIN or END stands alone on its line and a property follows, no fold is meant, nor between
 * lines of one indent after that. Taken as folds, such lines would swallow the END of the component before them.
 */

const SPACE = 32;
const TAB = 9;
const COLON = 58;
const SEMICOLON = 59;

/** Octets that are looked at after an indent, and of it. */
const LOOKED_AT = 128;

const MARK = /^(?:BEGIN|END)[ \t]*:[ \t]*[A-Z-]+[ \t]*$/i;
/** A component begins, and the line says nothing else. */
const BEGIN =
  /^BEGIN:(?:VEVENT|VTODO|VJOURNAL|VALARM|VFREEBUSY|VTIMEZONE|STANDARD|DAYLIGHT|VCALENDAR)[ \t]*(?=[\r\n]|$)/i;

/** `bytes[from, to)` is a BEGIN or an END, and nothing else. */
export function isMark(bytes: Buffer, from: number, to: number): boolean {
  const first = (bytes[from] ?? 0) | 0x20;
  if ((first !== 0x62 && first !== 0x65) || to - from > LOOKED_AT) return false;
  return MARK.test(bytes.toString('latin1', from, to));
}

/** Blanks before a property at the start of `bytes[from, to)`; 0 where there is none. */
export function indentOf(bytes: Buffer, from: number, to: number): number {
  if (!isBlank(bytes[from])) return 0;
  const start = afterBlanks(bytes, from, to);
  return startsProperty(bytes, start, to) === true ? start - from : 0;
}

/**
 * Whether the blanks at `next` go on the line before. Null where that cannot be told without more octets.
 *
 * @param indent of the line before
 * @param mark the line before is a BEGIN or END, and nothing else, or empty
 * @param last there are no more octets
 */
export function isFold(bytes: Buffer, next: number, indent: number, mark: boolean, last: boolean): boolean | null {
  const { length } = bytes;
  const start = afterBlanks(bytes, next, Math.min(length, next + LOOKED_AT + 1));
  if (indent === 0 && !mark && start === next + 1 && start < length) return true;
  if (start - next > LOOKED_AT) return true;
  if (start === length && !last) return null;
  const property = startsProperty(bytes, start, length);
  if (property === null && !last && length - start < LOOKED_AT) return null;
  if (property !== true) return true;
  if (mark || (indent > 0 && start - next <= indent)) return false;
  if (start - next < 2) return true;
  const begins = beginsComponent(bytes, start, last);
  return begins === null ? null : !begins;
}

/** Null where the line has not ended. */
function beginsComponent(bytes: Buffer, start: number, last: boolean): boolean | null {
  const text = bytes.toString('latin1', start, start + LOOKED_AT);
  if (!/^BEGIN:/i.test(text)) return false;
  if (!last && text.length < LOOKED_AT && !/[\r\n]/.test(text)) return null;
  return BEGIN.test(text);
}

function isBlank(octet: number | undefined): boolean {
  return octet === SPACE || octet === TAB;
}

function afterBlanks(bytes: Buffer, from: number, to: number): number {
  let at = from;
  while (at < to && isBlank(bytes[at])) at += 1;
  return at;
}

/** A name and then a colon or a semicolon; null where the octets end in the name. */
function startsProperty(bytes: Buffer, from: number, to: number): boolean | null {
  for (let at = from; at < to && at - from < LOOKED_AT; at += 1) {
    const octet = bytes[at] ?? 0;
    if (octet === COLON || octet === SEMICOLON) return at > from;
    const letter = octet | 0x20;
    if (!((letter >= 0x61 && letter <= 0x7a) || octet === 0x2d || (octet >= 0x30 && octet <= 0x39))) return false;
  }
  return to - from >= LOOKED_AT ? false : null;
}
