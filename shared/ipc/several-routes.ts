import { z } from 'zod';
import { rewrites } from '../model/job.ts';
import { conflictPolicy } from '../model/plan.ts';
import { originalPlace } from '../model/batch/restore-several.ts';
import { schedulingMode } from '../model/scheduling.ts';
import { preparedBatch } from './batch-routes.ts';
import { route } from './route.ts';

/** Where one calendar of a backup can go back to. Its number in the list stands for its path. */
const severalPlace = originalPlace.omit({ source: true });
export type SeveralPlace = z.infer<typeof severalPlace>;

export const severalRoutes = {
  /** Where each calendar of a source was: by address, then by name, else a new one. */
  'several.places': route(
    z.strictObject({ sourceId: z.string(), serverId: z.string(), forUser: z.string().min(1).max(500).optional() }),
    z.strictObject({ placesId: z.string(), places: z.array(severalPlace).readonly() }),
  ),
  /** One plan for all that are named. */
  'several.plan': route(
    z.strictObject({
      placesId: z.string(),
      members: z
        .array(
          z.strictObject({
            /** Which of the places. */
            place: z.int().min(0),
            calendarUrl: z.string().max(2000),
            calendarName: z.string().max(500),
            /** Consent to make the calendar. */
            makes: z.boolean(),
          }),
        )
        .min(1)
        .max(10_000)
        .readonly(),
      mode: schedulingMode,
      onConflict: conflictPolicy,
      rewrites: rewrites.omit({ domains: true }),
    }),
    preparedBatch,
  ),
} as const;
