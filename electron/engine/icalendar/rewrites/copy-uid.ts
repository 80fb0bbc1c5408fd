import { createHash } from 'node:crypto';
import { encode, rawValue, splitLines, toLine } from '../lines.ts';
import { normaliseText } from '../repairs/line-ends.ts';
import { fold } from '../repairs/fold.ts';

/** The UID of a copy: always the same for the same original, so that copying twice makes one copy. */
export function copyUidFor(uid: string): string {
  return `${createHash('sha256').update(`copy of ${uid}`).digest('hex').slice(0, 32)}@copy`;
}

/** The text of a resource (UTF-8) with `uid` in place of the UID of each of its components. Alarms keep theirs. */
export function withNewUid(text: Buffer, uid: string): Buffer {
  let depth = 0;
  const inner: string[] = [];
  const lines = splitLines(normaliseText(text.toString('latin1'))).map((line) => {
    if (line.name === 'BEGIN') {
      const name = rawValue(line.text).trim().toUpperCase();
      if (name !== 'VCALENDAR') depth += 1;
      inner.push(name);
    } else if (line.name === 'END') {
      if (inner.pop() !== 'VCALENDAR') depth -= 1;
    } else if (line.name === 'UID' && depth === 1) {
      return toLine(fold(`UID:${encode(uid)}`), true, line.at);
    }
    return line;
  });
  return Buffer.from(lines.map((line) => `${line.raw}\r\n`).join(''), 'latin1');
}
