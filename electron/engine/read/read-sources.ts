import { open, stat } from 'node:fs/promises';
import path from 'node:path';
import { Readable } from 'node:stream';
import { convertLines, convertUtf16, decodeHead, detectEncoding, isUtf8File, markedEncoding } from './encoding.ts';
import { Budget } from './budget.ts';
import { answeredObjects } from './dav-answer.ts';
import { filesIn } from './folder.ts';
import { DEFAULT_LIMITS } from './limits.ts';
import { gunzipped, gunzipProblem } from './gunzip.ts';
import { calendarParts, messagesIn } from './mail.ts';
import { calendarObjects } from './property-list.ts';
import type { ProblemCode } from './problems.ts';
import { fileProblem, problem } from './problems.ts';
import type { Kind } from './sniff.ts';
import { HEAD_BYTES, sniff } from './sniff.ts';
import { Spool, TooMuch } from './spool.ts';
import type { Reading, ReadLimits, SourceFile, SourceProblem } from './types.ts';
import { untar } from './untar.ts';
import { unpack } from './zip.ts';

export interface ReadOptions {
  /** Where copies are written; made when it is missing. */
  readonly spoolDir: string;
  readonly limits?: Partial<ReadLimits>;
  readonly signal?: AbortSignal;
  /** Files done so far; how many there will be is not known while folders and archives are walked. */
  readonly progress?: (done: number, of: number | null) => void;
}

/** Calendar files by name: for these a wrong content is a problem, for any other file of a folder it is none. */
const CALENDAR_NAME = /\.(?:ics|ical|ifb|icalendar|vcs)(?:\.gz)?$/i;
const ARCHIVE_NAME = /\.(?:zip|icbu|tar|tar\.gz|tgz)$/i;

/**
 * Reads files, folders, archives and mail messages as iCalendar text; what is in a file decides, not its name. `-` is
 * standard input. A source that cannot be read becomes a problem and never stops the others; rejects only on abort.
 */
export async function readSources(paths: readonly string[], options: ReadOptions): Promise<Reading> {
  const reader = new SourceReader(options);
  for (const one of paths) await reader.source(one);
  return { files: reader.files, problems: reader.problems, spoolDir: options.spoolDir };
}

/** A file on its way: where it is now, and what is known about it. */
interface PendingFile {
  readonly label: string;
  readonly at: string;
  /** `at` is a copy of ours. */
  readonly spooled: boolean;
  /** Archives around it. */
  readonly nesting: number;
  /** The innermost of them is gzip, which holds one file and makes an archive only together with tar. */
  readonly gunzipped?: boolean;
  /** A person named this very file, so that anything but a calendar is worth a word. */
  readonly named: boolean;
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
      await this.#spooled('standard input', process.stdin as AsyncIterable<Buffer>, 0, true);
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
      const kept = await this.#classify(found);
      if (!kept && found.spooled) await this.#spool.remove(found.at);
    } catch (thrown) {
      this.#options.signal?.throwIfAborted();
      this.problems.push(fileProblem(found.label, thrown));
    }
    this.#done += 1;
    this.#options.progress?.(this.#done, null);
  }

  /** Returns whether the file at `found.at` itself became a source. */
  async #classify(found: PendingFile): Promise<boolean> {
    const { head, bytes } = await readHead(found.at);
    const calendarName = CALENDAR_NAME.test(found.label);
    const kind = kindOf(head, bytes, calendarName);
    if (found.nesting === 0) this.#budget = new Budget(this.#limits, bytes);
    if (bytes > this.#limits.maxFileBytes) {
      if (found.named || calendarName) this.#problem(found.label, 'too-large');
      return false;
    }
    if (kind === 'icalendar') return await this.#calendar(found, head, bytes);
    if (kind === 'zip' || kind === 'tar') {
      await this.#archive(found, kind);
      return false;
    }
    if (kind === 'gzip') {
      await this.#gzip(found, bytes);
      return false;
    }
    if (kind === 'mail') {
      await this.#mail(found, bytes, calendarName);
      return false;
    }
    if (kind === 'plist') {
      await this.#propertyList(found, bytes, calendarName);
      return false;
    }
    if (kind === 'dav') {
      await this.#davAnswer(found, bytes);
      return false;
    }
    if (kind === 'jcal') return await this.#jcal(found, head, bytes);
    if (found.named || calendarName || ALWAYS_NAMED.has(kind)) this.#problem(found.label, REFUSED[kind]);
    return false;
  }

  async #jcal(found: PendingFile, head: Buffer, bytes: number): Promise<boolean> {
    if (bytes > this.#limits.maxWholeBytes) {
      this.#problem(found.label, 'too-large');
      return false;
    }
    const marked = markedEncoding(head) ?? 'utf-8';
    const how = { encoding: marked, format: 'jcal' } as const;
    if (marked !== 'utf-16le' && marked !== 'utf-16be') {
      this.#add(found.label, found.at, bytes, { ...how, spooled: found.spooled });
      return true;
    }
    const copy = await this.#spool.write(
      convertUtf16(found.at, marked, this.#options.signal),
      this.#limits.maxWholeBytes * 2,
    );
    this.#add(found.label, copy.path, copy.bytes, { ...how, spooled: true });
    return false;
  }

  async #calendar(found: PendingFile, head: Buffer, bytes: number): Promise<boolean> {
    const { signal } = this.#options;
    const marked = markedEncoding(head);
    if (marked === 'utf-16le' || marked === 'utf-16be') {
      const copy = await this.#spool.write(convertUtf16(found.at, marked, signal), this.#limits.maxFileBytes);
      this.#add(found.label, copy.path, copy.bytes, { encoding: marked, format: 'icalendar', spooled: true });
      return false;
    }
    const plain = (await isUtf8File(found.at, signal)) ? 'utf-8' : await detectEncoding(found.at, signal);
    if (plain === 'utf-8') {
      const encoding = marked ?? 'utf-8';
      this.#add(found.label, found.at, bytes, { encoding, format: 'icalendar', spooled: found.spooled });
      return true;
    }
    const copy = await this.#spool.write(convertLines(found.at, plain, signal), this.#limits.maxFileBytes * 2);
    this.#add(found.label, copy.path, copy.bytes, { encoding: plain, format: 'icalendar', spooled: true });
    return false;
  }

  async #gzip(found: PendingFile, bytes: number): Promise<void> {
    if (found.nesting > this.#limits.maxNesting) {
      this.#problem(found.label, 'nested-too-deep');
      return;
    }
    let copy: { path: string; bytes: number };
    try {
      copy = await this.#spool.write(gunzipped(found.at, bytes, this.#limits, this.#budget), this.#limits.maxFileBytes);
    } catch (thrown) {
      this.#problem(found.label, gunzipProblem(thrown, this.#budget));
      return;
    }
    await this.#file({ ...found, at: copy.path, spooled: true, nesting: found.nesting + 1, gunzipped: true });
  }

  async #archive(found: PendingFile, kind: 'zip' | 'tar'): Promise<void> {
    const nesting = kind === 'tar' && found.gunzipped === true ? found.nesting - 1 : found.nesting;
    if (nesting > this.#limits.maxNesting) {
      this.#problem(found.label, 'nested-too-deep');
      return;
    }
    const before = this.files.length + this.problems.length;
    const open = kind === 'zip' ? unpack : untar;
    await open(found.at, this.#limits, this.#budget, {
      entry: (name, content) => this.#spooled(`${found.label} › ${name}`, content, nesting + 1, false),
      problem: (name, code) => {
        // A photo that is too large or encrypted is nobody's calendar.
        if (name !== '' && !CALENDAR_NAME.test(name) && !ARCHIVE_NAME.test(name) && code !== 'unsafe-name') return;
        this.#problem(name === '' ? found.label : `${found.label} › ${name}`, code);
      },
    });
    if (this.files.length + this.problems.length === before) this.#problem(found.label, 'empty-archive');
  }

  async #spooled(label: string, content: AsyncIterable<Buffer>, nesting: number, named: boolean): Promise<void> {
    try {
      const copy = await this.#spool.write(content, this.#limits.maxFileBytes);
      await this.#file({ label, at: copy.path, spooled: true, nesting, named });
    } catch (thrown) {
      if (!(thrown instanceof TooMuch) || nesting > 0) throw thrown;
      this.#problem(label, 'too-large');
    }
  }

  async #mail(found: PendingFile, bytes: number, calendarName: boolean): Promise<void> {
    if (bytes > this.#limits.maxWholeBytes) {
      if (found.named || calendarName) this.#problem(found.label, 'too-large');
      return;
    }
    // A message in an archive in an archive is deep enough.
    if (found.nesting > this.#limits.maxNesting + 1) return;
    const parts: Buffer[] = [];
    const whole = withoutLeadingBlanks(await readWhole(found.at));
    try {
      for (const message of messagesIn(whole)) parts.push(...(await calendarParts(message)));
    } catch {
      this.#problem(found.label, 'damaged-mail');
      return;
    }
    const named = found.named || calendarName || whole.includes('BEGIN:VCALENDAR');
    if (parts.length === 0 && named) this.#problem(found.label, 'mail-without-calendar');
    for (const [at, part] of parts.entries()) {
      const label = parts.length === 1 ? found.label : `${found.label} › part ${String(at + 1)}`;
      await this.#spooled(label, Readable.from([part]), found.nesting + 1, true);
    }
  }

  /** A backup of `sogo-tool`: each object is a string under `c_content`. */
  async #propertyList(found: PendingFile, bytes: number, calendarName: boolean): Promise<void> {
    if (bytes > this.#limits.maxWholeBytes) {
      this.#problem(found.label, 'too-large');
      return;
    }
    const objects = calendarObjects((await readWhole(found.at)).toString('utf8'));
    if (objects === null || objects.length === 0) {
      if (found.named || calendarName || objects === null) this.#problem(found.label, 'plist');
      return;
    }
    for (const [at, { name, text }] of objects.entries()) {
      const label = `${found.label} › ${name === '' ? `object ${String(at + 1)}` : name}`;
      await this.#spooled(label, Readable.from([Buffer.from(text, 'utf8')]), found.nesting + 1, true);
    }
  }

  /** A REPORT or PROPFIND answer that was saved: each object of it has a text of its own. */
  async #davAnswer(found: PendingFile, bytes: number): Promise<void> {
    if (bytes > this.#limits.maxWholeBytes) {
      this.#problem(found.label, 'too-large');
      return;
    }
    const objects = answeredObjects(await readWhole(found.at));
    if (objects?.some(({ text }) => text !== null) !== true) {
      this.#problem(found.label, 'dav');
      return;
    }
    for (const [at, { name, text }] of objects.entries()) {
      const label = `${found.label} › ${name === '' ? `object ${String(at + 1)}` : name}`;
      if (text === null) this.#problem(label, 'dav-response');
      else await this.#spooled(label, Readable.from([Buffer.from(text, 'utf8')]), found.nesting + 1, true);
    }
  }

  #add(label: string, at: string, bytes: number, how: Pick<SourceFile, 'encoding' | 'format' | 'spooled'>): void {
    this.files.push({ index: this.files.length, label, path: at, bytes, ...how });
  }

  #problem(label: string, code: ProblemCode): void {
    this.problems.push(problem(label, code));
  }
}

/** Kinds that hold a calendar, whatever their file is called. */
const ALWAYS_NAMED: ReadonlySet<Kind> = new Set<Kind>(['xcal', 'markup', 'mail-part', 'quoted', 'packed']);

const REFUSED: Readonly<Record<Kind, ProblemCode>> = {
  icalendar: 'not-icalendar',
  zip: 'damaged-archive',
  tar: 'damaged-archive',
  packed: 'packed',
  outlook: 'outlook',
  jcal: 'not-icalendar',
  mail: 'mail-without-calendar',
  xcal: 'xcal',
  plist: 'plist',
  dav: 'dav',
  markup: 'markup',
  'mail-part': 'mail-part',
  quoted: 'quoted',
  html: 'html',
  gzip: 'damaged-archive',
  empty: 'empty',
  binary: 'binary',
  other: 'not-icalendar',
};

/** What a file is. A calendar by its name whose text begins late is looked for to its end. */
function kindOf(head: Buffer, bytes: number, calendarName: boolean): Kind {
  const kind = sniff(head, decodeHead(head));
  const late = calendarName && bytes > head.length;
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

/** Blank lines before the headers of a message would make all of them its body. */
function withoutLeadingBlanks(file: Buffer): Buffer {
  let at = 0;
  while (at < file.length && (file[at] ?? 0) <= 32) at += 1;
  return file.subarray(at);
}

async function readWhole(file: string): Promise<Buffer> {
  const handle = await open(file, 'r');
  try {
    return await handle.readFile();
  } finally {
    await handle.close();
  }
}
