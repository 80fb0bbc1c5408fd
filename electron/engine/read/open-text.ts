import { isUtf8 } from 'node:buffer';
import { convertLines, convertUtf16, detectEncoding, isUtf8File, markedEncoding } from './encoding.ts';
import type { Opening } from './opening.ts';

/** iCalendar text: taken as it is where it is UTF-8, else a converted copy. */
export async function openCalendar({ found, head, bytes, limits, spool, signal, add }: Opening): Promise<void> {
  const marked = markedEncoding(head);
  if (marked === 'utf-16le' || marked === 'utf-16be') {
    const copy = await spool.write(convertUtf16(found.at, marked, signal), limits.maxFileBytes);
    add({ ...copy, encoding: marked, format: 'icalendar', spooled: true });
    return;
  }
  // Most calendars are in their head as a whole: thousands of an archive are not opened once more.
  const isPlain = head.length === bytes ? isUtf8(head) : await isUtf8File(found.at, signal);
  const plain = isPlain ? 'utf-8' : await detectEncoding(found.at, signal);
  if (plain === 'utf-8') {
    add({ path: found.at, bytes, encoding: marked ?? 'utf-8', format: 'icalendar', spooled: found.spooled });
    return;
  }
  const copy = await spool.write(convertLines(found.at, plain, signal), limits.maxFileBytes * 2);
  add({ ...copy, encoding: plain, format: 'icalendar', spooled: true });
}

/** jCal (RFC 7265), which is read as a whole later. */
export async function openJcal(opening: Opening): Promise<void> {
  const { found, head, bytes, limits, spool, signal, add } = opening;
  if (bytes > limits.maxWholeBytes) {
    opening.problem('too-large');
    return;
  }
  const encoding = markedEncoding(head) ?? 'utf-8';
  if (encoding !== 'utf-16le' && encoding !== 'utf-16be') {
    add({ path: found.at, bytes, encoding, format: 'jcal', spooled: found.spooled });
    return;
  }
  const copy = await spool.write(convertUtf16(found.at, encoding, signal), limits.maxWholeBytes * 2);
  add({ ...copy, encoding, format: 'jcal', spooled: true });
}
