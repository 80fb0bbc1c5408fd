import { z } from 'zod';

/** The properties of a calendar that a backup keeps (RFC 4791 §5.2, RFC 6638 §9.1, Apple's colour and order). */
const calendarProperties = z.strictObject({
  name: z.string().nullable(),
  color: z.string().nullable(),
  description: z.string().nullable(),
  order: z.int().nullable(),
  /** `calendar-timezone`: a whole iCalendar object. */
  timezone: z.string().nullable(),
  /** `schedule-calendar-transp`: `opaque` or `transparent`. */
  transparency: z.string().nullable(),
  components: z.array(z.string()).readonly(),
});
export type CalendarProperties = z.infer<typeof calendarProperties>;

/** One calendar object resource in a backup: its octets are the file at `path`. */
const backupResource = z.strictObject({
  /** Inside the zip. */
  path: z.string(),
  href: z.string(),
  uid: z.string(),
  etag: z.string().nullable(),
  /** SHA-256 (hex) of the octets. */
  sha256: z.string(),
  bytes: z.int(),
});
export type BackupResource = z.infer<typeof backupResource>;

const backupCalendar = z.strictObject({
  /** Folder inside the zip. */
  folder: z.string(),
  url: z.string(),
  user: z.string(),
  properties: calendarProperties,
  /** RFC 6578; null where the server has none. */
  syncToken: z.string().nullable(),
  resources: z.array(backupResource).readonly(),
  /** What an earlier backup had and the server proved to have no more. */
  gone: z
    .array(z.strictObject({ href: z.string(), uid: z.string() }))
    .readonly()
    .optional(),
  /** What a reader must know, e.g. that this server hides old events. */
  warnings: z.array(z.string()).readonly(),
});
export type BackupCalendar = z.infer<typeof backupCalendar>;

/** `manifest.json` of a backup. */
export const backupManifest = z.strictObject({
  format: z.literal('hushcal-backup'),
  version: z.literal(1),
  at: z.string(),
  server: z.string(),
  product: z.string().nullable(),
  calendars: z.array(backupCalendar).readonly(),
  /** What the server held and this backup lacks, by address; absent in one that is whole. */
  missing: z
    .array(z.strictObject({ href: z.string(), reason: z.string() }))
    .readonly()
    .optional(),
  /** Checksum of the manifest itself; one of an earlier version has none. */
  sum: z.string().optional(),
});
export type BackupManifest = z.infer<typeof backupManifest>;

/** What became of a backup. `failed` events are named; a backup with any is not complete. */
export const backupResult = z.strictObject({
  calendars: z.int(),
  events: z.int(),
  bytes: z.int(),
  /** Taken over from an earlier backup, since the server says that they did not change. */
  reused: z.int(),
  verified: z.int(),
  /** Events that were deleted on the server while they were being read. */
  gone: z.int(),
  /** Events that only one of the server's two lists names; absent where they agree. */
  disagreeing: z.int().optional(),
  /** Name of the file; `.incomplete.zip` while anything failed. */
  file: z.string(),
  failed: z.array(z.strictObject({ href: z.string(), reason: z.string() })).readonly(),
  warnings: z.array(z.string()).readonly(),
});
export type BackupResult = z.infer<typeof backupResult>;

/** A backup in a folder that is not whole, or could not be deleted, and why, in a sentence. */
const troubled = z.strictObject({ name: z.string(), reason: z.string() });

/** Which backups of a folder stay by a rule, and what became of the others. */
export const retentionResult = z.strictObject({
  folder: z.string(),
  kept: z
    .array(
      z.strictObject({
        /** Of the file. */
        name: z.string(),
        /** When it was made; null where it does not say so. */
        at: z.string().nullable(),
        state: z.enum(['whole', 'incomplete', 'damaged']),
        /** Such as `day 2026-11-29`, `month 2026-11`, `the last one`. */
        because: z.array(z.string()).readonly(),
      }),
    )
    .readonly(),
  removed: z.array(z.string()).readonly(),
  /** Octets. */
  freed: z.int(),
  /** What would be deleted; only where nothing was to be. */
  wouldRemove: z.array(z.string()).readonly().optional(),
  problems: z.array(troubled).readonly(),
});
export type RetentionResult = z.infer<typeof retentionResult>;

/** Backups whose names differ in their date only. */
const backupAgeSeries = z.strictObject({
  /** The name with `*` in the place of the date. */
  name: z.string(),
  /** The newest that is whole and verified; null where none is. */
  newest: z.strictObject({ name: z.string(), at: z.string() }).nullable(),
  ageSeconds: z.int().nullable(),
  fresh: z.boolean(),
});
export type BackupAgeSeries = z.infer<typeof backupAgeSeries>;

/** How old the backups of a folder are. */
export const backupAge = z.strictObject({
  folder: z.string(),
  /** `careful`: fresh, and something beside is incomplete or damaged. `stale`: a series is too old, or there is none. */
  state: z.enum(['fresh', 'careful', 'stale']),
  series: z.array(backupAgeSeries).readonly(),
  problems: z.array(troubled).readonly(),
});
export type BackupAge = z.infer<typeof backupAge>;
