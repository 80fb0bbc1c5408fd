import { expect, test } from 'vitest';
import { parseShard } from './shard.ts';

test('--shard takes i/n and nothing else', () => {
  expect(parseShard('2/8')).toEqual({ index: 2, of: 8 });
  for (const text of ['0/2', '3/2', '1', '1/0', 'a/b', '-1/2'])
    expect(() => parseShard(text)).toThrow('part of a whole');
});
