import { decodeCopy, encode, rawValue, splitLines, unescapeText } from '../lines.ts';
import { normaliseText } from '../repairs/line-ends.ts';
import { topComponents } from './summarise.ts';

/**
 * The UIDs of an object, each once, also where a server gave no more of it than them (RFC 4791 §9.6). UIDs of what is
 * inside an event (alarms, RFC 9074 §4) do not count.
 */
export function uidsOf(text: string): readonly string[] {
  const uids = new Set<string>();
  for (const component of topComponents(splitLines(normaliseText(encode(text))))) {
    let depth = 0;
    for (const line of component) {
      if (line.name === 'BEGIN') depth += 1;
      else if (line.name === 'END') depth -= 1;
      else if (line.name === 'UID' && depth === 1) uids.add(decodeCopy(unescapeText(rawValue(line.text))).trim());
    }
  }
  uids.delete('');
  return [...uids];
}
