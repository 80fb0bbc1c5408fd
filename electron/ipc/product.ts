/** What a server calls itself in its answer headers (lower-case names), or null. */
export function nameProduct(headers: Readonly<Record<string, string>>): string | null {
  const davical = headers['x-davical-version'];
  if (davical !== undefined) return `DAViCal ${davical.split(';')[0] ?? ''}`.trim();
  const sabre = headers['x-sabre-version'];
  if (sabre !== undefined) return `sabre/dav ${sabre}`;
  return headers['server'] ?? null;
}
