/** Letters that no shell reads as anything but themselves. */
const PLAIN = /^[\w@%+=:,./-]+$/;

/** A command line that a POSIX shell takes apart into exactly these words again. */
export function shellWords(words: readonly string[]): string {
  return words.map((word) => (PLAIN.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`)).join(' ');
}
