import { z } from 'zod';
import { eventCard } from './found/event-card.ts';
import { failureCode } from './failure-codes.ts';
import {
  kindsByMode,
  messageKinds,
  schedulingMode,
  notifiedByMode,
  notifiedCount,
  verdict,
  STANDARD_MODES,
} from './scheduling.ts';

/**
 * What the plan will do with one resource. The last five write nothing. `supersede`: an older version of an event that the
 * backup holds more than once; the newer one has a row of its own.
 */
export const ACTIONS = ['create', 'update', 'delete', 'unchanged', 'skip', 'supersede', 'conflict', 'reject'] as const;
export const action = z.enum(ACTIONS);
export type Action = z.infer<typeof action>;

/** What to do when the target already holds the UID with another meaning. */
export const CONFLICT_POLICIES = ['skip', 'replace', 'newer', 'copy'] as const;
export const conflictPolicy = z.enum(CONFLICT_POLICIES);
export type ConflictPolicy = z.infer<typeof conflictPolicy>;

/**
 * How a person settles one event whose UID is on the server with another meaning or in another place; `trash`: what lies in
 * the trash bin is taken back out of it; `undecided` goes back to the policy.
 */
export const RESOLUTIONS = ['backup', 'server', 'copy', 'trash'] as const;
const resolution = z.enum(RESOLUTIONS);
export type Resolution = (typeof RESOLUTIONS)[number];
export const resolutionChoice = z.enum([...RESOLUTIONS, 'undecided']);
export type ResolutionChoice = Resolution | 'undecided';

/** Something a person should know about one event: a repair that will be made, or a warning. */
export const finding = z.strictObject({
  kind: z.enum(['repair', 'warning']),
  /** Stable, for programs and filters, e.g. `method-removed`. */
  code: z.string(),
  message: z.string(),
  /** 1-based line in the source file, where it can be named. */
  line: z.int().optional(),
});
export type Finding = z.infer<typeof finding>;

/** The sentences of what is sent as it is, and a person should know. */
export function warningsOf(findings: readonly Finding[]): readonly string[] {
  return findings.flatMap(({ kind, message }) => (kind === 'warning' ? [message] : []));
}

/** The sentences of what is changed in an event because a person consented to it; other repairs are forced by CalDAV. */
export function changesOf(findings: readonly Finding[]): readonly string[] {
  return findings.flatMap((one) => (isChange(one) ? [one.message] : []));
}

export function isChange({ kind, code }: Finding): boolean {
  return kind === 'repair' && (code.startsWith('rewrite-') || code === 'merge-instance');
}

/**
 * What a row does with the trash bin of the server: it takes a deleted event out for good (`remove`), takes it back out
 * into the calendar (`restore`), or puts into the bin again what a run took out of it (`refill`). Silent, each of them.
 */
export const BIN_DEEDS = ['remove', 'restore', 'refill'] as const;
export type BinDeed = (typeof BIN_DEEDS)[number];

/** One line of the plan: one calendar object resource, or one component that could not become one (`reject`). */
export const planRow = z.strictObject({
  /** Position in the plan, 0-based; the row's identity within it. */
  id: z.int(),
  uid: z.string(),
  href: z.string().nullable(),
  action,
  /** Why this action, for a person. Empty where the action says it all. */
  reason: z.string(),
  /** Where the first component came from; `line` is 1-based. Empty and 0 for rows that come from a server. */
  file: z.string(),
  line: z.int(),
  /** How many components (master and overrides) the resource holds. */
  components: z.int(),
  title: z.string(),
  /** As written in the event: `2026-11-23` or `2026-11-23T09:30:00`, with `Z` when in UTC; null when there is none. */
  start: z.string().nullable(),
  tzid: z.string().nullable(),
  /** The instant of the start, see `eventTime.at`. */
  startsAt: z.number().optional(),
  recurring: z.boolean(),
  /** The last instance has ended. */
  past: z.boolean(),
  organizer: z.string().nullable(),
  guests: z.int(),
  /** The address in `Schedule-User-Address`, or null when none is sent. */
  actingAs: z.string().nullable(),
  /** `ambiguous` and `stranger` want a look: several of the user's addresses, or none of them, stand in the event. */
  standing: z.enum(['plain', 'organizer', 'attendee', 'stranger', 'ambiguous']),
  /** People told by this row in the plan's effective mode. */
  notified: z.int(),
  findings: z.array(finding).readonly(),
  /** Unticked by the person: it will be skipped. */
  excluded: z.boolean(),
  /** How a person settled it; absent where nobody did. */
  decided: resolution.optional(),
  /** What it does with the trash bin; absent for a row that is about the calendar alone. */
  bin: z.enum(BIN_DEEDS).optional(),
});
export type PlanRow = z.infer<typeof planRow>;

/** A reason for which the whole plan may not run. `override`: a person may go on after saying so. */
export const safetyStop = z.strictObject({
  code: failureCode,
  message: z.string(),
  override: z.boolean(),
});
export type SafetyStop = z.infer<typeof safetyStop>;

/** A calendar that the run will make before it writes anything into it. */
export const newCalendar = z.strictObject({
  url: z.string(),
  name: z.string(),
  /** `#rrggbb`, or `#rrggbbaa` where it is not opaque. */
  color: z.string().nullable(),
  description: z.string().nullable(),
  order: z.int().nullable(),
  /** Its own time zone, as a whole iCalendar object (RFC 4791 §5.2.2). */
  zone: z.strictObject({ tzid: z.string(), definition: z.string() }).nullable(),
  /** `VEVENT`, …: what the backup holds. */
  components: z.array(z.string()).readonly(),
  /** `schedule-calendar-transp` (RFC 6638 §9.1); absent where nobody said. */
  transparency: z.enum(['opaque', 'transparent']).optional(),
});
export type NewCalendar = z.infer<typeof newCalendar>;

export const actionCounts = z.strictObject({
  create: z.int(),
  update: z.int(),
  delete: z.int(),
  unchanged: z.int(),
  skip: z.int(),
  /** Absent in plans of an older version. */
  supersede: z.int().default(0),
  conflict: z.int(),
  reject: z.int(),
});
export type ActionCounts = Record<Action, number>;

export const ZERO_COUNTS: ActionCounts = {
  create: 0,
  update: 0,
  delete: 0,
  unchanged: 0,
  skip: 0,
  supersede: 0,
  conflict: 0,
  reject: 0,
};

/** Titles of some of the events that something is about: the first ones of the plan, each title once. */
const meetings = z.array(z.string()).readonly();

/** The plan in numbers: what the consequence panel shows, and what consent is given to. */
export const planSummary = z.strictObject({
  /** SHA-256 (hex) over everything the run will do; consent names it. */
  hash: z.string(),
  counts: actionCounts,
  /** Resources, and the components they and the rejected ones hold. */
  resources: z.int(),
  components: z.int(),
  /** What is in the calendar and could not be read: a row of its own for each. Absent where everything was seen. */
  unseen: z.int().optional(),
  withGuests: z.int(),
  past: z.int(),
  findings: z.int(),
  notified: notifiedByMode,
  verdict,
  /** What would become of each mode on this target. */
  verdicts: z.record(z.enum(STANDARD_MODES), verdict),
  /** Rows per acting address; the key '' stands for "no header". */
  actingAs: z.record(z.string(), z.int()),
  ambiguous: z.int(),
  strangers: z.int(),
  stops: z.array(safetyStop).readonly(),
  /** Of an undo: whom the run that is taken back has told, by the writes it made; absent when it told nobody. */
  undoes: z.strictObject({ runId: z.string(), mode: schedulingMode, notified: notifiedCount }).optional(),
  /** The calendar does not exist and will be made. */
  makes: newCalendar.optional(),
  /** More sentences that a person must know before the run. */
  notes: z.array(z.string()).readonly().optional(),
  topRecipients: z
    .array(
      z.strictObject({ address: z.string(), inside: z.boolean(), messages: z.int(), meetings: meetings.optional() }),
    )
    .readonly(),
  /** The messages of each mode by kind. */
  kinds: kindsByMode.optional(),
  /** Domains of the recipients, the ones with most messages first. */
  topDomains: z
    .array(
      z.strictObject({
        domain: z.string(),
        inside: z.boolean(),
        people: z.int(),
        messages: z.int(),
        meetings: meetings.optional(),
      }),
    )
    .readonly()
    .optional(),
  /** The messages of mode `all` by the month of the event, oldest first; `external-only` sends those outside. */
  notifiedMonths: z
    .array(z.strictObject({ month: z.string(), inside: z.int(), outside: z.int(), meetings }))
    .readonly()
    .optional(),
  /** Titles of events by the kind of message that they would send if everybody were notified. */
  kindMeetings: z.partialRecord(messageKinds.keyof(), meetings).optional(),
  /** Rows whose alarms tell people past every header: by e-mail, and those whose time is over already. */
  alarms: z.strictObject({ email: z.int(), overdue: z.int() }).optional(),
  /** Ticked rows about the trash bin, by what they do; absent where there are none. */
  bin: z.strictObject({ remove: z.int(), restore: z.int(), refill: z.int() }).optional(),
  /** Rows that only a rewrite would store, by its name in the job; absent where there are none. */
  wants: z.partialRecord(z.enum(['brokenLines', 'cancellations']), z.int()).optional(),
  /** Events by month, oldest first, for the timeline. */
  months: z.array(z.strictObject({ month: z.string(), counts: z.partialRecord(action, z.int()) })).readonly(),
});
export type PlanSummary = z.infer<typeof planSummary>;

/** Who one row would tell, per mode, for the drawer. */
const rowRecipients = z.strictObject({
  inside: z.array(z.string()).readonly(),
  outside: z.array(z.string()).readonly(),
  perMode: z.record(z.enum(STANDARD_MODES), notifiedCount),
  /** The messages of each mode by kind. */
  kinds: kindsByMode.optional(),
});
export type RowRecipients = z.infer<typeof rowRecipients>;

/** One field of the server's copy beside the same field of the backup. */
const fieldDifference = z.strictObject({
  field: z.string(),
  server: z.string().nullable(),
  backup: z.string().nullable(),
});
export type FieldDifference = z.infer<typeof fieldDifference>;

export const planRowDetail = z.strictObject({
  row: planRow,
  /** The text that will be sent; for a rejected component its raw text. Shortened past 64 KiB. */
  raw: z.string(),
  /** What is said in it; null where that cannot be read. */
  card: eventCard.nullable(),
  /** The calendar's own copy, or the deleted one; null where there is none. */
  there: eventCard.nullable(),
  difference: z.array(fieldDifference).readonly().nullable(),
  recipients: rowRecipients,
  /** How a person may settle it; empty where there is nothing to settle. */
  choices: z.array(resolution).readonly(),
  /**
   * What has the same UID where that is not in the calendar itself: another calendar of the user, or its trash bin; `unseen`:
   * something in the calendar that cannot be read may have it.
   */
  against: z.enum(['elsewhere', 'trash', 'unseen']).optional(),
});
export type PlanRowDetail = z.infer<typeof planRowDetail>;

/** Which rows of a plan are meant. */
export const rowFilter = z.strictObject({
  search: z.string().max(500),
  /** Empty: all actions. */
  actions: z.array(action).readonly(),
  attention: z.enum(['any', 'guests', 'notified', 'findings', 'identity', 'decided']),
  /** `YYYY-MM` inclusive, or null. */
  months: z.strictObject({ from: z.string(), to: z.string() }).nullable(),
  /** Address of the organizer; absent: any, or none. */
  organizer: z.string().max(512).optional(),
});
export type RowFilter = z.infer<typeof rowFilter>;
/** Every row. */
export const NO_FILTER: RowFilter = { search: '', actions: [], attention: 'any', months: null };

/** What rows can be put in order by. */
export const ROW_COLUMNS = [
  'action',
  'when',
  'title',
  'organizer',
  'guests',
  'acting',
  'notified',
  'findings',
] as const;
/** How the rows that a filter lets through are put in order; those that have nothing in the column are last either way. */
export const rowSort = z.strictObject({ by: z.enum(ROW_COLUMNS), descending: z.boolean() });
export type RowSort = z.infer<typeof rowSort>;

/** Stretches of the list that a filter and an order give: positions, 0-based, both ends among them. */
const rowSpans = z.strictObject({
  filter: rowFilter,
  sort: rowSort.nullable(),
  spans: z
    .array(z.tuple([z.int().min(0), z.int().min(0)]).readonly())
    .max(10_000)
    .readonly(),
});
export type RowSpans = z.infer<typeof rowSpans>;
/** Rows of a plan: by id, all that a filter lets through, or stretches of a list. */
export const chosenRows = z.union([z.array(z.int()).max(10_000).readonly(), rowFilter, rowSpans]);
export type ChosenRows = z.infer<typeof chosenRows>;

/** Which columns tell rows of the plan apart; one in which all are alike may be left out. */
export const variedColumns = z.strictObject({ organizer: z.boolean(), acting: z.boolean() });
export type VariedColumns = z.infer<typeof variedColumns>;
