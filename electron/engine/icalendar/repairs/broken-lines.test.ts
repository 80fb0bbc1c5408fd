import { describe, expect, it } from 'vitest';
import { splitLines } from '../lines.ts';
import { mendBrokenLines } from './broken-lines.ts';
import type { Draft } from './repair.ts';

function mend(...lines: string[]): { readonly lines: string[]; readonly notes: string[] } {
  const text = ['BEGIN:VEVENT', ...lines, 'END:VEVENT', ''].join('\r\n');
  const draft: Draft = { lines: splitLines(text), findings: [], firstLine: 10 };
  mendBrokenLines(draft);
  const notes = draft.findings.map(({ message, line }) => `${String(line)} ${message}`);
  return { lines: draft.lines.slice(1, -1).map((line) => line.text), notes };
}

describe('broken lines', () => {
  it('what is sound stays the very same', () => {
    const sound = ['SUMMARY:a\\\\', 'X-A:b\\', 'note:mixed case', 'ATTACH:c:\\dir\\'];
    expect(mend(...sound)).toEqual({ lines: sound, notes: [] });
  });

  it('a line after a text is a new line of it', () => {
    expect(mend('SUMMARY:One', 'two', 'DTSTART:20300101')).toEqual({
      lines: ['SUMMARY:One\\ntwo', 'DTSTART:20300101'],
      notes: ['12 Line 12 is broken: "two". It becomes a new line of SUMMARY.'],
    });
  });

  it('after a line as long as a fold it goes on without a gap', () => {
    const long = `ATTENDEE;CN=${'x'.repeat(50)}:mailto:anna`;
    expect(mend(long, '@example.com').lines).toEqual([`${long}@example.com`]);
  });

  it('after anything else it is left out, and that is said', () => {
    expect(mend('DTSTART:20300101', '-----', 'SUMMARY:a').lines).toEqual(['DTSTART:20300101', 'SUMMARY:a']);
    expect(mend('DTSTART:20300101', '-----').notes).toEqual(['12 Line 12 is broken: "-----". It is left out.']);
  });

  it('a UID stays what it was when events were told apart by it', () => {
    const uid = `UID:${'x'.repeat(70)}`;
    expect(mend(uid, '@example.com').lines).toEqual([uid]);
  });

  it('what looks like a sentence beside a broken line is one, too', () => {
    expect(mend('DESCRIPTION:Bring', 'Note: keys', 'and shoes', 'Tel: 1', 'STATUS:CONFIRMED').lines).toEqual([
      'DESCRIPTION:Bring\\nNote: keys\\nand shoes\\nTel: 1',
      'STATUS:CONFIRMED',
    ]);
  });

  it('a backslash at the end of a text is one; before a broken line it is the end of a line', () => {
    expect(mend('SUMMARY:a\\', 'DTSTART:20300101').lines[0]).toBe('SUMMARY:a\\\\');
    expect(mend('DESCRIPTION:a\\', 'b\\', 'Tel: 1').lines).toEqual(['DESCRIPTION:a\\nb\\nTel: 1']);
  });

  it('an alarm has one ACTION, and not the one that sends mail', () => {
    const alarm = (...lines: string[]): string[] => ['BEGIN:VALARM', ...lines, 'TRIGGER:-PT1M', 'END:VALARM'];
    const two = mend(...alarm('ACTION:EMAIL', 'ACTION:DISPLAY'), ...alarm('ACTION:AUDIO'));
    expect(two.lines.filter((line) => line.startsWith('ACTION'))).toEqual(['ACTION:DISPLAY', 'ACTION:AUDIO']);
    expect(two.notes).toEqual([
      '12 Line 12 is broken: "ACTION:EMAIL". The alarm has another ACTION; this one is left out.',
    ]);
  });

  it('is done with a hundred thousand of them, and names the first ones', () => {
    const many = mend('DESCRIPTION:a', ...Array<string>(100_000).fill('x'.repeat(60)));
    expect(many.lines[0]).toHaveLength('DESCRIPTION:a'.length + 100_000 * 62);
    expect(many.notes).toHaveLength(51);
    const alarm = mend('BEGIN:VALARM', ...Array<string>(100_000).fill('ACTION:DISPLAY'), 'END:VALARM');
    expect(alarm.lines).toHaveLength(3);
  });
});
