import { differingProperties } from '../../icalendar/summary/differences.ts';
import { meaningBehind, meaningOf } from '../../icalendar/meaning/meaning.ts';
import { sameLines } from '../../icalendar/meaning/same-lines.ts';
import type { VerdictWord } from '../types.ts';

interface Comparison {
  readonly verdict: Extract<VerdictWord, 'same' | 'rewritten' | 'changed'>;
  /** Properties that differ: in spelling for `rewritten`, in meaning for `changed`. */
  readonly properties: readonly string[];
}

/** Whether a stored text means what was meant to be sent. `digest` stands for `sent`: see meaning.ts. */
export function sameMeaning(stored: string, sent: string, digest: string): boolean {
  return sameLines(stored, sent) || meaningOf(stored) === meaningBehind(digest, sent);
}

/** What the server made of a text. Line ends do not count: a multistatus does not carry them. */
export function compareTexts(stored: string, sent: string, digest: string): Comparison {
  if (sameLines(stored, sent)) return { verdict: 'same', properties: [] };
  if (meaningOf(stored) === meaningBehind(digest, sent))
    return { verdict: 'rewritten', properties: rewrittenProperties(stored, sent) };
  const properties = differingProperties(stored, sent);
  return { verdict: 'changed', properties: properties.length > 0 ? properties : rewrittenProperties(stored, sent) };
}

/**
 * Whether a stored text is what was sent, less some of its lines: nobody but a server that drops properties makes such a one.
 * Who wrote it (PRODID) does not count.
 */
export function isSentInPart(stored: string, sent: string): boolean {
  const left = new Map<string, number>();
  for (const line of unfoldedLines(sent)) left.set(line, (left.get(line) ?? 0) + 1);
  return unfoldedLines(stored).every((line) => {
    const count = left.get(line) ?? 0;
    left.set(line, count - 1);
    return count > 0 || nameOf(line) === 'PRODID';
  });
}

/** Names of the properties whose lines are not the same octets in both texts, however they are ordered. */
function rewrittenProperties(stored: string, sent: string): readonly string[] {
  const counts = new Map<string, number>();
  for (const line of unfoldedLines(stored)) counts.set(line, (counts.get(line) ?? 0) + 1);
  for (const line of unfoldedLines(sent)) counts.set(line, (counts.get(line) ?? 0) - 1);
  const names = new Set<string>();
  for (const [line, count] of counts) if (count !== 0) names.add(nameOf(line));
  return [...names].sort();
}

function unfoldedLines(text: string): readonly string[] {
  return text
    .replace(/\r\n?/g, '\n')
    .replace(/\n[ \t]/g, '')
    .split('\n')
    .filter((line) => line !== '');
}

function nameOf(line: string): string {
  return (/^[^:;]*/.exec(line)?.[0] ?? '').toUpperCase();
}
