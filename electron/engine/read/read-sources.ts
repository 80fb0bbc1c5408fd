import { open, stat } from 'node:fs/promises';
import path from 'node:path';
import { decodeHead } from './encoding.ts';
import { Budget } from './budget.ts';
import { filesIn } from './folder.ts';
import { DEFAULT_LIMITS } from './limits.ts';
import { openGzip, openTar, openZip } from './open-archive.ts';
import { openCalendar, openJcal } from './open-text.ts';
import { openDavAnswer, openMail, openPropertyList } from './open-wrapped.ts';
import { CALENDAR_NAME, type Opening, type PendingFile } from './opening.ts';
import type { ProblemCode } from './problems.ts';
import { fileProblem, problem } from './problems.ts';
import type { Kind } from './sniff.ts';
import { HEAD_BYTES, sniff } from './sniff.ts';
import { Spool, TooMuch } from './spool.ts';
import type { Reading, ReadLimits, SourceFile, SourceProblem } from './types.ts';

interface ReadOptions {
  /** Where copies are written; made when it is missing. */
  readonly spoolDir: string;
  readonly limits?: Partial<ReadLimits>;
  readonly signal?: AbortSignal;
  /** Files done so far; how many there will be is not known while folders and archives are walked. */
  readonly progress?: (done: number, of: number | null) => void;
}

/**
 * Reads files, folders, archives and mail messages as iCalendar text; what is in a file decides, not its name. `-` is
 * standard input. A source that cannot be read becomes a problem and never stops the others; rejects only on abort.
 */
export async function readSources(paths: readonly string[], options: ReadOptions): Promise<Reading> {
  const reader = new SourceReader(options);
  for (const one of paths) await reader.source(one);
  return { files: reader.files, problems: reader.problems, spoolDir: options.spoolDir };
}

class SourceReader {
  readonly files: SourceFile[] = [];
  readonly problems: SourceProblem[] = [];
  readonly #options: ReadOptions;
  readonly #limits: ReadLimits;
  readonly #spool: Spool;
  #budget: Budget;
  #done = 0;

  constructor(options: ReadOptions) {
    this.#options = options;
    this.#limits = { ...DEFAULT_LIMITS, ...options.limits };
    this.#spool = new Spool(options.spoolDir);
    this.#budget = new Budget(this.#limits);
  }

  async source(chosen: string): Promise<void> {
    if (chosen === '-') {
      await this.#inside('standard input', process.stdin as AsyncIterable<Buffer>, { nesting: 0, named: true });
      return;
    }
    try {
      const status = await stat(chosen);
      if (status.isDirectory()) await this.#folder(chosen);
      else if (status.isFile())
        await this.#file({ label: chosen, at: chosen, spooled: false, nesting: 0, named: true });
      else this.#problem(chosen, 'not-a-file');
    } catch (thrown) {
      this.#options.signal?.throwIfAborted();
      this.problems.push(fileProblem(chosen, thrown));
    }
  }

  async #folder(folder: string): Promise<void> {
    const before = this.files.length + this.problems.length;
    let database = false;
    const obstacles = {
      unreadable: (where: string, thrown: unknown) => {
        this.problems.push(fileProblem(where, thrown));
      },
      outside: (link: string) => {
        this.#problem(link, 'link-outside');
      },
      broken: (link: string) => {
        this.#problem(link, 'broken-link');
      },
      special: (where: string) => {
        if (CALENDAR_NAME.test(where)) this.#problem(where, 'not-a-file');
      },
    };
    for await (const file of filesIn(folder, obstacles)) {
      database ||= path.basename(file) === 'Calendar.sqlitedb';
      await this.#file({ label: file, at: file, spooled: false, nesting: 0, named: false });
    }
    if (this.files.length + this.problems.length === before) {
      this.#problem(folder, database ? 'apple-database' : 'empty-folder');
    }
  }

  async #file(found: PendingFile): Promise<void> {
    this.#options.signal?.throwIfAborted();
    try {
      await this.#open(found);
      const isKept = this.files.at(-1)?.path === found.at;
      if (found.spooled && !isKept) await this.#spool.remove(found.at);
    } catch (thrown) {
      this.#options.signal?.throwIfAborted();
      this.problems.push(fileProblem(found.label, thrown));
    }
    this.#done += 1;
    this.#options.progress?.(this.#done, null);
  }

  async #open(found: PendingFile): Promise<void> {
    const { head, bytes } = await readHead(found.at);
    const isCalendarName = CALENDAR_NAME.test(found.label);
    const isExpected = found.named || isCalendarName;
    if (found.nesting === 0) this.#budget = new Budget(this.#limits, bytes);
    if (bytes > this.#limits.maxFileBytes) {
      if (isExpected) this.#problem(found.label, 'too-large');
      return;
    }
    const kind = kindOf(head, bytes, isCalendarName);
    const open = BY_KIND[kind];
    if (typeof open === 'function') await open(this.#opening({ found, head, bytes, isExpected }));
    else if (isExpected || ALWAYS_NAMED.has(kind)) this.#problem(found.label, open);
  }

  #opening(file: Pick<Opening, 'found' | 'head' | 'bytes' | 'isExpected'>): Opening {
    const { label } = file.found;
    return {
      ...file,
      limits: this.#limits,
      budget: this.#budget,
      spool: this.#spool,
      signal: this.#options.signal,
      add: (text) => this.files.push({ index: this.files.length, label, ...text }),
      problem: (code, about = label) => this.#problem(about, code),
      inside: (name, content, more) => this.#inside(name, content, more),
      openNext: (found) => this.#file(found),
      outcomes: () => this.files.length + this.problems.length,
    };
  }

  async #inside(
    label: string,
    content: AsyncIterable<Buffer>,
    more: Pick<PendingFile, 'nesting' | 'named'>,
  ): Promise<void> {
    try {
      const copy = await this.#spool.write(content, this.#limits.maxFileBytes);
      await this.#file({ label, at: copy.path, spooled: true, ...more });
    } catch (thrown) {
      if (!(thrown instanceof TooMuch) || more.nesting > 0) throw thrown;
      this.#problem(label, 'too-large');
    }
  }

  #problem(label: string, code: ProblemCode): void {
    this.problems.push(problem(label, code));
  }
}

/** What opens a file of this kind, or what is said of one that nothing opens. */
const BY_KIND: Readonly<Record<Kind, ProblemCode | ((opening: Opening) => Promise<void>)>> = {
  icalendar: openCalendar,
  jcal: openJcal,
  zip: openZip,
  tar: openTar,
  gzip: openGzip,
  mail: openMail,
  plist: openPropertyList,
  dav: openDavAnswer,
  packed: 'packed',
  outlook: 'outlook',
  xcal: 'xcal',
  markup: 'markup',
  'mail-part': 'mail-part',
  quoted: 'quoted',
  html: 'html',
  empty: 'empty',
  binary: 'binary',
  other: 'not-icalendar',
};

/** Kinds that hold a calendar, whatever their file is called. */
const ALWAYS_NAMED: ReadonlySet<Kind> = new Set<Kind>(['xcal', 'markup', 'mail-part', 'quoted', 'packed']);

/** What a file is. A calendar by its name whose text begins late is looked for to its end. */
function kindOf(head: Buffer, bytes: number, isCalendarName: boolean): Kind {
  const kind = sniff(head, decodeHead(head));
  const late = isCalendarName && bytes > head.length;
  return late && (kind === 'other' || kind === 'empty') ? 'icalendar' : kind;
}

async function readHead(file: string): Promise<{ head: Buffer; bytes: number }> {
  const handle = await open(file, 'r');
  try {
    const { size } = await handle.stat();
    const head = Buffer.alloc(Math.min(size, HEAD_BYTES));
    const { bytesRead } = await handle.read(head, 0, head.length, 0);
    return { head: head.subarray(0, bytesRead), bytes: size };
  } finally {
    await handle.close();
  }
}
