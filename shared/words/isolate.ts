/** Letters that run from right to left, and the marks that turn letters round (UAX #9). */
const TURNS =
  /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff\u200e\u200f\u202a-\u202e\u2066-\u2069\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u;

/**
 * Foreign text within a sentence of ours: it runs in the direction of its own letters, and nothing in it turns ours round.
 * Between FSI and PDI (UAX #9), without marks of its own that could end that; as it is where nothing in it could.
 */
export function isolate(text: string): string {
  return TURNS.test(text) ? `\u2068${text.replace(/[\u202a-\u202e\u2066-\u2069]/g, '')}\u2069` : text;
}
