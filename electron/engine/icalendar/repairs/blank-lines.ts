/**
 * Blank lines between properties are no iCalendar, and strict servers refuse them. A blank line that is folded goes on
 * with a line of its own: without its fold, or it would become a part of the line before. Wants CRLF line ends.
 */
export function withoutBlankLines(text: string): string {
  return text.includes('\r\n\r\n') ? text.replace(/(?<=\r\n)(?:\r\n[ \t]*)+/g, '') : text;
}
