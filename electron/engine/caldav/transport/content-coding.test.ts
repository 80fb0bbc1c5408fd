import { gzipSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { tooLarge, unpack } from './content-coding.ts';

const MIB = 1024 * 1024;
const chunks = [gzipSync(Buffer.alloc(4 * MIB, 'x'))];

it.each([1, 2, 50])('a list that is refused at its part %i says why, not that it cannot be unpacked', async (nth) => {
  let parts = 0;
  const sink = {
    write: () => {
      parts += 1;
      if (parts === nth) throw tooLarge(MIB);
    },
    end: () => undefined,
  };
  await expect(unpack(chunks, 'gzip', 512 * MIB, sink)).rejects.toMatchObject({
    failure: { code: 'ANSWER_TOO_LARGE' },
  });
  expect(parts).toBe(nth);
});

it('more than may come out, and what cannot come out, are two failures', async () => {
  await expect(unpack(chunks, 'gzip', MIB, null)).rejects.toMatchObject({ failure: { code: 'ANSWER_TOO_LARGE' } });
  const cut = [chunks[0]?.subarray(0, 200) ?? Buffer.alloc(0)];
  await expect(unpack(cut, 'gzip', 512 * MIB, null)).rejects.toMatchObject({ failure: { code: 'ANSWER_PACKED' } });
});
