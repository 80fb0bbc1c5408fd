import { describe, expect, it } from 'vitest';
import { readExpression } from './expression.ts';

const finds = (source: string, text: string): boolean => {
  const read = readExpression(source);
  if ('wrong' in read) throw new Error(read.wrong);
  return read.test(text);
};

describe('an expression of a rule', () => {
  it.each([
    ['^win .*!$', 'WIN a prize!', true],
    ['win|lose', 'you lose', true],
    ['invoice \\d{2,}', 'Invoice 2026', true],
    ['\\bkönig\\b', 'Der KÖNIG kommt', true],
    ['\\u00e4', 'Ä', true],
    ['\\x41', 'a', true],
    ['a\\/b', 'a/b', true],
    ['\\(\\?=', 'what (?= is', true],
    ['\\\\1', 'back\\1slash', true],
    ['[^]b', '\nb', true],
    ['^b', 'a\nb', false],
    ['(?<year>\\d{4})', '2026', true],
    ['\\p{Cyrillic}', 'Приз', true],
    ['a.c', 'a\nc', false],
    ['.', '', false],
  ])('%s in %j: %s', (source, text, expected) => {
    expect(finds(source, text)).toBe(expected);
  });

  it.each([
    ['(?=win)', 'lookahead and lookbehind'],
    ['(?!win)', 'lookahead and lookbehind'],
    ['(?<=a)b', 'lookahead and lookbehind'],
    ['a(?<!b)', 'lookahead and lookbehind'],
    ['(a)\\1', 'back-references'],
    ['(?<n>a)\\k<n>', 'back-references'],
    ['[a', 'missing closing ] at "[a"'],
    ['(', 'missing closing ) at "("'],
    ['a**', 'at "**"'],
    ['a{1,2000}', 'invalid repeat count'],
    ['x\\', 'trailing backslash'],
  ])('%s is refused with the reason', (source, reason) => {
    expect(readExpression(source)).toEqual({ wrong: expect.stringContaining(reason) });
  });

  it.each([
    ['(a+)+$', 'a', '!'],
    ['(a|a)*b', 'a', ''],
    ['(.*)*x', '-', ''],
    ['^(\\s*\\S+\\s*)+:$', 'ab ', ''],
    ['(x+x+)+y', 'x', ''],
  ])('%s: a text that is ten times as long takes no forty times as long', (source, unit, end) => {
    const read = readExpression(source);
    if ('wrong' in read) throw new Error(read.wrong);
    // Milliseconds of the processor: a busy machine takes longer by the clock.
    const took = (length: number): number => {
      const text = unit.repeat(length / unit.length) + end;
      const times = [1, 2, 3].map(() => {
        const began = process.cpuUsage();
        read.test(text);
        return process.cpuUsage(began).user / 1000;
      });
      return Math.min(...times);
    };
    took(30_000);
    // A hundred times as long is what quadratic is; what takes no time at all is measured by nothing.
    expect(took(300_000)).toBeLessThan(Math.max(40 * took(30_000), 40));
  });
});
