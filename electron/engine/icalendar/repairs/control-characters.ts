/** All but tab, line ends, and what prints; octets from 0x80 on belong to UTF-8 characters. */
const CONTROLS = /[^\t\r\n\x20-\x7e\x80-\xff]/g;
const ANY_CONTROL = /[^\t\r\n\x20-\x7e\x80-\xff]/;

/** XML cannot hold them, so a calendar that holds them cannot be read back by a REPORT (RFC 5545 §3.1 forbids them). */
export function withoutControls(text: string): string {
  return ANY_CONTROL.test(text) ? text.replace(CONTROLS, '') : text;
}
