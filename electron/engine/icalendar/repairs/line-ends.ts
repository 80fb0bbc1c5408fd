import { withoutControls } from './control-characters.ts';

const CLEAN = /(?:^|[^\r])\n|\r(?!\n)|\r\r/;
/**
 * A CR that ends a line: another line end, a fold, a property (its name may be folded) or the end follows, or the line is
 * a BEGIN or END. Any other CR is a stray character.
 */
const BARE_CR =
  /\r(?:(?=[\r\n \t]|(?:[A-Z0-9._-]|[\r\n][ \t])+[ \t]*[;:]|$)|(?<=(?:^|[\r\n])(?:BEGIN|END)[ \t]*:[^\r\n]*\r))/gi;

/** CRLF after every line, whatever was there: LF, a bare CR, CR CR LF (RFC 5545 §3.1). Returns the text itself if clean. */
export function withCrlf(text: string): string {
  if (!CLEAN.test(text)) return text;
  return text
    .replace(/(?<!\r)\r+\n/g, '\n')
    .replace(BARE_CR, '\n')
    .replace(/\r/g, '')
    .replace(/\n/g, '\r\n');
}

/** Line ends and control characters set right: the form that every later step reads. */
export function normaliseText(text: string): string {
  return withoutControls(withCrlf(text));
}
