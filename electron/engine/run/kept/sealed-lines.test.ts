import { describe, expect, it } from 'vitest';
import { LineWriter, readLines, type Line, type LinesEnd } from './sealed-lines.ts';

const OWNER = '20260101T000000000-aaaaaaaa';
const RECORDS = [
  { k: 'open' },
  { k: 'intent', rows: [0, 1] },
  { k: 'applied', row: 0, reason: 'Ä "sum" of it' },
  { k: 'final', row: 0 },
  { k: 'settled' },
];

function written(records: readonly object[] = RECORDS, owner = OWNER): Buffer {
  const writer = new LineWriter(owner);
  return Buffer.from(records.map((record) => `${writer.line(record)}\n`).join(''));
}

function read(bytes: Buffer, atLeast = 0): { readonly lines: readonly Line[]; readonly end: LinesEnd } {
  const lines: Line[] = [];
  const walk = readLines(bytes, OWNER, atLeast);
  for (let step = walk.next(); ; step = walk.next()) {
    if (step.done === true) return { lines, end: step.value };
    lines.push(step.value);
  }
}

const lost = (bytes: Buffer, atLeast = 0): readonly unknown[] =>
  read(bytes, atLeast).lines.flatMap((line) => (line.kind === 'lost' ? [[line.n, line.about?.k ?? null]] : []));

describe('lines with checksums', () => {
  it('are read as they were written', () => {
    const { lines, end } = read(written());
    expect(lines.map((line) => (line.kind === 'line' ? line.value : null))).toMatchObject(RECORDS);
    expect(end).toMatchObject({ checked: true, last: 5, whole: true });
  });

  it('lose one line to any flipped bit, and its neighbour says what it was about', () => {
    const bytes = written();
    const ends = [...bytes.keys()].filter((at) => bytes[at] === 0x0a);
    for (let at = 0; at < bytes.length; at += 1) {
      const damaged = Buffer.from(bytes);
      damaged[at] = (damaged[at] ?? 0) ^ (1 << (at % 8));
      const line = ends.filter((end) => end < at).length;
      const isEnd = ends.includes(at);
      const last = line === RECORDS.length - 1;
      // A damaged line end loses nothing.
      const expected = isEnd ? [] : [[line + 1, last ? null : RECORDS[line]?.k]];
      expect([at, lost(damaged)]).toEqual([at, expected]);
    }
  });

  it('that were lost in a row are counted; of the last one of them its neighbour speaks', () => {
    const lines = written().toString('utf8').split('\n');
    expect(lost(Buffer.from([lines[0], lines[3], lines[4], ''].join('\n')))).toEqual([
      [2, null],
      [3, 'applied'],
    ]);
  });

  it('that are fewer than there were are missed, and those of another folder are none', () => {
    expect(lost(Buffer.alloc(0), 2)).toEqual([
      [1, null],
      [2, null],
    ]);
    expect(lost(written([{ k: 'open' }], 'another'))).toEqual([[1, null]]);
  });

  it('end where a crash tore one; the next writer goes on with the number', () => {
    const whole = written();
    const { end } = read(whole.subarray(0, -5));
    expect(end).toMatchObject({ last: 4, validBytes: whole.lastIndexOf(0x0a, whole.length - 2) + 1 });
    const more = new LineWriter(OWNER, end).line({ k: 'resumed' });
    expect(lost(Buffer.concat([whole.subarray(0, end.validBytes), Buffer.from(`${more}\n`)]))).toEqual([]);
  });
});
