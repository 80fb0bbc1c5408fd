import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { readComponents, valueOf } from './line-reader.ts';
import type { Component } from './line-reader.ts';
import { isValidEvent, isValidZone } from './valid-event.ts';

/** Real exports of many programs, beside the repository: nothing of them is ours, nothing of them is shipped. */
const CORPUS = path.resolve(import.meta.dirname, '../../../shared/corpus');

/** One event of the corpus as it stands there: the master and its overrides, with the time zones of its calendar. */
export interface RealEvent {
  readonly uid: string;
  readonly file: string;
  /** The VCALENDAR it came from. */
  readonly calendar: Component;
  /** Its VEVENTs, in the order of the file. */
  readonly events: readonly Component[];
}

export interface RealFile {
  /** Path inside the corpus. */
  readonly file: string;
  readonly bytes: Buffer;
  readonly events: readonly RealEvent[];
}

/** Traits (MANIFEST.tsv) of files that are not a calendar with events as they are. */
const UNUSABLE = new Set([
  'template-variables',
  'no-vcalendar',
  'vcal1.0',
  'unbalanced',
  'garbage-line',
  'nul',
  'ctrl-chars',
  'non-utf8',
  'missing-version',
  'missing-prodid',
]);

/**
 * Chooses valid events, the same ones each time, from as many files as there are: so few of each file that the
 * number is just reached. Files in the order of the manifest, events in the order of the file, each UID once. Valid
 * means: the file can be read line by line, `isValidEvent` says so of every VEVENT, and the first one of a UID is not
 * an override.
 * @throws when the corpus is absent or too small
 */
export function chooseRealEvents(count: number, accept: (event: RealEvent) => boolean): readonly RealFile[] {
  const files = readCorpus(accept);
  const available = files.reduce((sum, { events }) => sum + events.length, 0);
  if (available < count) throw new Error(`The corpus has only ${available} of the ${count} events asked for.`);
  let perFile = 1;
  const reached = () => files.reduce((sum, { events }) => sum + Math.min(events.length, perFile), 0);
  while (reached() < count) perFile += 1;
  let left = count;
  return files.flatMap((file) => {
    const events = file.events.slice(0, Math.min(perFile, left));
    left -= events.length;
    return events.length === 0 ? [] : [{ ...file, events }];
  });
}

function readCorpus(accept: (event: RealEvent) => boolean): readonly RealFile[] {
  const manifest = path.join(CORPUS, 'MANIFEST.tsv');
  if (!existsSync(manifest)) {
    throw new Error(`The corpus of real calendars is absent: it is expected beside the repository, at ${CORPUS}.`);
  }
  const seen = new Set<string>();
  return readFileSync(manifest, 'utf8')
    .split('\n')
    .slice(1)
    .flatMap((row) => {
      const [file = '', , , , , , , , traits = ''] = row.split('\t');
      if (!file.endsWith('.ics') || traits.split(',').some((trait) => UNUSABLE.has(trait))) return [];
      const bytes = readFileSync(path.join(CORPUS, file));
      const events = eventsOf(file, bytes).filter((event) => isValid(event) && accept(event) && !seen.has(event.uid));
      for (const event of events) seen.add(event.uid);
      return [{ file, bytes, events }];
    });
}

/**
 * The chosen events of one file as a backup: the bytes of the corpus, line by line, with everything between the
 * chosen components left out. Nothing is written anew.
 */
export function cutOut({ bytes, events }: RealFile): Buffer {
  const parts: Buffer[] = [];
  for (const calendar of new Set(events.map((event) => event.calendar))) {
    const keep = new Set(events.filter((event) => event.calendar === calendar).flatMap((event) => event.events));
    let position = calendar.from;
    for (const component of calendar.components) {
      if (component.name === 'VTIMEZONE' || keep.has(component)) continue;
      parts.push(bytes.subarray(position, component.from));
      position = component.to;
    }
    parts.push(bytes.subarray(position, calendar.to), Buffer.from('\n'));
  }
  return Buffer.concat(parts);
}

function eventsOf(file: string, bytes: Buffer): readonly RealEvent[] {
  let roots: readonly Component[];
  try {
    roots = readComponents(bytes);
  } catch {
    return []; // not readable line by line: not a valid file
  }
  return roots.flatMap((calendar) => {
    const byUid = new Map<string, Component[]>();
    for (const event of calendar.components.filter((component) => component.name === 'VEVENT')) {
      const uid = valueOf(event, 'UID') ?? '';
      byUid.set(uid, [...(byUid.get(uid) ?? []), event]);
    }
    return Array.from(byUid, ([uid, events]) => ({ uid, file, calendar, events }));
  });
}

function isValid({ uid, events, calendar }: RealEvent): boolean {
  const ids = events.map((event) => valueOf(event, 'RECURRENCE-ID'));
  return (
    calendar.name === 'VCALENDAR' &&
    uid !== '' &&
    ids[0] === undefined &&
    new Set(ids).size === ids.length &&
    events.every(isValidEvent) &&
    calendar.components.filter((one) => one.name === 'VTIMEZONE').every(isValidZone)
  );
}

export function hasGuests({ events }: RealEvent): boolean {
  return events.some((event) => event.lines.some((line) => line.name === 'ATTENDEE'));
}
