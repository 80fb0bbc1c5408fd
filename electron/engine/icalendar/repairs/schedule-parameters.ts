import type { ContentLine } from '../lines.ts';
import { splitOutsideQuotes, toLine, valueStart } from '../lines.ts';
import type { Draft } from './repair.ts';
import { fold } from './fold.ts';
import { noteRepair } from './repair.ts';

const HINT = /;[ \t]*SCHEDULE-(?:STATUS|FORCE-SEND)/i;
const BOOKKEEPING = /^[ \t]*SCHEDULE-(?:STATUS|FORCE-SEND)[ \t]*(?:=|$)/i;

/**
 * SCHEDULE-STATUS is the old server's note of what it delivered, SCHEDULE-FORCE-SEND an order to send mail now
 * (RFC 6638 §7.2, §7.3). Neither belongs into what is stored anew.
 */
export function dropScheduleParameters(draft: Draft): void {
  if (!draft.lines.some(isSuspect)) return;
  let changedAt = -1;
  draft.lines = draft.lines.map((line) => {
    if (!isSuspect(line)) return line;
    const cleaned = without(line);
    if (cleaned !== line && changedAt < 0) changedAt = line.at;
    return cleaned;
  });
  if (changedAt >= 0) {
    const message = 'SCHEDULE-STATUS and SCHEDULE-FORCE-SEND of the old server are removed.';
    noteRepair(draft, 'schedule-parameters', message, changedAt);
  }
}

function isSuspect({ text }: ContentLine): boolean {
  return text.includes(';') && HINT.test(text);
}

function without(line: ContentLine): ContentLine {
  const start = valueStart(line.text);
  if (start < 0) return line;
  const head = splitOutsideQuotes(line.text.slice(0, start - 1), ';');
  const kept = head.filter((part) => !BOOKKEEPING.test(part));
  if (kept.length === head.length) return line;
  return toLine(fold(`${kept.join(';')}:${line.text.slice(start)}`), true, line.at);
}
