import { TooMuch } from './spool.ts';
import type { ProblemCode } from './problems.ts';
import type { ReadLimits } from './types.ts';
import type { Entry, ZipFile } from 'yauzl';
import yauzl from 'yauzl';

/** Unpacked octets below which a high ratio is nothing to worry about. */
const HARMLESS = 1024 * 1024;

export interface ZipHandler {
  /** Takes the unpacked octets of an entry; reads them to the end or throws. */
  entry(name: string, content: AsyncIterable<Buffer>): Promise<void>;
  problem(name: string, code: ProblemCode): void;
}

/** Unpacks an archive entry by entry, within the limits. One bad entry does not cost another. */
export async function unpack(file: string, limits: ReadLimits, handler: ZipHandler): Promise<void> {
  let zip: ZipFile;
  try {
    zip = await yauzl.openPromise(file, { autoClose: false, decodeStrings: false, lazyEntries: true });
  } catch {
    handler.problem('', 'damaged-archive');
    return;
  }
  try {
    await eachEntry(zip, limits, handler);
  } finally {
    zip.close();
  }
}

async function eachEntry(zip: ZipFile, limits: ReadLimits, handler: ZipHandler): Promise<void> {
  let entries = 0;
  let total = 0;
  try {
    for await (const entry of zip.eachEntry()) {
      entries += 1;
      if (entries > limits.maxArchiveEntries) {
        handler.problem('', 'too-many-entries');
        return;
      }
      const name = yauzl.getFileNameLowLevel(entry.generalPurposeBitFlag, entry.fileNameRaw, entry.extraFields, false);
      if (isNoise(name)) continue;
      const left = limits.maxArchiveBytes - total;
      total += await oneEntry(zip, entry, name, { limits, left, handler });
      if (total > limits.maxArchiveBytes) {
        handler.problem('', 'archive-too-large');
        return;
      }
    }
  } catch (thrown) {
    if (thrown instanceof Error && thrown.name === 'AbortError') throw thrown;
    handler.problem('', 'damaged-archive');
  }
}

/** Folders, and what macOS packs beside every file. */
function isNoise(name: string): boolean {
  return name.endsWith('/') || /(?:^|\/)(?:__MACOSX\/|\._|\.DS_Store$)/.test(name);
}

interface Room {
  readonly limits: ReadLimits;
  /** Octets that may still come out of this archive. */
  readonly left: number;
  readonly handler: ZipHandler;
}

/** Returns the octets unpacked. */
async function oneEntry(zip: ZipFile, entry: Entry, name: string, room: Room): Promise<number> {
  const { limits, handler } = room;
  if (yauzl.validateFileName(name) !== null) {
    handler.problem(name, 'unsafe-name');
    return 0;
  }
  if (entry.isEncrypted()) {
    handler.problem(name, 'encrypted-archive');
    return 0;
  }
  if (entry.uncompressedSize > limits.maxFileBytes) {
    handler.problem(name, 'too-large');
    return 0;
  }
  const mostByRatio = Math.max(HARMLESS, entry.compressedSize * limits.maxRatio);
  if (entry.uncompressedSize > mostByRatio) {
    handler.problem(name, 'zip-bomb');
    return 0;
  }
  let octets = 0;
  try {
    const stream = await zip.openReadStreamPromise(entry);
    // It may fail before anybody reads from it; whoever reads gets the error then.
    stream.on('error', () => undefined);
    await handler.entry(
      name,
      counted(stream as AsyncIterable<Buffer>, (size) => {
        octets += size;
        if (octets > mostByRatio || octets > room.left) throw new TooMuch();
      }),
    );
  } catch (thrown) {
    if (thrown instanceof Error && thrown.name === 'AbortError') throw thrown;
    // Past the limit of the whole archive it is the archive that is named, by the caller.
    if (octets <= room.left) handler.problem(name, thrown instanceof TooMuch ? 'zip-bomb' : 'damaged-archive');
  }
  return octets;
}

async function* counted(stream: AsyncIterable<Buffer>, count: (octets: number) => void): AsyncGenerator<Buffer> {
  for await (const chunk of stream) {
    count(chunk.length);
    yield chunk;
  }
}
