import type { SourceProblem } from './types.ts';

/** Codes of what can be wrong with a source, each with its one sentence. */
const REASONS = {
  missing: 'There is no such file or folder; check the path.',
  unreadable: 'This file may not be read; check its permissions.',
  'not-read': 'The system could not read this file; try again, or choose a copy of it.',
  'link-outside': 'This link leads out of the chosen folder and was not followed; choose what it points to.',
  'not-a-file': 'This is neither a file nor a folder.',
  empty: 'This file is empty.',
  'empty-folder': 'This folder holds no calendar files (.ics).',
  'empty-archive': 'This archive holds no calendar files (.ics).',
  binary: 'This is not iCalendar text but binary data.',
  'not-icalendar': 'This is not iCalendar text: it has no BEGIN line.',
  html: 'This is a web page, not a calendar; the download may need a login.',
  xcal: 'This is xCal (calendars as XML), which cannot be converted without loss; export it as iCalendar (.ics).',
  plist: 'This is a property list without any calendar object in it, or it is damaged.',
  dav: 'This is the answer of a CalDAV server saved as XML, cut off or damaged, or without any event in it.',
  'dav-response': 'This response in the saved answer of a CalDAV server has no calendar data: its event is not here.',
  markup: 'A calendar stands in this page or XML, in which characters are encoded; export it as iCalendar (.ics).',
  'mail-part': 'This is an encoded part of a mail message without the message; save the whole message.',
  quoted: 'This is encoded as in mail (quoted-printable); save the whole message, or the calendar as iCalendar (.ics).',
  packed: 'This is an archive that is not read here (7z, RAR, bzip2, xz or zstd); unpack it first.',
  outlook: 'This is a data file of Outlook; open it there and save the calendar as iCalendar (.ics).',
  'broken-link': 'This link leads nowhere; choose what it should point to.',
  'mail-without-calendar': 'This mail message has no calendar in it.',
  'damaged-mail': 'This mail message cannot be read.',
  'damaged-archive': 'This archive is damaged and cannot be unpacked.',
  'cut-archive': 'This archive is cut off, so something is missing at its end; get a whole copy of it.',
  'encrypted-archive': 'This archive entry is encrypted; unpack it with its password first.',
  'unsafe-name': 'This archive entry has a name that leads out of the archive; it was not unpacked.',
  'archive-link': 'This archive entry is a link, and links are not followed; unpack the archive and choose its target.',
  'nested-too-deep': 'This archive lies in an archive inside an archive; unpack it first.',
  'too-large': 'This file is larger than the limit.',
  'archive-too-large': 'This archive unpacks to more than the limit.',
  'too-many-entries': 'This archive has more entries than the limit.',
  'zip-bomb': 'This archive entry unpacks to suspiciously much more than its size; it was not unpacked.',
  'apple-database': 'This macOS calendar archive keeps its events in a database; export it as .ics in Calendar.',
} as const;

export type ProblemCode = keyof typeof REASONS;

export function problem(label: string, code: ProblemCode): SourceProblem {
  return { label, code, reason: REASONS[code] };
}

/** What the system says of a file or folder that it does not give. */
const SAID: Readonly<Record<string, ProblemCode>> = {
  ENOENT: 'missing',
  ENOTDIR: 'missing',
  ENAMETOOLONG: 'missing',
  ELOOP: 'broken-link',
  EACCES: 'unreadable',
  EPERM: 'unreadable',
};

/** The problem behind a failed file operation. */
export function fileProblem(label: string, thrown: unknown): SourceProblem {
  const said = thrown instanceof Error && 'code' in thrown ? SAID[String(thrown.code)] : undefined;
  return problem(label, said ?? 'not-read');
}
