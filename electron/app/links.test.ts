import { expect, test } from 'vitest';
import { DRAFT_URL, mayOpen, README_URL } from './links.ts';

test.each([
  [README_URL, true],
  [DRAFT_URL, true],
  ['http://hushcal.example/', false],
  ['https://evil.example/', false],
  ['https://hushcal.example@evil.example/', false],
  ['https://user@hushcal.example/', false],
  ['file:///etc/passwd', false],
  ['javascript:alert(1)', false],
  ['no address', false],
])('%s may be opened: %s', (address, allowed) => {
  expect(mayOpen(address)).toBe(allowed);
});
