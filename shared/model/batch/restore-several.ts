import { z } from 'zod';
import { batchLimits } from './batch.ts';
import { makeCalendar, restoreSpec } from '../job.ts';
import { login } from '../login.ts';

/** How it is known where a calendar of a backup goes: its old address, its name; or nothing fits and a new one is made. */
const PLACED_BY = ['address', 'name', 'new'] as const;

/** One calendar of a backup, and where it goes back to. */
export const originalPlace = z.strictObject({
  /** What is restored: `FILE.zip#FOLDER`, or a file or folder. */
  source: z.string(),
  /** What it is called in the backup, and how many entries it has there; null where that is not known. */
  name: z.string(),
  entries: z.int().nullable(),
  calendarUrl: z.url(),
  calendarName: z.string(),
  placedBy: z.enum(PLACED_BY),
});
export type OriginalPlace = z.infer<typeof originalPlace>;

/** One calendar of a restore of several. */
const severalMember = z.strictObject({
  source: z.string(),
  name: z.string(),
  calendarUrl: z.url(),
  calendarName: z.string(),
  makeCalendar: makeCalendar.optional(),
});
export type SeveralMember = z.infer<typeof severalMember>;

/** A restore of several calendars of one user with one consent: each is a restore of its own. */
export const restoreSeveralSpec = restoreSpec.omit({ sources: true, calendarUrl: true, makeCalendar: true }).extend({
  /** Whose calendars these are. */
  login,
  members: z.array(severalMember).min(1).readonly(),
  limits: batchLimits,
});
export type RestoreSeveralSpec = z.infer<typeof restoreSeveralSpec>;
