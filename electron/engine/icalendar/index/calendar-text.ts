import type { Finding } from '../../../../shared/model/plan.ts';
import type { CalendarHeader } from '../scan/calendar-table.ts';
import type { ContentLine } from '../lines.ts';
import { fold } from '../repairs/fold.ts';

/** Ours, where a source names no program (RFC 5545 §3.7.3). */
const OWN_PRODID = '-//Hushcal//Hushcal//EN';

/** A VTIMEZONE to be sent: a binary string with CRLF line ends, the last included. */
type ZoneText = string;

/** The lines around the components, and what had to be added or taken away for them. */
interface Envelope {
  readonly head: string;
  readonly findings: readonly Finding[];
}

const TAIL = 'END:VCALENDAR\r\n';
const TAIL_OCTETS = Buffer.from(TAIL, 'latin1');

/**
 * VERSION, PRODID and CALSCALE as the source has them. METHOD is forbidden in what is stored (RFC 4791 §4.1). Other
 * lines of a VCALENDAR (its name, colour, refresh interval) speak about the calendar, not the event, and stay behind.
 */
export function envelopeOf(header: CalendarHeader, firstLine: number): Envelope {
  const findings: Finding[] = [];
  const note = (code: string, message: string): void => {
    findings.push({ kind: 'repair', code, message, line: firstLine });
  };
  if (header.bare) note('calendar-added', 'The event stood alone; a VCALENDAR is put around it.');
  else {
    if (header.version === null || header.version === '') note('version-added', 'VERSION:2.0 is added.');
    else if (header.version !== '2.0') note('version-corrected', `VERSION:${header.version} becomes VERSION:2.0.`);
    if (header.prodid === null || header.prodid === '') note('prodid-added', 'PRODID is added.');
    else if (header.cut === 'PRODID') note('prodid-cut', 'PRODID is longer than 64 KiB; what is beyond is left out.');
  }
  if (header.method !== null) note('method-removed', `METHOD:${header.method} is removed; it is for messages only.`);
  let head = HEADS.get(header);
  if (head === undefined) {
    head = headOf(header);
    HEADS.set(header, head);
  }
  return { head, findings };
}

/** Equal headers are one object, which a hundred thousand events share. */
const HEADS = new WeakMap<CalendarHeader, string>();

function headOf(header: CalendarHeader): string {
  const calscale = header.calscale === null || header.calscale === '' ? '' : `CALSCALE:${header.calscale}\r\n`;
  const prodid = header.prodid === null || header.prodid === '' ? OWN_PRODID : header.prodid;
  return `BEGIN:VCALENDAR\r\nVERSION:2.0\r\n${fold(`PRODID:${prodid}`)}\r\n${calscale}`;
}

/** The whole text of a resource, as octets. */
export function assemble(
  head: string,
  zones: readonly ZoneText[],
  components: readonly (readonly ContentLine[])[],
): Buffer {
  const parts = [head, ...zones];
  for (const lines of components) {
    for (const line of lines) parts.push(line.raw, '\r\n');
  }
  parts.push(TAIL);
  return Buffer.from(parts.join(''), 'latin1');
}

/** The same of a component that is sent as it stands, put together from octets. */
export function assemblePlain(prefix: Buffer, slice: Buffer): Buffer {
  return Buffer.concat([prefix, slice, TAIL_OCTETS]);
}

/** Octets of what `assemble` gives. */
export function assembledBytes(
  head: string,
  zones: readonly ZoneText[],
  components: readonly (readonly ContentLine[])[],
): number {
  let octets = head.length + TAIL.length;
  for (const zone of zones) octets += zone.length;
  for (const lines of components) {
    for (const line of lines) octets += line.raw.length + 2;
  }
  return octets;
}
