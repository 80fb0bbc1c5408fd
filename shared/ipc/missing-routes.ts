import { z } from 'zod';
import { day } from '../model/job.ts';
import { dayRange, occurrences } from '../model/found/occurrences.ts';
import { missingResult, MOST_MISSING } from '../model/found/missing.ts';
import { nothing, route } from './route.ts';
import { sourceSet } from './source-set.ts';

export const missingRoutes = {
  /** Holds the backups of a list (see `find.choose`) against a calendar as it is now; null when it was stopped. */
  'missing.compare': route(
    z.strictObject({ findId: z.string(), serverId: z.string(), calendarUrl: z.string(), since: day.optional() }),
    z.strictObject({ missingId: z.string(), result: missingResult }).nullable(),
  ),
  'missing.stop': route(nothing, nothing),
  /** What went missing and the calendar around it, on their days: in the backups and as it is now. Rows are entries. */
  'missing.occurrences': route(z.strictObject({ missingId: z.string(), range: dayRange }), occurrences),
  /** Makes entries, each in the version that is listed, the source of a restore. */
  'missing.restore': route(
    z.strictObject({ missingId: z.string(), entries: z.array(z.int().min(0)).min(1).max(MOST_MISSING).readonly() }),
    sourceSet,
  ),
} as const;

export const missingPushes = {
  /** How far it is: the backup that is read (1-based; 0: the calendar is listed), and what is done of it. */
  'missing.progress': z.strictObject({
    backup: z.int(),
    backups: z.int(),
    name: z.string(),
    done: z.int(),
    of: z.int(),
  }),
} as const;
