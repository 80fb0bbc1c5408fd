import { describe, expect, it } from 'vitest';
import * as words from './format.ts';
import { timelineBuckets } from './event/timeline.ts';

describe('numbers', () => {
  it('are grouped and agree with their noun', () => {
    expect(words.plural(1, 'event')).toBe('1 event');
    expect(words.plural(4118, 'event')).toBe('4,118 events');
    expect(words.plural(0, 'person', 'people')).toBe('0 people');
  });

  it('are never rounded up to all', () => {
    expect(words.formatPercent(999, 1000)).toBe('99%');
    expect(words.formatPercent(1000, 1000)).toBe('100%');
  });

  it.each([
    [812, '812 bytes'],
    [1_234_567, '1.2 MB'],
    [34_000_000, '34 MB'],
    [1_000_000_000, '1 GB'],
  ])('%d octets are %s', (bytes, text) => {
    expect(words.formatBytes(bytes)).toBe(text);
  });

  it.each([
    [0.2, '1 s'],
    [59, '59 s'],
    [170, '3 min'],
    [4200, '1 h 10 min'],
    [7200, '2 h'],
  ])('%d seconds are %s', (seconds, text) => {
    expect(words.formatDuration(seconds)).toBe(text);
  });
});

describe('lists and addresses', () => {
  it('read like a sentence', () => {
    expect(words.listWords(['a', 'b', 'c'])).toBe('a, b and c');
    expect(words.listWords(['a'])).toBe('a');
    expect(words.shortAddress('MAILTO:anna@x.org')).toBe('anna@x.org');
  });
});

describe('the timeline', () => {
  const month = (name: string, create: number) => ({ month: name, counts: { create } });

  it('fills the gaps, so that its axis is true', () => {
    const bars = timelineBuckets([month('2025-11', 2), month('2026-02', 1)]);
    expect(bars.map((bar) => [bar.from, bar.total])).toEqual([
      ['2025-11', 2],
      ['2025-12', 0],
      ['2026-01', 0],
      ['2026-02', 1],
    ]);
  });

  it('draws wider bars for many years and loses no event', () => {
    const months = Array.from({ length: 480 }, (_, index) =>
      month(`${String(1986 + Math.floor(index / 12))}-${String((index % 12) + 1).padStart(2, '0')}`, 1),
    );
    const bars = timelineBuckets(months);
    expect(bars.length).toBeLessThanOrEqual(72);
    expect(bars.reduce((sum, bar) => sum + bar.total, 0)).toBe(480);
  });

  it('leaves out what is no month', () => {
    expect(timelineBuckets([month('', 3), month('2026-13', 1)])).toEqual([]);
  });
});
