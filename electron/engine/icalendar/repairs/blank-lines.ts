/**
 * Blank lines between properties are no iCalendar, and strict servers refuse them. A blank line that is folded goes on
 * with a line of its own: without its fold, or it would become a part of the line before. Wants CRLF line ends.
 */
export function withoutBlankLines(text: string): string {
  return text.includes('\r\n\r\n') ? text.replace(/(?<=\r\n)(?:\r\n[ \t]*)+/g, '') : text;
}

/** Of each line of the text without its blank lines, which line of the text it is; both 0-based. */
export function keptLines(text: string): number[] {
  const kept: number[] = [];
  let before = false;
  for (const [at, line] of text.split('\r\n').entries()) {
    const blank: boolean = at > 0 && (line === '' || (before && line.trim() === ''));
    if (!blank) kept.push(at);
    before = blank;
  }
  return kept;
}
