import { rawValue, toLine } from '../lines.ts';
import type { Draft } from './repair.ts';
import { depths, noteRepair } from './repair.ts';

const UTC_TIME = /^\d{8}T\d{6}Z$/i;
const NEEDS = new Set(['VEVENT', 'VTODO', 'VJOURNAL', 'VFREEBUSY', 'VPOLL', 'VAVAILABILITY']);

/** RFC 5545 §3.6 wants a DTSTAMP. The time of the last change known, so that the text is the same in every run. */
export function addDtstamp(draft: Draft, kind: string): void {
  if (!NEEDS.has(kind)) return;
  if (hasStamp(draft)) return;
  const depth = depths(draft.lines);
  const own = (name: string): string | undefined => {
    const line = draft.lines.find((one, at) => one.name === name && depth[at] === 0);
    return line === undefined ? undefined : rawValue(line.text).trim();
  };
  const stamp = [own('LAST-MODIFIED'), own('CREATED')].find((one) => one !== undefined && UTC_TIME.test(one));
  const line = toLine(`DTSTAMP:${stamp ?? '19700101T000000Z'}`, false, 0);
  draft.lines = [...draft.lines.slice(0, 1), line, ...draft.lines.slice(1)];
  noteRepair(draft, 'dtstamp-added', 'The event had no DTSTAMP; it gets one.');
}

function hasStamp({ lines }: Draft): boolean {
  let depth = -1;
  for (const line of lines) {
    if (line.name === 'BEGIN') depth += 1;
    // Looked for at the depth of the component itself; a stray END does not lead out of it.
    else if (line.name === 'DTSTAMP' && depth <= 0) return true;
    else if (line.name === 'END') depth -= 1;
  }
  return false;
}
