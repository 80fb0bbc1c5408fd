import { z } from 'zod';
import { jobKind } from '../job.ts';
import { keptEntry } from './entry.ts';
import { behalf } from '../login.ts';
import { action, planSummary, BIN_DEEDS } from '../plan.ts';
import { outcome } from '../outcome.ts';
import { schedulingMode } from '../scheduling.ts';

/** One row of the report: what became of one resource or rejected component. */
export const reportItem = z.strictObject({
  row: z.int(),
  uid: z.string(),
  title: z.string(),
  /** Absent where the event names none, and in runs of an older version. */
  organizer: z.string().optional(),
  start: z.string().nullable(),
  /** The instant of the start, see `eventTime.at`. */
  startsAt: z.number().optional(),
  href: z.string().nullable(),
  action,
  outcome,
  /** What it does with the trash bin; absent for a row that is about the calendar alone. */
  bin: z.enum(BIN_DEEDS).optional(),
  /** The outcome is not settled yet: it is being written, or a resume reads what became of it. */
  open: z.literal(true).optional(),
  reason: z.string(),
  file: z.string(),
  line: z.int(),
  components: z.int(),
  status: z.int().nullable(),
  actingAs: z.string().nullable(),
  repairs: z.array(z.string()).readonly(),
  /** What is sent as it is, and a person should know. Absent where there is nothing. */
  warnings: z.array(z.string()).readonly().optional(),
  /** `same`, `rewritten`, … or null when nothing was to be read back. */
  verified: z.string().nullable(),
  verifiedProperties: z.array(z.string()).readonly(),
  /** Rejected as a whole event, of which the run keeps the text: it can be tried again. */
  retriable: z.literal(true).optional(),
  /** People told by this row, as planned; 0 when nothing was sent. */
  notified: z.int().optional(),
});
export type ReportItem = z.infer<typeof reportItem>;

/** What History lists: one run. */
export const runEntry = keptEntry.extend({
  runId: z.string(),
  job: jobKind,
  server: z.string(),
  calendar: z.string(),
  calendarUrl: z.string(),
  /** Who logged in. */
  user: z.string(),
  /** For whom, where that was somebody else. */
  behalf: behalf.optional(),
  sources: z.array(z.string()).readonly(),
  effective: schedulingMode.nullable(),
  /** The batch that this run is one calendar of. */
  batch: z.string().optional(),
  /** What the run changed on the server besides events and has not put back yet, one sentence each. A resume does. */
  leftOver: z.array(z.string()).readonly().optional(),
});
export type RunEntry = z.infer<typeof runEntry>;

/** The whole report of a run, as `report --format json` prints it. */
export const runReport = z.strictObject({
  version: z.literal(1),
  run: runEntry,
  summary: planSummary,
  items: z.array(reportItem).readonly(),
  /** Sentences a reader must know, e.g. that restored meetings are live. */
  notes: z.array(z.string()).readonly(),
});
export type RunReport = z.infer<typeof runReport>;

/** The lists in which the rows of a report are read: what needs attention, what the server re-wrote, everything. */
export const REPORT_LISTS = ['trouble', 'rewritten', 'all'] as const;
export type ReportList = (typeof REPORT_LISTS)[number];

/** A report without its rows, which are read in pages: there may be a hundred thousand of them. */
export const reportHead = runReport.omit({ version: true, items: true }).extend({
  /** Per outcome that is not empty: resources, which the totals count, and parts in the files; both sums are the plan's. */
  buckets: z.array(z.strictObject({ outcome, resources: z.int(), components: z.int() })).readonly(),
  /** The rows that need attention, by what is said of them, in the order of their list. */
  groups: z.array(z.strictObject({ outcome, reason: z.string(), count: z.int() })).readonly(),
  /** Rejected rows that can be tried again. */
  retriable: z.int(),
  /** Rows in each list. */
  lists: z.record(z.enum(REPORT_LISTS), z.int()),
});
export type ReportHead = z.infer<typeof reportHead>;

export const REPORT_FORMATS = ['html', 'csv', 'json'] as const;
export type ReportFormat = (typeof REPORT_FORMATS)[number];

/** In which the window saves a report: a PDF needs a window that prints it. */
export const SAVED_FORMATS = ['pdf', ...REPORT_FORMATS] as const;
export type SavedFormat = (typeof SAVED_FORMATS)[number];
