import { diffWordsWithSpace } from 'diff';

/** A part of a text; `own`: the other text has it not. */
export interface Piece {
  readonly text: string;
  readonly own: boolean;
}

interface WordDiff {
  readonly before: readonly Piece[];
  readonly after: readonly Piece[];
}

/** Words that may differ, and characters that are compared: beyond these, all is said to differ. So the time is bounded. */
const MOST_EDITS = 600;
const LONGEST = 20_000;

/** Which words of two texts differ. What is beyond `LONGEST` characters is one piece, equal or not. */
export function wordDiff(before: string, after: string): WordDiff {
  const [left, right] = [before.slice(0, LONGEST), after.slice(0, LONGEST)];
  const rest = [before.slice(LONGEST), after.slice(LONGEST)] as const;
  // Undefined beyond the limit.
  const sides = diffWordsWithSpace(left, right, { maxEditLength: MOST_EDITS }) ?? [
    { value: left, added: false, removed: true },
    { value: right, added: true, removed: false },
  ];
  const piecesOf = (other: 'added' | 'removed', own: 'added' | 'removed', tail: string): readonly Piece[] => {
    const pieces = sides.flatMap((part) => (part[other] ? [] : [{ text: part.value, own: part[own] }]));
    const all = tail === '' ? pieces : [...pieces, { text: tail, own: rest[0] !== rest[1] }];
    return all.filter(({ text }) => text !== '');
  };
  return { before: piecesOf('added', 'removed', rest[0]), after: piecesOf('removed', 'added', rest[1]) };
}
