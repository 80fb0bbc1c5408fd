import { LineScanner } from './line-scanner.ts';

/** A component without the blanks before its lines; folds stay, each with its one blank. As many lines as before. */
export function dedented(slice: Buffer): Buffer {
  const parts: string[] = [];
  const scanner = new LineScanner((_bytes, _from, _to, start, end, _line, indent) => {
    const raw = slice.toString('latin1', start, end);
    parts.push(
      indent === 0
        ? raw
        : raw
            .slice(indent)
            .replace(FOLD, (_all, lineEnd: string, blanks: string) => lineEnd + (blanks.slice(indent) || ' ')),
    );
  });
  scanner.write(slice);
  scanner.end();
  return Buffer.from(parts.join(''), 'latin1');
}

const FOLD = /(\r\n|\n|\r)([ \t]+)/g;
/** A line before which a time zone has blanks. */
const INDENTED = /^[ \t]|(?:BEGIN|END):[\w-]+[ \t]*[\r\n]+[ \t]/i;

/** The same of a time zone, of which nobody noted it, as a binary string. */
export function dedentedZone(slice: Buffer): string {
  const text = slice.toString('latin1');
  return INDENTED.test(text) ? dedented(slice).toString('latin1') : text;
}
