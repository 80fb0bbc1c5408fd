import type { ContentLine } from '../lines.ts';
import { parameter, rawValue, toLine } from '../lines.ts';
import { fold } from './fold.ts';
import type { Draft } from './repair.ts';
import { noteRepair } from './repair.ts';

const DATED = new Set(['DTSTART', 'DTEND', 'DUE', 'RECURRENCE-ID', 'EXDATE', 'RDATE']);
const DATES = /^\s*\d{8}(?:,\d{8})*\s*$/;

/** A date says that it is one (RFC 5545 §3.3.4): without VALUE=DATE, servers of the sabre family answer 415. */
export function nameDates(draft: Draft): void {
  let changedAt = -1;
  const lines = draft.lines.map((line) => {
    if (!DATED.has(line.name) || !isBareDate(line)) return line;
    if (changedAt < 0) changedAt = line.at;
    const name = line.name.length;
    const at = line.text.toUpperCase().indexOf(line.name) + name;
    return toLine(fold(`${line.text.slice(0, at)};VALUE=DATE${line.text.slice(at)}`), true, line.at);
  });
  if (changedAt < 0) return;
  draft.lines = lines;
  noteRepair(draft, 'date-value-added', 'VALUE=DATE is added to a date.', changedAt);
}

function isBareDate({ text }: ContentLine): boolean {
  return DATES.test(rawValue(text)) && parameter(text, 'VALUE') === null;
}
