import { z } from 'zod';
import { finding } from '../plan.ts';
import { notifiedByMode } from '../scheduling.ts';

/** One component (or file) that cannot become a resource, and why. */
export const rejection = z.strictObject({
  file: z.string(),
  /** 1-based line of the component's first line; 0 when the whole file is meant. */
  line: z.int(),
  uid: z.string(),
  title: z.string(),
  code: z.string(),
  reason: z.string(),
});
/** Code of a component that is left out because the sources hold a newer version of it. */
export const SUPERSEDED = 'superseded';
/** The same where neither is newer: the one read first is used, and a person has to look. */
export const AS_NEW = 'as-new-duplicate';

/** Code of what an incomplete backup says that it lacks. */
export const NOT_IN_BACKUP = 'not-in-backup';

export type Rejection = z.infer<typeof rejection>;

/** What `inspect` finds in a set of sources, without any server. */
export const inspection = z.strictObject({
  files: z.int(),
  bytes: z.int(),
  /** Components read, and the resources they make; `components = in resources + duplicates + superseded + rejected`. */
  components: z.int(),
  resources: z.int(),
  duplicates: z.int(),
  byKind: z.record(z.string(), z.int()),
  recurring: z.int(),
  withGuests: z.int(),
  past: z.int(),
  /** Earliest and latest start, as written. */
  from: z.string().nullable(),
  to: z.string().nullable(),
  rejected: z.array(rejection).readonly(),
  /** Older versions of events that are here in a newer one, too. */
  superseded: z.array(rejection).readonly(),
  findings: z.array(z.strictObject({ file: z.string(), line: z.int(), uid: z.string(), finding })).readonly(),
  findingCounts: z.record(z.string(), z.int()),
  notified: notifiedByMode,
});
export type Inspection = z.infer<typeof inspection>;
