import { splitLines, toLine, type ContentLine } from '../lines.ts';
import type { Draft } from './repair.ts';
import { noteRepair } from './repair.ts';
import { fold } from './fold.ts';

/** A fold followed by an octet that goes on with a UTF-8 character. */
const SPLIT_CHARACTER = /\r\n[ \t][\x80-\xbf]/;

/** A body with a fold inside a UTF-8 character is no UTF-8 any more; such lines are folded anew. */
export function refoldSplitCharacters(draft: Draft): void {
  if (!draft.lines.some(isSplit)) return;
  let changedAt = -1;
  draft.lines = draft.lines.map((line) => {
    if (!isSplit(line)) return line;
    if (changedAt < 0) changedAt = line.at;
    return foldedAnew(line);
  });
  if (changedAt >= 0) {
    noteRepair(draft, 'fold-inside-character', 'Lines folded inside a character are folded anew.', changedAt);
  }
}

/** The same for a text that is not repaired line by line. Wants CRLF line ends; each line of what is folded anew has one. */
export function withoutSplitCharacters(text: string): string {
  if (!SPLIT_CHARACTER.test(text)) return text;
  return splitLines(text)
    .map((line) => `${(isSplit(line) ? foldedAnew(line) : line).raw}\r\n`)
    .join('');
}

/** A line without a fold is its own unfolded text. */
function isSplit({ raw, text }: ContentLine): boolean {
  return raw.length !== text.length && SPLIT_CHARACTER.test(raw);
}

function foldedAnew(line: ContentLine): ContentLine {
  return toLine(fold(line.text), true, line.at);
}
