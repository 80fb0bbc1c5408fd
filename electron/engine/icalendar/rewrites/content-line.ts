import type { ContentLine } from '../lines.ts';
import { splitOutsideQuotes, toLine, valueStart } from '../lines.ts';
import { fold } from '../repairs/fold.ts';

/** A line taken apart so that each piece is as it was written: joined again it is the same line. */
interface LinePieces {
  /** The name, then each parameter as written, e.g. `CN="Berg, Bob"`. */
  readonly head: readonly string[];
  readonly value: string;
}

/** Null for a line without a value. */
export function piecesOf(line: ContentLine): LinePieces | null {
  const start = valueStart(line.text);
  if (start < 0) return null;
  return { head: splitOutsideQuotes(line.text.slice(0, start - 1), ';'), value: line.text.slice(start) };
}

/** The line of these pieces, folded anew; the very same line where nothing changed. */
export function withPieces(line: ContentLine, { head, value }: LinePieces): ContentLine {
  const text = `${head.join(';')}:${value}`;
  return text === line.text ? line : newLine(text, line.at);
}

/** A line of its own. `text` is a binary string, unfolded; `at` the place where a person finds its reason. */
export function newLine(text: string, at: number): ContentLine {
  return toLine(fold(text), true, at);
}

/** Name of a parameter as written, upper case. */
export function parameterName(piece: string): string {
  return (piece.split('=')[0] ?? '').trim().toUpperCase();
}
