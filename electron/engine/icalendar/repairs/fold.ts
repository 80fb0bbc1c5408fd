/** Folds at 75 octets, never inside a UTF-8 character (RFC 5545 §3.1). Takes and gives a binary string. */
export function fold(text: string): string {
  const parts: string[] = [];
  let rest = text;
  let room = 75;
  while (rest.length > room) {
    let cut = room;
    while (cut > 1 && (rest.charCodeAt(cut) & 0xc0) === 0x80) cut -= 1;
    parts.push(rest.slice(0, cut));
    rest = rest.slice(cut);
    room = 74;
  }
  parts.push(rest);
  return parts.join('\r\n ');
}
