import { expect, test } from 'vitest';
import { beginsAnew } from './begin-anew.ts';

test('the page is another one before it is said why, and an engine that ends with each page waits for the person', async () => {
  const seen: string[] = [];
  let read: () => void = () => undefined;
  const ended = beginsAnew(
    () => ({ reload: () => void seen.push('reload') }),
    () => {
      seen.push('tell');
      return new Promise((resolve) => (read = resolve));
    },
  );
  const first = ended();
  expect(seen).toEqual(['reload', 'tell']);

  const more = [ended(), ended()];
  await Promise.all(more);
  expect(seen, 'one dialog, and no page after page behind it').toEqual(['reload', 'tell']);

  read();
  await expect.poll(() => seen).toEqual(['reload', 'tell', 'reload', 'tell']);
  read();
  await first;
  expect(seen).toHaveLength(4);

  void ended();
  expect(seen.slice(4)).toEqual(['reload', 'tell']);
});
