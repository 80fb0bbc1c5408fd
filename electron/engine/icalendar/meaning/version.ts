import { rawValue, splitLines } from '../lines.ts';

/** How new a component is: SEQUENCE first, then DTSTAMP, then LAST-MODIFIED (RFC 5546 §2.1.5). */
export class Version {
  readonly sequence: number;
  readonly stamp: string;
  readonly modified: string;

  constructor(sequence: number, stamp: string, modified: string) {
    this.sequence = sequence;
    this.stamp = stamp;
    this.modified = modified;
  }

  isAfter(other: Version): boolean {
    if (this.sequence !== other.sequence) return this.sequence > other.sequence;
    if (this.stamp !== other.stamp) return this.stamp > other.stamp;
    return this.modified > other.modified;
  }
}

/** Reads the version from a component's text with CRLF line ends. */
export function versionOf(text: string): Version {
  let sequence = 0;
  let stamp = '';
  let modified = '';
  let depth = 0;
  for (const line of splitLines(text)) {
    if (line.name === 'BEGIN') depth += 1;
    else if (line.name === 'END') depth -= 1;
    else if (depth !== 1) continue;
    else if (line.name === 'SEQUENCE') sequence = Number.parseInt(rawValue(line.text), 10) || 0;
    else if (line.name === 'DTSTAMP') stamp = rawValue(line.text).trim().toUpperCase();
    else if (line.name === 'LAST-MODIFIED') modified = rawValue(line.text).trim().toUpperCase();
  }
  return new Version(sequence, stamp, modified);
}
