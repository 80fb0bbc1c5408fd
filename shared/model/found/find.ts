import { z } from 'zod';
import { eventCard } from './event-card.ts';
import { rejection } from './inspection.ts';

/** Events that a search keeps; those beyond are counted. */
export const MOST_FOUND = 1000;

/** What to look for: all of it must hold, in the same version of an event. */
export const findSpec = z.strictObject({
  /** Words that must all stand somewhere in the event: title, place, people, text, UID. Empty: any. */
  words: z.string().max(500),
  /** Rules (docs/rules.md); with `any`, one of them is enough. */
  rules: z.array(z.string().max(1000)).max(50).readonly(),
  any: z.boolean(),
});
export type FindSpec = z.infer<typeof findSpec>;

/** One backup among several. */
export const foundBackup = z.strictObject({
  /** Position, newest first. */
  id: z.int(),
  /** Path of the file or folder. */
  source: z.string(),
  name: z.string(),
  /** A moment (ISO 8601), or a day (`YYYY-MM-DD`) when no more is known; null when nothing is. */
  at: z.string().nullable(),
  /** How that is known: the backup says so, its name does, or the newest change of its files. */
  dateFrom: z.enum(['manifest', 'name', 'modified', 'unknown']),
  /** Events in it; null when it could not be read at all. */
  events: z.int().nullable(),
  /** Why it could not be read at all. */
  problem: z.string().nullable(),
  /** Parts of it that could not be read: an event may be among them. */
  rejected: z.int(),
  /** The first of these. */
  rejections: z.array(rejection).readonly(),
  /** Older versions of events that it holds beside newer ones: it may be several backups, taken for one. */
  doubled: z.int(),
});
export type FoundBackup = z.infer<typeof foundBackup>;

/** Backups by id, newest first. */
const backups = z.array(z.int()).min(1).readonly();

/** Neighbouring backups that say the same of one event. */
const range = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('version'),
    backups,
    /** Where it stands in the newest of these backups. */
    file: z.string(),
    line: z.int(),
    title: z.string(),
    start: z.string().nullable(),
    tzid: z.string().nullable(),
    /** The instant of the start, see `eventTime.at`. */
    startsAt: z.number().optional(),
    location: z.string(),
    organizer: z.string().nullable(),
    guests: z.int(),
    recurring: z.boolean(),
    /** LAST-MODIFIED, else DTSTAMP, as ISO 8601. */
    changedAt: z.string().nullable(),
    /** Parts of the event, such as instances of a series, that could not be read in one of these backups. */
    unread: z.array(rejection).readonly(),
  }),
  /** Not in these backups. */
  z.strictObject({ kind: z.literal('absent'), backups }),
  /** In these backups, but not as something that could be restored. */
  z.strictObject({ kind: z.literal('unreadable'), backups, unread: z.array(rejection).readonly() }),
]);
export type VersionRange = z.infer<typeof range>;
export type ReadableRange = Extract<VersionRange, { kind: 'version' }>;

export const foundEvent = z.strictObject({
  id: z.int(),
  uid: z.string(),
  /** `VEVENT`, `VTODO`, … */
  kind: z.string(),
  /** As its newest version says. */
  title: z.string(),
  /**
   * By the newest backup that could be read: `lost`: not in it; `unreadable`: in it, but not as something that could be
   * restored; `changed`: in it, and there was another version or it was away; `same`: it was always so, or not yet there.
   */
  state: z.enum(['lost', 'unreadable', 'changed', 'same']),
  /** Newest first, without the backups that could not be read at all. */
  ranges: z.array(range).readonly(),
});
export type FoundEvent = z.infer<typeof foundEvent>;

export const findResult = z.strictObject({
  /** Newest first. */
  backups: z.array(foundBackup).readonly(),
  /** By state, in the order lost, unreadable, changed, same; in each the latest start first. */
  events: z.array(foundEvent).readonly(),
  /** Events that fit as well and are not listed. */
  more: z.int(),
});
export type FindResult = z.infer<typeof findResult>;

/** One field that differs between a version and the next older one; null where it is not there. */
export const versionChange = z.strictObject({
  field: z.string(),
  before: z.string().nullable(),
  after: z.string().nullable(),
});
export type VersionChange = z.infer<typeof versionChange>;

/** What one version of an event says. */
export const versionDetail = z.strictObject({
  /** Position among the event's stretches. */
  range: z.int(),
  /** As plain text: nothing in it is rendered or fetched. */
  lines: z.array(z.string()).readonly(),
  card: eventCard.nullable(),
  /** Against the next older version; null for the oldest one. */
  changes: z.array(versionChange).readonly().nullable(),
});
export type VersionDetail = z.infer<typeof versionDetail>;

/** The backups between which something changed, by id: the last one before, and the first one after. */
interface Between {
  readonly before: number;
  readonly after: number;
}

/** Where the stretch at `at` began: null for the oldest one. */
export function beganBetween(ranges: readonly VersionRange[], at: number): Between | null {
  const [now, older] = [ranges[at], ranges[at + 1]];
  if (now === undefined || older === undefined) return null;
  return { before: older.backups[0] ?? 0, after: now.backups.at(-1) ?? 0 };
}
