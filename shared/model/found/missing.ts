import { z } from 'zod';
import { foundBackup } from './find.ts';
import { day } from '../job.ts';

/** Entries that are listed; those beyond are counted. */
export const MOST_MISSING = 20_000;

const missingSpec = z.strictObject({
  calendarUrl: z.url(),
  /** Only what was lost or changed on or after this day. */
  since: day.optional(),
});
export type MissingSpec = z.infer<typeof missingSpec>;

/**
 * What became of an entry of a backup in the calendar as it is now. `gone`: not there, and in no other calendar that could
 * be looked at; `moved`: another calendar of the same user holds it; `changed`: there, with another meaning;
 * `unreadable`: something is there under its UID that the server does not give.
 */
export const MISSING_STATES = ['gone', 'moved', 'changed', 'unreadable'] as const;
const missingState = z.enum(MISSING_STATES);
export type MissingState = z.infer<typeof missingState>;

const missingEntry = z.strictObject({
  id: z.int(),
  uid: z.string(),
  /** `VEVENT`, `VTODO`, … */
  kind: z.string(),
  state: missingState,
  /** Day (`YYYY-MM-DD`, of this computer's zone) on which it was first seen to be so; null when no date is known. */
  day: z.string().nullable(),
  /** The last backup that has this version, by id; null: only the trash bin has it. */
  before: z.int().nullable(),
  /** The first backup after it that has not; null: the newest one still has it, or nothing but the trash bin does. */
  after: z.int().nullable(),
  /** The version that can be restored, and where it stands. */
  file: z.string(),
  line: z.int(),
  title: z.string(),
  start: z.string().nullable(),
  /** The instant, in milliseconds since 1970, where the zone is known. */
  startsAt: z.number().optional(),
  tzid: z.string().nullable(),
  location: z.string(),
  organizer: z.string().nullable(),
  guests: z.int(),
  recurring: z.boolean(),
  /** Where it is now, of one that moved. */
  elsewhere: z.strictObject({ calendar: z.string(), href: z.string() }).nullable(),
  /**
   * It lies in the trash bin of the server, since `deletedAt` (ISO 8601; null when the server does not say). `back`: a
   * restore that notifies nobody takes it back out of there, since it means the same.
   */
  trash: z.strictObject({ deletedAt: z.string().nullable(), back: z.literal(true).optional() }).nullable(),
});
export type MissingEntry = z.infer<typeof missingEntry>;

export const missingResult = z.strictObject({
  /** The calendar that was compared, and how many entries it holds. */
  calendar: z.strictObject({ url: z.string(), name: z.string(), entries: z.int() }),
  /** When it was listed (ISO 8601). */
  at: z.string(),
  /** Newest first; only those that were looked into. */
  backups: z.array(foundBackup).readonly(),
  /** Newest day first; in each, what is gone first. */
  entries: z.array(missingEntry).readonly(),
  /** Entries that are missing as well and are not listed. */
  more: z.int(),
  /** Entries of the newest backup that are in the calendar as they were. */
  same: z.int(),
  /** What could not be seen, a sentence each: something may be missing, or there, all the same. Empty: all was seen. */
  unseen: z.array(z.string()).readonly(),
  /** What a person must know of the comparison. */
  notes: z.array(z.string()).readonly(),
});
export type MissingResult = z.infer<typeof missingResult>;

/** Whether something is gone. */
export function isAnyGone({ entries }: Pick<MissingResult, 'entries'>): boolean {
  return entries.some(({ state }) => state === 'gone');
}

/** Whether everything was seen: the calendar, what lies around it, and every backup as a whole. */
export function isAllSeen({ unseen, more, backups }: Pick<MissingResult, 'unseen' | 'more' | 'backups'>): boolean {
  const whole = backups.every(({ problem, rejected }) => problem === null && rejected === 0);
  return backups.length > 0 && whole && unseen.length === 0 && more === 0;
}
