import type { ContentLine } from '../lines.ts';
import { parameter, rawValue } from '../lines.ts';

const UTC = /^(?:Etc\/)?(?:UTC|GMT|Zulu)$/i;

/** TZIDs that the lines use, in order of appearance, once each. Binary strings. */
export function usedZones(lines: readonly ContentLine[]): string[] {
  const used = new Set<string>();
  for (const line of lines) {
    const zone = parameter(line.text, 'TZID');
    if (zone !== null && zone !== '') used.add(zone);
  }
  return [...used];
}

/** UTC by name needs no definition. */
export function isUtcName(tzid: string): boolean {
  return UTC.test(tzid);
}

/** The earliest year of a time in the zone; this year when there is none. */
export function firstYear(components: readonly (readonly ContentLine[])[], tzid: string): number {
  let first = new Date().getUTCFullYear();
  for (const line of components.flat()) {
    if (!line.text.includes(tzid) || parameter(line.text, 'TZID') !== tzid) continue;
    for (const [year] of rawValue(line.text).matchAll(/\b\d{4}(?=\d{4}T)/g)) first = Math.min(first, Number(year));
  }
  return first;
}
