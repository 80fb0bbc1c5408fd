/**
 * What comes out of reading: plain UTF-8 files of iCalendar text that can be sliced by byte offset. Whatever was packed,
 * wrapped or encoded differently has been written out to the spool folder first, so every later stage slices files.
 */
export interface SourceFile {
  /** Position among all files of this reading, 0-based. */
  readonly index: number;
  /** What a person calls it: the path as chosen, with ` › ` before an entry of an archive. */
  readonly label: string;
  /** Where the UTF-8 bytes are: the chosen file itself, or its spooled copy. */
  readonly path: string;
  /** Octets of the file at `path`. */
  readonly bytes: number;
  /** How the characters were encoded; `utf-8` when nothing was converted. */
  readonly encoding: string;
  /** `jcal` (RFC 7265) is turned into iCalendar text when it is indexed. */
  readonly format: 'icalendar' | 'jcal';
  /** `path` is a copy of ours, to be deleted when the index is closed. */
  readonly spooled: boolean;
}

/** A file that could not be read as iCalendar, and why; it becomes one rejected row. */
export interface SourceProblem {
  readonly label: string;
  readonly code: string;
  readonly reason: string;
}

export interface ReadLimits {
  /** Octets of one file and of one unpacked archive entry. */
  readonly maxFileBytes: number;
  /** Octets unpacked from one archive in total. */
  readonly maxArchiveBytes: number;
  readonly maxArchiveEntries: number;
  /** Unpacked octets per packed octet of an entry. */
  readonly maxRatio: number;
  /** Archives inside archives. */
  readonly maxNesting: number;
  /** Octets of one file that has to be held in memory as a whole: mail messages and jCal. */
  readonly maxWholeBytes: number;
}

export interface Reading {
  readonly files: readonly SourceFile[];
  readonly problems: readonly SourceProblem[];
  /** Where copies are kept. */
  readonly spoolDir: string;
}
