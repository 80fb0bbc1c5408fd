import { z } from 'zod';
import { migrateSpec } from '../../../../shared/model/batch/migrate.ts';
import { newCalendar } from '../../../../shared/model/plan.ts';
import { schedulingMode } from '../../../../shared/model/scheduling.ts';

/*
 * A migration as it was laid out, before its plans are made: it is kept with the batch, so that a resume needs neither
 * the old server nor the mapping.
 */

/**
 * Which events of a calendar a member writes: `organizers` those whose organizer it is and that colleagues hear of, before
 * anybody else's; `rest` all others; `whole` everything at once.
 */
const part = z.enum(['organizers', 'rest', 'whole']);
export type Part = z.infer<typeof part>;

/** One calendar, laid out. */
const laidMove = z.strictObject({
  /** Index in `spec.moves`. */
  move: z.int(),
  /** What its events are read from. */
  sources: z.array(z.string()).readonly(),
  /** Shown name of where they come from. */
  from: z.string(),
  notCarried: z.array(z.string()).readonly(),
  /** Not everything could be read from the old side: nothing may be taken for deleted. */
  incomplete: z.boolean(),
  /** Events on the old side that could not be read; what was kept by an earlier version says nothing of it. */
  unread: z.int().default(0),
  /** UIDs that the old side has proved to have no more since the earlier migration; null where files are the source. */
  gone: z.array(z.string()).readonly().nullable().default(null),
  problem: z.string().nullable(),
});
export type LaidMove = z.infer<typeof laidMove>;

/** What a member was planned as; a later plan is held against it. */
const plannedAs = z.strictObject({
  hash: z.string(),
  makes: newCalendar.nullable(),
  /** UIDs of colleagues' meetings that were in the calendar already. */
  present: z.array(z.string()).readonly(),
  /** UIDs that another calendar of the same user held already, where the server takes a UID once per user. */
  elsewhere: z.array(z.string()).readonly().default([]),
});
export type PlannedAs = z.infer<typeof plannedAs>;

const laidMember = z.strictObject({
  /** Index in `laid`. */
  laid: z.int(),
  part,
  mode: schedulingMode,
  stage: z.int(),
});
export type LaidMember = z.infer<typeof laidMember>;

export const laidMigration = z.strictObject({
  version: z.literal(1),
  spec: migrateSpec,
  laid: z.array(laidMove).readonly(),
  members: z.array(laidMember).readonly(),
  /** Keys of the addresses of everybody in the mapping → the mode of their events. */
  people: z.record(z.string(), z.union([schedulingMode, z.literal('auto')])),
  /** Mail domains of colleagues. */
  inside: z.array(z.string()).readonly(),
  notes: z.array(z.string()).readonly(),
  /** By member; null until it was planned. */
  planned: z.array(plannedAs.nullable()).readonly(),
});
export type LaidMigration = z.infer<typeof laidMigration>;
