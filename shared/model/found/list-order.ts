import { z } from 'zod';

/** In which order a list is read, and what of it: without a sort in its own, with an empty search all of it. */
function orderBy<const By extends readonly [string, ...string[]]>(columns: By) {
  return z.strictObject({
    sort: z.strictObject({ by: z.enum(columns), descending: z.boolean() }).nullable(),
    /** A part of the title, the UID, the organizer, the file or what is said of it. */
    search: z.string().max(200),
    /** Only events of this organizer; null: of everybody. */
    organizer: z.string().nullable(),
  });
}

export const REPORT_COLUMNS = ['outcome', 'when', 'title', 'organizer', 'place', 'verified'] as const;
export type ReportColumn = (typeof REPORT_COLUMNS)[number];
export const reportOrder = orderBy(REPORT_COLUMNS);
export type ReportOrder = z.infer<typeof reportOrder>;

export const MATCH_COLUMNS = ['when', 'title', 'organizer', 'mailbox', 'calendar', 'guests'] as const;
export type MatchColumn = (typeof MATCH_COLUMNS)[number];
export const matchOrder = orderBy(MATCH_COLUMNS);
export type MatchOrder = z.infer<typeof matchOrder>;

export const OWN_ORDER = { sort: null, search: '', organizer: null } as const;
