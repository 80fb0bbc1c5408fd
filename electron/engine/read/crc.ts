import { crc32 } from 'node:zlib';

/**
 * The same octets; throws at their end when they are not those that the archive was made of. Zip libraries unpack what
 * was not compressed without a look at its CRC.
 */
export async function* crcChecked(content: AsyncIterable<Buffer>, expected: number): AsyncGenerator<Buffer> {
  let crc = 0;
  for await (const chunk of content) {
    crc = crc32(chunk, crc);
    yield chunk;
  }
  if (crc !== expected >>> 0) throw new Error('the CRC is another one');
}
