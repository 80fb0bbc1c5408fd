import { z } from 'zod';
import { batchLimits } from './batch.ts';
import { rewrites } from '../job.ts';
import { credentialKind, login } from '../login.ts';
import { conflictPolicy } from '../plan.ts';
import { assumption, identityChoice, schedulingMode } from '../scheduling.ts';

/** One row of the mapping as read; only source and user are required. Empty text: not given. */
export const mappingRow = z.strictObject({
  /** 1-based line of the CSV; 0 for a row typed in the window. */
  line: z.int(),
  /** A file, a folder, a backup, or the URL of a calendar or home on the old server. */
  source: z.string(),
  user: z.string(),
  /** Name of the environment variable (or of the stored secret) with the user's password or token; never the secret. */
  secret: z.string(),
  calendar: z.string(),
  identity: z.string(),
  mode: z.string(),
  sourceUser: z.string(),
  sourceSecret: z.string(),
  /** What `secret` holds, where its column says so. */
  credential: credentialKind.optional(),
});
export type MappingRow = z.infer<typeof mappingRow>;

/** A row with nothing in it. */
export const NO_CELLS: Omit<MappingRow, 'line'> = {
  source: '',
  user: '',
  secret: '',
  calendar: '',
  identity: '',
  mode: '',
  sourceUser: '',
  sourceSecret: '',
};

/** Whether a cell is an address on a server, and no path. */
export function isUrl(text: string): boolean {
  return /^https?:\/\//i.test(text);
}

/** Something wrong with one row; the row is left out, the rest goes on. */
export const mappingProblem = z.strictObject({ line: z.int(), column: z.string(), message: z.string() });
export type MappingProblem = z.infer<typeof mappingProblem>;

const mapping = z.strictObject({
  rows: z.array(mappingRow).readonly(),
  problems: z.array(mappingProblem).readonly(),
  /** Columns that were not recognised. */
  unknownColumns: z.array(z.string()).readonly(),
});
export type Mapping = z.infer<typeof mapping>;

/** One calendar to move: a mapping row, resolved. What `--resolved-out` writes down. */
export const move = z.strictObject({
  line: z.int(),
  mailbox: z.string(),
  /** Paths, or one calendar of the old server. */
  from: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('files'), paths: z.array(z.string()).readonly() }),
    z.strictObject({ kind: z.literal('server'), url: z.string(), login }),
  ]),
  to: login,
  calendarUrl: z.string(),
  calendarName: z.string(),
  /** It does not exist and will be made. */
  makes: z.boolean(),
  identity: identityChoice,
  /** `auto`: the row names no mode of its own, and the migration is asked for `auto`. */
  mode: z.union([schedulingMode, z.literal('auto')]),
});
export type Move = z.infer<typeof move>;

/**
 * What a migration is asked to do: step 1. Mode `auto` is the draft's intent: `none` where organizer and guests are all
 * in the mapping, `internal-only` (organizers first) where a colleague is not.
 */
export const migrateSpec = z.strictObject({
  moves: z.array(move).readonly(),
  mode: z.union([schedulingMode, z.literal('auto')]),
  onConflict: conflictPolicy,
  rewrites: rewrites.optional(),
  insideDomains: z.array(z.string()).readonly(),
  /** Said once per server by the admin, e.g. `no-mail-hook` (Radicale). */
  assume: z.array(assumption).readonly().optional(),
  /** `i/n`: this part of the mailboxes, stable by user. */
  shard: z.strictObject({ index: z.int().min(1), of: z.int().min(1) }).nullable(),
  /** Of `auto`: organizers' events first over all mailboxes and shards, then the rest. */
  pass: z.enum(['both', 'organizers', 'rest']),
  limits: batchLimits,
  /** An earlier batch of the same mapping: what it wrote and is gone from the old side since is listed. */
  after: z.string().nullable(),
  /** Of those, delete them on the new side too: only when a person said so. */
  deleteGone: z.boolean(),
  /** Rows of the mapping that cannot be used: they count as calendars that need attention. */
  leftOut: z
    .array(z.strictObject({ mailbox: z.string(), source: z.string(), message: z.string() }))
    .readonly()
    .optional(),
});
export type MigrateSpec = z.infer<typeof migrateSpec>;
