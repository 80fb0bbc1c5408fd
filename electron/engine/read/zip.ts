import type { Budget } from './budget.ts';
import { openEntry } from './zip-entry.ts';
import { TooMuch } from './spool.ts';
import type { ProblemCode } from './problems.ts';
import type { ReadLimits } from './types.ts';
import type { Entry, ZipFile } from 'yauzl';
import yauzl from 'yauzl';

/**
 * Unpacked octets of one entry below which a high ratio is nothing to worry about: a text of one word, over and over, is
 * somebody's event. Many such entries are held against the ratio together (budget.ts).
 */
const HARMLESS = 1024 * 1024;

/** What becomes of what is in an archive. */
export interface ArchiveHandler {
  /** Takes the unpacked octets of an entry; reads them to the end or throws. */
  entry(name: string, content: AsyncIterable<Buffer>): Promise<void>;
  problem(name: string, code: ProblemCode): void;
}

/** Unpacks an archive entry by entry, within the limits. One bad entry does not cost another. */
export async function unpack(file: string, limits: ReadLimits, budget: Budget, handler: ArchiveHandler): Promise<void> {
  let zip: ZipFile;
  try {
    zip = await yauzl.openPromise(file, { autoClose: false, decodeStrings: false, lazyEntries: true });
  } catch {
    handler.problem('', 'damaged-archive');
    return;
  }
  try {
    await eachEntry(zip, { limits, budget, handler });
  } finally {
    zip.close();
  }
}

async function eachEntry(zip: ZipFile, room: Room): Promise<void> {
  const { budget, handler } = room;
  try {
    for await (const entry of zip.eachEntry()) {
      if (!budget.takeEntry()) {
        handler.problem('', 'too-many-entries');
        return;
      }
      const name = yauzl.getFileNameLowLevel(entry.generalPurposeBitFlag, entry.fileNameRaw, entry.extraFields, false);
      if (isNoise(name)) continue;
      await oneEntry(zip, entry, name, room);
      if (budget.octets < 0) {
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
export function isNoise(name: string): boolean {
  return name.endsWith('/') || /(?:^|\/)(?:__MACOSX\/|\._|\.DS_Store$)/.test(name);
}

/** A name that leads out of the archive; `/` between its parts. */
export function isUnsafe(name: string): boolean {
  return yauzl.validateFileName(name) !== null;
}

/** Unpacked octets of so many packed ones beyond which nobody honest goes. */
export function mostUnpacked(packed: number, limits: ReadLimits): number {
  return Math.max(HARMLESS, packed * limits.maxRatio);
}

/** Whether an entry is a symbolic link, as archives made on Unix say it. */
function isLink(entry: Entry): boolean {
  return entry.versionMadeBy >> 8 === 3 && ((entry.externalFileAttributes >>> 16) & 0o170000) === 0o120000;
}

interface Room {
  readonly limits: ReadLimits;
  readonly budget: Budget;
  readonly handler: ArchiveHandler;
}

async function oneEntry(zip: ZipFile, entry: Entry, name: string, room: Room): Promise<void> {
  const { limits, budget, handler } = room;
  if (isUnsafe(name)) {
    handler.problem(name, 'unsafe-name');
    return;
  }
  if (isLink(entry)) {
    handler.problem(name, 'archive-link');
    return;
  }
  if (entry.isEncrypted()) {
    handler.problem(name, 'encrypted-archive');
    return;
  }
  if (entry.uncompressedSize > limits.maxFileBytes) {
    handler.problem(name, 'too-large');
    return;
  }
  const mostByRatio = mostUnpacked(entry.compressedSize, limits);
  if (entry.uncompressedSize > mostByRatio) {
    handler.problem(name, 'zip-bomb');
    return;
  }
  let octets = 0;
  try {
    const content = await openEntry(zip, entry);
    await handler.entry(
      name,
      counted(content, (size) => {
        octets += size;
        budget.spend(size);
        if (octets > mostByRatio || budget.octets < 0) throw new TooMuch();
      }),
    );
  } catch (thrown) {
    if (thrown instanceof Error && thrown.name === 'AbortError') throw thrown;
    // Past the limit of the whole archive it is the archive that is named, by the caller.
    if (budget.octets >= 0) handler.problem(name, thrown instanceof TooMuch ? 'zip-bomb' : 'damaged-archive');
  }
}

async function* counted(stream: AsyncIterable<Buffer>, count: (octets: number) => void): AsyncGenerator<Buffer> {
  for await (const chunk of stream) {
    count(chunk.length);
    yield chunk;
  }
}
