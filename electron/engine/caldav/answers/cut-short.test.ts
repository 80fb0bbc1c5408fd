import { describe, expect, it } from 'vitest';
import { isCutShort } from './cut-short.ts';

const WHOLE = 'BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:a\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n';

describe('a text that was cut on its way', () => {
  it('is one at whatever place it was cut', () => {
    for (let at = 1; at < WHOLE.trimEnd().length; at += 1) expect(isCutShort(WHOLE.slice(0, at)), `${at}`).toBe(true);
  });

  it.each([
    ['whole', WHOLE],
    ['whole, in small letters', WHOLE.toLowerCase()],
    ['whole, without its last line end', WHOLE.trimEnd()],
    ['whole, behind a byte order mark', `\ufeff${WHOLE}`],
    ['whole, behind a byte order mark read octet by octet', Buffer.from(`\ufeff${WHOLE}`).toString('latin1')],
    ['whole, with something behind it', `${WHOLE}<!-- 3 ms -->`],
    ['whole, with a folded end', WHOLE.replace('END:VCALENDAR', 'END:VCAL\r\n ENDAR')],
    ['empty', ''],
    ['no calendar at all', 'hello'],
  ])('is none when it is %s', (_what, text) => {
    expect(isCutShort(text)).toBe(false);
  });

  it('is one when another calendar begins and does not end', () => {
    expect(isCutShort(WHOLE + WHOLE.slice(0, 60))).toBe(true);
  });
});
