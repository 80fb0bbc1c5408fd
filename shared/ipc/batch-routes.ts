import { z } from 'zod';
import { batchEntry, batchEvent, batchMember, batchReport, batchSummary } from '../model/batch/batch.ts';
import { batchSnapshot } from '../model/batch/batch-snapshot.ts';
import { jobNote } from '../model/kept/job-note.ts';
import { phase } from '../model/job.ts';
import { planSummary } from '../model/plan.ts';
import { SAVED_FORMATS } from '../model/kept/report.ts';
import { nothing, route } from './route.ts';

/** A batch waiting for consent, kept by the main process under an opaque id. */
export const preparedBatch = z.strictObject({
  planId: z.string(),
  summary: batchSummary,
  members: z.array(batchMember).readonly(),
});
export type PreparedBatchView = z.infer<typeof preparedBatch>;

const batchId = z.string();

export const batchRoutes = {
  /** Step 1 of the mapping. `after`: the batch whose changes since are picked up (the final pass). */
  'migrate.plan': route(
    z.strictObject({ mappingId: z.string(), after: z.string().nullable(), deleteGone: z.boolean() }),
    preparedBatch,
  ),
  /** The plan of one member, for `plan.rows` and `plan.row`. */
  'batch.open': route(
    z.strictObject({ planId: z.string(), member: z.int().min(0) }),
    z.strictObject({ planId: z.string(), summary: planSummary }),
  ),
  'batch.discard': route(z.strictObject({ planId: z.string() }), nothing),
  'batch.start': route(
    z.strictObject({
      planId: z.string(),
      hash: z.string(),
      typedMessages: z.int().nullable(),
      jobNote: jobNote.optional(),
    }),
    z.strictObject({ batchId }),
  ),
  /** Users whose passwords are not known in this session and that a resume needs. */
  'batch.secrets': route(z.strictObject({ batchId }), z.strictObject({ missing: z.array(z.string()) })),
  /** Opens the dialog for a CSV of users and app passwords, for a resume; null when the person cancels. */
  'batch.import_secrets': route(
    z.strictObject({ batchId }),
    z.strictObject({ taken: z.int(), missing: z.array(z.string()), unknown: z.array(z.string()) }).nullable(),
  ),
  'batch.pause': route(z.strictObject({ batchId, paused: z.boolean() }), nothing),
  'batch.stop': route(z.strictObject({ batchId }), nothing),
  /** `typedMessages`: of those that are left, see `run.messages_left`. */
  'batch.resume': route(z.strictObject({ batchId, typedMessages: z.int().nullable() }), z.strictObject({ batchId })),
  /** The state and the sequence number of the last event in it: for a window that comes late or was reloaded. */
  'batch.snapshot': route(z.strictObject({ batchId }), z.strictObject({ seq: z.int(), snapshot: batchSnapshot })),
  'batch.active': route(nothing, z.array(z.string())),
  'batch.list': route(nothing, z.array(batchEntry)),
  'batch.report': route(z.strictObject({ batchId }), batchReport),
  /** Opens the save dialog; null when the person cancels. `history.show` shows the file. */
  'batch.export': route(
    z.strictObject({ batchId, format: z.enum(SAVED_FORMATS) }),
    z.strictObject({ path: z.string().nullable() }),
  ),
  /** A plan that takes back what a batch did: all of it, or only what the rules let through (docs/rules.md). */
  'batch.undo': route(
    z.strictObject({ batchId, members: z.array(z.int()).nullable(), only: z.array(z.string().max(1000)).readonly() }),
    preparedBatch,
  ),
  /** Step 2 of a migration: the guests outside are notified once. */
  'batch.announce': route(z.strictObject({ batchId }), preparedBatch),
} as const;

export const batchPushes = {
  'batch.events': z.strictObject({
    batchId,
    seq: z.int(),
    events: z.array(batchEvent),
    /** In place of the events, where they are too many; as in `run.events`. */
    snapshot: batchSnapshot.optional(),
  }),
  /** A batch is being planned: how many of its calendars are done. */
  'batch.progress': z.strictObject({ phase, done: z.int(), of: z.int().nullable() }),
} as const;
