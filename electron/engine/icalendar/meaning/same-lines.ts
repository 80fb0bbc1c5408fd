const LF = 10;
const CR = 13;

/**
 * Whether two texts hold the same lines: CRLF, LF and a lone CR all end a line (a multistatus does not carry them, XML
 * 1.0 §2.11), and empty lines at the end do not count. Walks over both texts without copying either.
 */
export function sameLines(a: string, b: string): boolean {
  const [endA, endB] = [contentEnd(a), contentEnd(b)];
  let atB = 0;
  for (let atA = 0; atA < endA; atA += 1, atB += 1) {
    if (atB >= endB) return false;
    const codeA = a.charCodeAt(atA);
    const codeB = b.charCodeAt(atB);
    if (codeA === codeB && codeA !== CR) continue;
    if (!isLineEnd(codeA) || !isLineEnd(codeB)) return false;
    if (codeA === CR && a.charCodeAt(atA + 1) === LF) atA += 1;
    if (codeB === CR && b.charCodeAt(atB + 1) === LF) atB += 1;
  }
  return atB >= endB;
}

function isLineEnd(code: number): boolean {
  return code === LF || code === CR;
}

/** Where the line ends at the end of a text begin. */
function contentEnd(text: string): number {
  let end = text.length;
  while (end > 0 && isLineEnd(text.charCodeAt(end - 1))) end -= 1;
  return end;
}
