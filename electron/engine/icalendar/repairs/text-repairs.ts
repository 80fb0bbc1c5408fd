import { withoutControls } from './control-characters.ts';
import { withCrlf } from './line-ends.ts';
import { splitLines, type ContentLine } from '../lines.ts';
import { keptLines, withoutBlankLines } from './blank-lines.ts';
import type { Draft } from './repair.ts';
import { noteRepair } from './repair.ts';

/** Sets right what is wrong with the text as text, and takes it apart into lines. */
export function repairedLines(text: string, draft: Draft): ContentLine[] {
  const ended = withCrlf(text);
  if (ended !== text) noteRepair(draft, 'line-ends', 'Line ends are made CRLF.');
  const printable = withoutControls(ended);
  if (printable !== ended)
    noteRepair(draft, 'control-characters', 'Control characters that XML cannot hold are removed.');
  const dense = withoutBlankLines(printable);
  const lines = splitLines(dense).filter((line) => line.raw !== '');
  if (dense === printable) return lines;
  noteRepair(draft, 'blank-lines', 'Blank lines are removed.');
  const kept = keptLines(printable);
  return lines.map((line) => ({ ...line, at: kept[line.at] ?? line.at }));
}
