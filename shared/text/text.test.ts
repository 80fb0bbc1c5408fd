import fc from 'fast-check';
import { expect, it } from 'vitest';
import { withoutEnd, withoutEnds } from './text.ts';

const words = fc.string({ unit: fc.constantFrom('/', '-', 'a', ' ') });

it('cuts off the end what a pattern would', () => {
  fc.assert(
    fc.property(words, (text) => {
      expect(withoutEnd(text, '/-')).toBe(text.replace(/[/-]+$/, ''));
      expect(withoutEnds(text, ' -')).toBe(text.replace(/^[ -]+|[ -]+$/g, ''));
    }),
  );
});
