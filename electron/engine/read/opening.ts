import type { Budget } from './budget.ts';
import type { ProblemCode } from './problems.ts';
import type { Spool } from './spool.ts';
import type { ReadLimits, SourceFile } from './types.ts';

/** A file on its way: where it is now, and what is known about it. */
export interface PendingFile {
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

/** A file that is being opened, and where that goes what comes out of it. */
export interface Opening {
  readonly found: PendingFile;
  /** Its first octets, and how many it has. */
  readonly head: Buffer;
  readonly bytes: number;
  /** A person, or its name, says that a calendar is in it. */
  readonly isExpected: boolean;
  readonly limits: ReadLimits;
  /** What may be unpacked of the file that a person chose. */
  readonly budget: Budget;
  readonly spool: Spool;
  readonly signal: AbortSignal | undefined;
  /** Text of a calendar, to be sliced. */
  readonly add: (text: Omit<SourceFile, 'index' | 'label'>) => void;
  readonly problem: (code: ProblemCode, label?: string) => void;
  /** A file that was inside: it is written out, and opened in its turn. */
  readonly inside: (
    label: string,
    content: AsyncIterable<Buffer>,
    more: Pick<PendingFile, 'nesting' | 'named'>,
  ) => Promise<void>;
  /** A file that is in the spool folder already. */
  readonly openNext: (found: PendingFile) => Promise<void>;
  /** Texts and problems so far. */
  readonly outcomes: () => number;
}

/** Calendar files by name: for these a wrong content is a problem, for any other file of a folder it is none. */
export const CALENDAR_NAME = /\.(?:ics|ical|ifb|icalendar|vcs)(?:\.gz)?$/i;
