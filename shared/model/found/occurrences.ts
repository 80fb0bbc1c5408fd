import { z } from 'zod';
import { day } from '../job.ts';

/*
 * A calendar as it was and as it will be, for a week or a month that somebody looks at. Each occurrence belongs to a row of
 * a list beside it, so that it can be opened and ticked there; what stands in the calendar and is in no row has none.
 */

/**
 * `added`, `changed` (the new version), `replaced` (the old one), `removed`: by what is done; `kept`: it stays as it is;
 * `conflict`: it stays, and a person should look; `leftOut`: nothing is done about it though the source has it;
 * `rejected`: it cannot be stored; `other`: in the calendar, and the list has nothing to do with it.
 */
const OCCURRENCE_STATES = [
  'added',
  'changed',
  'replaced',
  'removed',
  'kept',
  'conflict',
  'leftOut',
  'rejected',
  'other',
] as const;
const occurrenceState = z.enum(OCCURRENCE_STATES);
export type OccurrenceState = z.infer<typeof occurrenceState>;

/** Of which of the two calendars it is a part. */
export const SIDES = ['before', 'after'] as const;
export type Side = (typeof SIDES)[number];

const occurrence = z.strictObject({
  /** The row of the list that it belongs to; null: none. */
  row: z.int().nullable(),
  state: occurrenceState,
  on: z.enum([...SIDES, 'both']),
  title: z.string(),
  /**
   * Milliseconds since 1970, the end exclusive. `instant`: a moment; `floating`: a local time wherever one is, and `day`:
   * whole days, both as if they were UTC.
   */
  startMs: z.number(),
  endMs: z.number(),
  clock: z.enum(['instant', 'floating', 'day']),
  /** The zone that the event names; null where it names none. */
  tzid: z.string().nullable(),
  recurring: z.boolean(),
  /** Whether the row is ticked; null where it cannot be. */
  ticked: z.boolean().nullable(),
  /** The new version of the same row stands at the same time and has the same title. */
  covered: z.literal(true).optional(),
});
export type Occurrence = z.infer<typeof occurrence>;

/** Days shown at once, at most. */
const MOST_DAYS = 62;
/** Occurrences in one answer, at most. */
export const MOST_OCCURRENCES = 20_000;

/** From the first day up to the last, both shown; those of the time zone of who looks. */
export const dayRange = z
  .strictObject({ from: day, to: day })
  .refine(({ from, to }) => from <= to && Date.parse(to) - Date.parse(from) < MOST_DAYS * 86_400_000);
export type DayRange = z.infer<typeof dayRange>;

export const occurrences = z.strictObject({
  occurrences: z.array(occurrence).readonly(),
  /** There are more, or a rule of a series could not be followed: of that one the first instance is shown. */
  cut: z.boolean(),
  /** Rows without a date: they are in the list only. */
  undated: z.int(),
});
export type Occurrences = z.infer<typeof occurrences>;

export const NO_OCCURRENCES: Occurrences = { occurrences: [], cut: false, undated: 0 };
