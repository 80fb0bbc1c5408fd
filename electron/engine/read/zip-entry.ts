import { PassThrough } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { crc32 } from 'node:zlib';
import type { Entry, ZipFile } from 'yauzl';

/**
 * The unpacked octets of an entry; throws at their end when they are not those that its CRC says. Zip libraries unpack
 * without a look at it. What goes wrong before anybody reads is thrown to whoever reads then: an entry that cannot be
 * unpacked never just does not end.
 */
export async function openEntry(zip: ZipFile, entry: Entry): Promise<AsyncIterable<Buffer>> {
  const stream = await zip.openReadStreamPromise(entry);
  const octets = new PassThrough();
  pipeline(stream, octets).catch(() => undefined);
  return crcChecked(octets as AsyncIterable<Buffer>, entry.crc32);
}

async function* crcChecked(content: AsyncIterable<Buffer>, expected: number): AsyncGenerator<Buffer> {
  let crc = 0;
  for await (const chunk of content) {
    crc = crc32(chunk, crc);
    yield chunk;
  }
  if (crc !== expected >>> 0) throw new Error('the CRC is another one');
}
