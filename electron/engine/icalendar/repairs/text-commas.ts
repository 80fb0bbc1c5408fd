import type { ContentLine } from '../lines.ts';
import { toLine, valueStart } from '../lines.ts';
import { fold } from './fold.ts';
import type { Draft } from './repair.ts';
import { noteRepair } from './repair.ts';

/** Properties with one TEXT value: a comma in them can only be a comma (RFC 5545 §3.8). */
const SINGLE_TEXT = new Set(['SUMMARY', 'DESCRIPTION', 'LOCATION', 'COMMENT', 'CONTACT']);
const BARE_COMMA = /(?<!\\)((?:\\\\)*),/g;

/**
 * Commas in a text must be escaped (RFC 5545 §3.3.11). Programs that forget it are common, and Radicale cuts the text
 * off at the first one.
 */
export function escapeCommas(draft: Draft): void {
  if (!draft.lines.some(isSuspect)) return;
  let changedAt = -1;
  draft.lines = draft.lines.map((line) => {
    if (!isSuspect(line)) return line;
    const escaped = withEscapedCommas(line);
    if (escaped !== line && changedAt < 0) changedAt = line.at;
    return escaped;
  });
  if (changedAt >= 0) noteRepair(draft, 'commas-escaped', 'Commas in texts are escaped, as they must be.', changedAt);
}

function isSuspect({ name, text }: ContentLine): boolean {
  return SINGLE_TEXT.has(name) && text.includes(',');
}

function withEscapedCommas(line: ContentLine): ContentLine {
  const start = valueStart(line.text);
  if (start < 0) return line;
  const value = line.text.slice(start);
  if (!value.includes(',')) return line;
  const escaped = value.replace(BARE_COMMA, '$1\\,');
  return escaped === value ? line : toLine(fold(line.text.slice(0, start) + escaped), true, line.at);
}
