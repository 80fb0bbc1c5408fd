import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ComponentState } from './splitter.ts';
import { Splitter } from './splitter.ts';

interface Piece {
  readonly name: string;
  readonly start: number;
  readonly end: number;
  readonly line: number;
  readonly state: ComponentState;
}

/** Runs the splitter over `bytes` cut into chunks of the given sizes, in turn. */
function split(bytes: Buffer, sizes: readonly number[]): { pieces: Piece[]; length: number; lines: string[] } {
  const pieces: Piece[] = [];
  const lines: string[] = [];
  let open = { name: '', start: 0, line: 0 };
  const splitter = new Splitter({
    calendarStart: () => lines.push('<'),
    calendarEnd: () => lines.push('>'),
    calendarLine: (chunk, from, to) => lines.push(chunk.toString('latin1', from, to)),
    componentStart: (name, start, line) => (open = { name, start, line }),
    componentLine: (chunk, from, to) => lines.push(chunk.toString('latin1', from, to)),
    componentEnd: (end, state) => pieces.push({ ...open, end, state }),
  });
  for (let at = 0, turn = 0; at < bytes.length; turn += 1) {
    const size = Math.max(sizes[turn % sizes.length] ?? 1, 1);
    // A buffer that is used again for the next chunk, as reading a file does.
    splitter.write(Buffer.from(bytes.subarray(at, at + size)));
    at += size;
  }
  return { pieces, length: splitter.end(), lines };
}

const names = fc.constantFrom('VEVENT', 'VTODO', 'vevent', 'VTIMEZONE', 'VALARM', 'VCALENDAR', 'X-ANY');
const lineEnds = fc.constantFrom('\r\n', '\n', '\r', '\r\r\n', '\r\n\r\n', '\r\n ', '\n\t');
const lines = fc.oneof(
  names.map((name) => `BEGIN:${name}`),
  names.map((name) => `END:${name}`),
  fc.constantFrom(
    'UID:1',
    'SUMMARY:größe',
    'junk',
    '',
    ' folded',
    'BEG',
    'DESCRIPTION:BEGIN:VEVENT',
    '\u0000',
    '\ufeffBEGIN:VCALENDAR',
  ),
  fc.string({ maxLength: 20 }),
);
const streams = fc
  .array(fc.tuple(lines, lineEnds), { maxLength: 40 })
  .map((all) => Buffer.from(all.map(([line, end]) => line + end).join(''), 'utf8'));
const chunkSizes = fc.array(fc.integer({ min: 1, max: 17 }), { minLength: 1, maxLength: 5 });

describe('any stream, cut anyhow', () => {
  test('pieces and the gaps between them are the stream, octet by octet', () => {
    fc.assert(
      fc.property(streams, chunkSizes, (bytes, sizes) => {
        const { pieces, length } = split(bytes, sizes);
        expect(length).toBe(bytes.length);
        const parts: Buffer[] = [];
        let at = 0;
        for (const piece of pieces) {
          expect(piece.start).toBeGreaterThanOrEqual(at);
          expect(piece.end).toBeGreaterThan(piece.start);
          parts.push(bytes.subarray(at, piece.start), bytes.subarray(piece.start, piece.end));
          at = piece.end;
        }
        parts.push(bytes.subarray(at));
        expect(Buffer.concat(parts).equals(bytes)).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  test('the size of the chunks changes nothing', () => {
    fc.assert(
      fc.property(streams, chunkSizes, (bytes, sizes) => {
        expect(split(bytes, sizes)).toEqual(split(bytes, [1 << 20]));
      }),
      { numRuns: 500 },
    );
  });

  test('a piece that is complete begins with its BEGIN and ends with its END', () => {
    fc.assert(
      fc.property(streams, (bytes) => {
        for (const piece of split(bytes, [64]).pieces.filter((one) => one.state === 'complete')) {
          const text = bytes.toString('utf8', piece.start, piece.end).replace(/\r*\n[ \t]|\r[ \t]/g, '');
          expect(text.replace(/^\ufeff/, '')).toMatch(new RegExp(`^BEGIN:${piece.name}\\s`, 'i'));
          expect(text.trimEnd()).toMatch(new RegExp(`END:${piece.name}$`, 'i'));
        }
      }),
      { numRuns: 500 },
    );
  });
});

function piecesOf(text: string): string[] {
  return split(Buffer.from(text), [7]).pieces.map((one) => `${one.name} ${String(one.line)} ${one.state}`);
}

describe('damage', () => {
  test('a BEGIN without an END does not swallow what follows', () => {
    const text = 'BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:1\nBEGIN:VALARM\nBEGIN:VEVENT\nUID:2\nEND:VEVENT\nEND:VCALENDAR\n';
    expect(piecesOf(text)).toEqual(['VEVENT 2 unfinished', 'VEVENT 5 complete']);
  });

  test('a file cut off in the middle costs its last component only', () => {
    const text = 'BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nSUMM';
    expect(piecesOf(text)).toEqual(['VEVENT 2 complete', 'VEVENT 4 unfinished']);
  });

  test('an END of something else is noted, and ends no neighbour', () => {
    const text = 'BEGIN:VEVENT\nBEGIN:VALARM\nEND:VTODO\nEND:VALARM\nEND:VEVENT\nEND:VEVENT\nBEGIN:VTODO\nEND:VTODO\n';
    expect(piecesOf(text)).toEqual(['VEVENT 1 unbalanced', 'VTODO 7 complete']);
  });

  test('an alarm without END is noted', () => {
    expect(piecesOf('BEGIN:VEVENT\nBEGIN:VALARM\nEND:VEVENT\n')).toEqual(['VEVENT 1 unbalanced']);
  });

  test('a poll holds the events it votes on', () => {
    expect(piecesOf('BEGIN:VPOLL\nBEGIN:VEVENT\nEND:VEVENT\nEND:VPOLL\n')).toEqual(['VPOLL 1 complete']);
  });
});

describe('spellings', () => {
  test('lower case, bare CR, a folded name and a byte order mark', () => {
    expect(
      piecesOf('\ufeffbegin:vcalendar\rbegin:vevent\rend:vevent\rBEGIN\r :VTODO\rEND:VTODO\rend:vcalendar'),
    ).toEqual(['VEVENT 2 complete', 'VTODO 4 complete']);
  });

  test('a line of many megabytes is passed over without being held', () => {
    const long = `ATTACH:${'A'.repeat(3_000_000)}`;
    const bytes = Buffer.from(`BEGIN:VEVENT\r\n${long}\r\n more\r\nEND:VEVENT\r\n`);
    for (const size of [1000, 65_536, 1 << 20]) {
      const { pieces, lines: seen } = split(bytes, [size]);
      expect(pieces).toEqual([{ name: 'VEVENT', start: 0, end: bytes.length, line: 1, state: 'complete' }]);
      expect(seen[0]?.startsWith('ATTACH:AAAA')).toBe(true);
    }
  });
});

describe('indented lines', () => {
  const indented = (text: string, blanks = '  '): string => text.replace(/^(?=.)/gm, blanks);

  test('an indented component is one of its own, and ends no neighbour', () => {
    const text = `BEGIN:VEVENT\nEND:VEVENT\n${indented('BEGIN:VEVENT\nUID:2\nEND:VEVENT\n')}BEGIN:VTODO\nEND:VTODO\n`;
    expect(piecesOf(text)).toEqual(['VEVENT 1 complete', 'VEVENT 3 indented', 'VTODO 6 complete']);
  });

  test('nothing goes on an empty line: what follows it indented is a line of its own', () => {
    const text = 'BEGIN:VEVENT\nUID:1\n\n BEGIN:VALARM\n END:VALARM\n\r END:VEVENT\n BEGIN:VTODO\n END:VTODO\n';
    expect(piecesOf(text).map((piece) => piece.split(' ')[0])).toEqual(['VEVENT', 'VTODO']);
  });

  test('a whole file may be indented, deeper inside, by tabs', () => {
    const inner = indented(`BEGIN:VEVENT\n${indented('UID:1\nBEGIN:VALARM\nEND:VALARM\n', '\t')}END:VEVENT\n`, '\t');
    const text = indented(`BEGIN:VCALENDAR\n${inner}END:VCALENDAR\n`);
    expect(piecesOf(text)).toEqual(['VEVENT 2 indented']);
    expect(split(Buffer.from(text), [3]).lines).toEqual(['<', 'UID:1', '>']);
  });

  test('an alarm that is indented after a property begins', () => {
    const alarm = indented('BEGIN:VALARM\nACTION:DISPLAY\nEND:VALARM\n');
    expect(piecesOf(`BEGIN:VEVENT\nSUMMARY:a\n${alarm}END:VEVENT\n`)).toEqual(['VEVENT 1 indented']);
  });

  test('a fold stays a fold', () => {
    const folded = 'BEG\n IN:VEV\n ENT\nSUMMARY:a\n  LOCATION:b\n BEGIN:VEVENT\nEND:VEV\n ENT\n';
    expect(piecesOf(folded)).toEqual(['VEVENT 1 complete']);
  });

  test('hundreds of indented events are seen one by one', () => {
    const one = indented(`BEGIN:VEVENT\nUID:x\nDESCRIPTION:${'y'.repeat(200)}\nEND:VEVENT\n`);
    const pieces = piecesOf(`BEGIN:VCALENDAR\n${one.repeat(500)}END:VCALENDAR\n`);
    expect(pieces).toHaveLength(500);
    expect(pieces.at(-1)).toBe('VEVENT 1998 indented');
  });
});
