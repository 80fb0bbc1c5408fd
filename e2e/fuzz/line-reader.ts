/**
 * Logical lines of iCalendar octets, one character per octet: any line end, unfolded, without blank lines and control
 * characters. Shares nothing with the reader under test, so that a mistake there cannot hide itself here.
 */
export function* linesOf(bytes: Uint8Array): Generator<string> {
  let line: string | null = null;
  for (const physical of physicalLines(bytes)) {
    if (/^[ \t]/.test(physical) && line !== null) line += physical.slice(1);
    else {
      if (line !== null) yield* printable(line);
      line = physical;
    }
  }
  if (line !== null) yield* printable(line);
}

function* physicalLines(bytes: Uint8Array): Generator<string> {
  const text = Buffer.from(bytes)
    .toString('latin1')
    .replace(/^\xef\xbb\xbf/, '');
  yield* text.split(/\r+\n|\r|\n/);
}

function* printable(line: string): Generator<string> {
  const kept = line.replace(/[^\t\x20-\x7e\x80-\xff]/g, '').trim();
  if (kept !== '') yield kept;
}
