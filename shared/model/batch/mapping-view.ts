import { z } from 'zod';
import { batchLimits } from './batch.ts';
import { loginWay } from '../login.ts';
import { mappingProblem, type MigrateSpec } from './migrate.ts';
import { conflictPolicy } from '../plan.ts';
import { schedulingMode } from '../scheduling.ts';

/** Columns of the mapping that a person types into. A file is never typed: it is chosen, dropped or read from a CSV. */
export const mappingCell = z.enum(['source', 'user', 'calendar', 'identity', 'mode', 'sourceUser']);
export type MappingCell = z.infer<typeof mappingCell>;

/** `known`: typed, read from a list or kept; `admin`: the administrator's is used; `none`: there is nothing to log in to. */
const secretState = z.enum(['known', 'missing', 'admin', 'none']);
export type SecretState = z.infer<typeof secretState>;

/** One row as the window shows it. `row` stays the same while others come and go. */
const mappingRowView = z.strictObject({
  row: z.int(),
  /** 1-based line of the CSV; 0 for a row made in the window. */
  line: z.int(),
  /** A short name of the file or folder, or an address on the old server. */
  source: z.string(),
  sourceKind: z.enum(['files', 'server', 'unset']),
  user: z.string(),
  secret: secretState,
  calendar: z.string(),
  identity: z.string(),
  mode: z.string(),
  sourceUser: z.string(),
  sourceSecret: secretState,
  problems: z.array(z.strictObject({ column: z.string(), message: z.string() })).readonly(),
});
export type MappingRowView = z.infer<typeof mappingRowView>;

/** A server of the list, and how to log in there for each user of the mapping. */
export const serverLogin = z.strictObject({
  serverId: z.string(),
  way: loginWay,
  /** For the way `template`, e.g. `{user}%{admin}`. */
  template: z.string().max(200),
});
export type ServerLogin = z.infer<typeof serverLogin>;

/** What holds for every row. */
export const mappingSetup = z.strictObject({
  target: serverLogin.nullable(),
  /** The old server, for rows whose source is an address; null while there is none. */
  source: serverLogin.nullable(),
  mode: z.union([schedulingMode, z.literal('auto')]),
  onConflict: conflictPolicy,
  insideDomains: z.array(z.string().max(253)).readonly(),
  /** Organizers and guests of one mail domain get the other: a consented repair. */
  domains: z.array(z.strictObject({ from: z.string().max(253), to: z.string().max(253) })).readonly(),
  /** The other changes of the events that were consented to. */
  rewrites: z.array(z.enum(['emailAlarms', 'brokenLines', 'cancellations'])).readonly(),
  limits: batchLimits,
});
export type MappingSetup = z.infer<typeof mappingSetup>;

/** The changes of events that were consented to, as a migration is asked for them. */
export function rewritesOf({ domains, rewrites }: MappingSetup): Pick<MigrateSpec, 'rewrites'> {
  if (domains.length === 0 && rewrites.length === 0) return {};
  const chosen = Object.fromEntries(rewrites.map((key) => [key, true]));
  return { rewrites: { ...chosen, ...(domains.length === 0 ? {} : { domains }) } };
}

export const mappingView = z.strictObject({
  mappingId: z.string(),
  /** Where it came from: the name of the CSV; null when it was made here. */
  name: z.string().nullable(),
  rows: z.array(mappingRowView).readonly(),
  /** Lines of a CSV that could not be taken, with the reason. */
  leftOut: z.array(mappingProblem).readonly(),
  unknownColumns: z.array(z.string()).readonly(),
  /** Where files of pasted or typed rows are looked for: the name of a chosen folder. */
  folder: z.string().nullable(),
  setup: mappingSetup,
  /** Under which name it is kept, with each change; null: it is gone when the program ends. */
  project: z
    .strictObject({
      id: z.string(),
      name: z.string(),
      /** The migration that was begun with it last. */
      lastBatch: z.string().nullable(),
      /** What it names and is not here any more, one sentence each. */
      lost: z.array(z.string()).readonly(),
    })
    .nullable(),
});
export type MappingView = z.infer<typeof mappingView>;

/** What the check found out about one row. */
const checkedRow = z.strictObject({
  row: z.int(),
  mailbox: z.string(),
  /** The calendar it goes to; a row over an old home becomes several. */
  calendars: z.array(z.strictObject({ name: z.string(), makes: z.boolean() })).readonly(),
  /** Why it cannot be moved; null when it can. */
  problem: z.string().nullable(),
  /** What a person should know, one sentence each. */
  notes: z.array(z.string()).readonly(),
  /** A test event may open it. */
  testable: z.boolean(),
});
export type CheckedRow = z.infer<typeof checkedRow>;

/** What a test event showed for one row. */
export const testedRow = z.strictObject({
  row: z.int(),
  mailbox: z.string(),
  opens: z.boolean(),
  /** What was seen, for a person. */
  said: z.string(),
});
export type TestedRow = z.infer<typeof testedRow>;

export const checkedMapping = z.strictObject({ mappingId: z.string(), rows: z.array(checkedRow).readonly() });
