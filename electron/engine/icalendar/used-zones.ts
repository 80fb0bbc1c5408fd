import type { ContentLine } from './lines.ts';
import { parameter } from './lines.ts';

const UTC = /^(?:Etc\/)?(?:UTC|GMT|Zulu)$/i;

/** TZIDs that the lines use, in order of appearance, once each. Binary strings. */
export function usedZones(lines: readonly ContentLine[]): string[] {
  const used = new Set<string>();
  for (const line of lines) {
    if (!line.text.includes(';')) continue;
    if (!/TZID/i.test(line.text)) continue;
    const zone = parameter(line.text, 'TZID');
    if (zone !== null && zone !== '') used.add(zone);
  }
  return [...used];
}

/** UTC by name needs no definition. */
export function isUtcName(tzid: string): boolean {
  return UTC.test(tzid);
}
