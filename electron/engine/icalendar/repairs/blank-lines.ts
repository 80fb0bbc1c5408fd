/** Blank lines between properties are no iCalendar, and strict servers refuse them. Wants CRLF line ends. */
export function withoutBlankLines(text: string): string {
  return text.includes('\r\n\r\n') ? text.replace(/(?:\r\n)+(?=\r\n)/g, '') : text;
}
