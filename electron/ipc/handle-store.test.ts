import { expect, test } from 'vitest';
import { HushError } from '../../shared/model/failure.ts';
import { Shelf } from './handle-store.ts';

test('the oldest things are let go, a taken one is not', () => {
  const gone: string[] = [];
  const shelf = new Shelf<string>(2, 'It is gone.', (thing) => gone.push(thing));
  const [a, b, c] = ['a', 'b', 'c'].map((thing) => shelf.add(thing)) as [string, string, string];
  expect(gone).toEqual(['a']);
  expect(shelf.get(b)).toBe('b');
  expect(shelf.take(c)).toBe('c');
  shelf.discard(b);
  shelf.discard(b);
  expect(gone).toEqual(['a', 'b']);
  for (const id of [a, b, c, '', 'constructor']) expect(() => shelf.get(id)).toThrow(HushError);
});
