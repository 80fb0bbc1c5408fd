import { withoutControls } from './control-characters.ts';
import { withCrlf } from './line-ends.ts';
import { withoutBlankLines } from './blank-lines.ts';
import type { Draft } from './repair.ts';
import { noteRepair } from './repair.ts';

/** Sets right what is wrong with the text as text, before it is taken apart into lines. */
export function repairText(text: string, draft: Draft): string {
  const ended = withCrlf(text);
  if (ended !== text) noteRepair(draft, 'line-ends', 'Line ends are made CRLF.');
  const printable = withoutControls(ended);
  if (printable !== ended)
    noteRepair(draft, 'control-characters', 'Control characters that XML cannot hold are removed.');
  const dense = withoutBlankLines(printable);
  if (dense !== printable) noteRepair(draft, 'blank-lines', 'Blank lines are removed.');
  return dense;
}
