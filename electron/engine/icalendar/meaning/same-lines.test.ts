import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sameLines } from './same-lines.ts';

const plain = (text: string): string => text.replace(/\r\n?/g, '\n').replace(/\n+$/, '');

describe('texts with the same lines', () => {
  it('are the same whatever ends their lines, and however many lines end them', () => {
    for (const other of ['a\r\nb\r\n', 'a\nb', 'a\rb\r', 'a\nb\n\n\r\n', 'a\r\nb'])
      expect(sameLines('a\r\nb\r\n', other)).toBe(true);
    expect(sameLines('', '\r\n')).toBe(true);
  });

  it('are not the same when anything else differs', () => {
    for (const other of ['', 'a', 'ab', 'a\n\nb', 'a\r\r\nb', 'a\nb ', 'a\nB', ' a\nb', 'a\nbc', '\na\nb'])
      expect(sameLines('a\r\nb\r\n', other)).toBe(false);
  });

  it('agree with what replacing all line ends gives', () => {
    const text = fc.array(fc.constantFrom('\r', '\n', '\r\n', 'x', 'ü', '😀')).map((parts) => parts.join(''));
    fc.assert(
      fc.property(text, text, (a, b) => {
        expect(sameLines(a, b)).toBe(plain(a) === plain(b));
        expect(sameLines(a, plain(a))).toBe(true);
      }),
    );
  });
});
