import type { ContentLine } from '../lines.ts';
import { splitOutsideQuotes, toLine, valueStart } from '../lines.ts';
import type { Draft } from './repair.ts';
import { noteRepair } from './repair.ts';

const BOOKKEEPING = /;[ \t]*SCHEDULE-(?:STATUS|FORCE-SEND)[ \t]*=/i;

/**
 * SCHEDULE-STATUS is the old server's note of what it delivered, SCHEDULE-FORCE-SEND an order to send mail now
 * (RFC 6638 §7.2, §7.3). Neither belongs into what is stored anew.
 */
export function dropScheduleParameters(draft: Draft): void {
  let changedAt = -1;
  draft.lines = draft.lines.map((line) => {
    if (!BOOKKEEPING.test(line.text)) return line;
    const cleaned = without(line);
    if (cleaned !== line && changedAt < 0) changedAt = line.at;
    return cleaned;
  });
  if (changedAt >= 0) {
    const message = 'SCHEDULE-STATUS and SCHEDULE-FORCE-SEND of the old server are removed.';
    noteRepair(draft, 'schedule-parameters', message, changedAt);
  }
}

function without(line: ContentLine): ContentLine {
  const start = valueStart(line.text);
  if (start < 0) return line;
  const head = splitOutsideQuotes(line.text.slice(0, start - 1), ';');
  const kept = head.filter((part) => !BOOKKEEPING.test(`;${part}`));
  if (kept.length === head.length) return line;
  return toLine(fold(`${kept.join(';')}:${line.text.slice(start)}`), true, line.at);
}

/** Folds at 75 octets, never inside a UTF-8 character (RFC 5545 §3.1). Takes and gives a binary string. */
export function fold(text: string): string {
  const parts: string[] = [];
  let rest = text;
  let room = 75;
  while (rest.length > room) {
    let cut = room;
    while (cut > 1 && (rest.charCodeAt(cut) & 0xc0) === 0x80) cut -= 1;
    parts.push(rest.slice(0, cut));
    rest = rest.slice(cut);
    room = 74;
  }
  parts.push(rest);
  return parts.join('\r\n ');
}
