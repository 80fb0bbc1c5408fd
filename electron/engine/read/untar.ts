import { once } from 'node:events';
import { createReadStream } from 'node:fs';
import { Parser, type ReadEntry } from 'tar';
import type { Budget } from './budget.ts';
import { TooMuch } from './spool.ts';
import type { ReadLimits } from './types.ts';
import { isNoise, isUnsafe, type ArchiveHandler } from './zip.ts';

const FILES: ReadonlySet<string> = new Set(['File', 'OldFile', 'ContiguousFile']);
const LINKS: ReadonlySet<string> = new Set(['Link', 'SymbolicLink']);

/** Unpacks a tar archive (POSIX, GNU) entry by entry, within the limits. One bad entry does not cost another. */
export async function untar(file: string, limits: ReadLimits, budget: Budget, handler: ArchiveHandler): Promise<void> {
  const parser = new Parser({ strict: false });
  const now: UntarProgress = { damaged: false, ended: false, stopped: false, failed: [] };
  let work: Promise<void> = Promise.resolve();
  parser.on('warn', () => (now.damaged = true));
  parser.on('eof', () => (now.ended = true));
  parser.on('entry', (entry: ReadEntry) => {
    work = work.then(async () => {
      try {
        now.stopped ||= !(await oneEntry(entry, limits, budget, handler));
      } catch (thrown) {
        now.failed.push(thrown);
        now.stopped = true;
        entry.resume();
      }
    });
  });
  await feed(parser, file, now);
  await work;
  if (now.failed.length > 0) throw now.failed[0];
  if (!now.stopped && !now.ended) handler.problem('', 'cut-archive');
  else if (now.damaged) handler.problem('', 'damaged-archive');
}

interface UntarProgress {
  damaged: boolean;
  /** The mark was seen that stands at the end of a whole archive. */
  ended: boolean;
  stopped: boolean;
  readonly failed: unknown[];
}

/** Gives the file to the parser as fast as its entries are read. */
async function feed(parser: Parser, file: string, now: UntarProgress): Promise<void> {
  for await (const chunk of createReadStream(file) as AsyncIterable<Buffer>) {
    if (now.stopped) return;
    if (!parser.write(chunk)) await once(parser, 'drain');
  }
  const ended = once(parser, 'end');
  parser.end();
  await ended;
}

/** Returns whether there is room for more. */
async function oneEntry(
  entry: ReadEntry,
  limits: ReadLimits,
  budget: Budget,
  handler: ArchiveHandler,
): Promise<boolean> {
  const name = entry.path.replaceAll('\\', '/');
  const passedOver = (): boolean => {
    entry.resume();
    return true;
  };
  if (!budget.takeEntry()) {
    handler.problem('', 'too-many-entries');
    entry.resume();
    return false;
  }
  if (isNoise(name)) return passedOver();
  if (LINKS.has(entry.type)) handler.problem(name, 'archive-link');
  if (!FILES.has(entry.type)) return passedOver();
  if (isUnsafe(name)) handler.problem(name, 'unsafe-name');
  else if (entry.size > limits.maxFileBytes) handler.problem(name, 'too-large');
  else {
    budget.spend(entry.size);
    if (budget.octets < 0) {
      handler.problem('', 'archive-too-large');
      entry.resume();
      return false;
    }
    try {
      await handler.entry(name, entry as AsyncIterable<Buffer>);
    } catch (thrown) {
      if (!(thrown instanceof TooMuch)) throw thrown;
      handler.problem(name, 'too-large');
    }
  }
  return passedOver();
}
