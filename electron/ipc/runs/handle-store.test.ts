import { expect, test } from 'vitest';
import { HushError } from '../../../shared/model/failure.ts';
import { HandleStore } from './handle-store.ts';

test('the oldest things are let go, a released one is not', () => {
  const gone: string[] = [];
  const handleStore = new HandleStore<string>(2, 'It is gone.', (thing) => gone.push(thing));
  const [a, b, c] = ['a', 'b', 'c'].map((thing) => handleStore.add(thing)) as [string, string, string];
  expect(gone).toEqual(['a']);
  expect(handleStore.get(b)).toBe('b');
  handleStore.release(c);
  handleStore.discard(b);
  handleStore.discard(b);
  expect(gone).toEqual(['a', 'b']);
  for (const id of [a, b, c, '', 'constructor']) expect(() => handleStore.get(id)).toThrow(HushError);
});
