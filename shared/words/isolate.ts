/**
 * Foreign text within a sentence of ours: it runs in the direction of its own letters, and nothing in it turns ours round.
 * Between FSI and PDI (UAX #9), without marks of its own that could end that.
 */
export function isolate(text: string): string {
  return `\u2068${text.replace(/[\u202a-\u202e\u2066-\u2069]/g, '')}\u2069`;
}
