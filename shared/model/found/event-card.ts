import { z } from 'zod';

/** Longest text of a card, in characters; longer ones end in `…`. */
export const LONGEST_CARD_TEXT = 20_000;
/** Longest text as it stands that is shown beside a card, in characters. */
export const LONGEST_RAW = 65_536;
/** Guests, dates and instances that a card lists; those beyond are counted. */
export const MOST_LISTED = 200;

/** A date or date-time of an event (RFC 5545 §3.3.4, §3.3.5). */
const eventTime = z.strictObject({
  /** As written: `2026-11-23` or `2026-11-23T09:30:00`, with `Z` when in UTC. */
  text: z.string(),
  tzid: z.string().nullable(),
  /** The instant in milliseconds since 1970; absent for whole days, for times of no zone, and where nobody knows the zone. */
  at: z.number().optional(),
});
export type EventTime = z.infer<typeof eventTime>;

/** ORGANIZER or ATTENDEE. */
const eventPerson = z.strictObject({
  /** Without `mailto:`. */
  address: z.string(),
  name: z.string().nullable(),
  /** PARTSTAT in upper case; null when it says none. */
  answer: z.string().nullable(),
  /** ROLE in upper case; null when it says none. */
  role: z.string().nullable(),
});
export type EventPerson = z.infer<typeof eventPerson>;

const eventAlarm = z.strictObject({
  /** ACTION in upper case; empty when it says none. */
  action: z.string(),
  /** Milliseconds from the start (or the end) to the alarm, below zero before it; null for a fixed time. */
  offsetMs: z.number().nullable(),
  fromEnd: z.boolean(),
  time: eventTime.nullable(),
  /** TRIGGER as written. */
  trigger: z.string(),
  /** Goes off so many times more. */
  repeat: z.int(),
});
export type EventAlarm = z.infer<typeof eventAlarm>;

/** How an event repeats (RFC 5545 §3.8.5). */
const recurrence = z.strictObject({
  start: eventTime.nullable(),
  /** Values of RRULE and EXRULE as written. */
  rules: z.array(z.string()).readonly(),
  exceptRules: z.array(z.string()).readonly(),
  /** RDATE: the starts. */
  dates: z.array(eventTime).readonly(),
  moreDates: z.int(),
  /** EXDATE. */
  exceptDates: z.array(eventTime).readonly(),
  moreExceptDates: z.int(),
  /** Instances that have a component of their own. */
  changed: z.int(),
});
export type Recurrence = z.infer<typeof recurrence>;

/** A part of a series that says something else than the series. */
const changedInstance = z.strictObject({
  /** RECURRENCE-ID. */
  of: eventTime.nullable(),
  andLater: z.boolean(),
  start: eventTime.nullable(),
  end: eventTime.nullable(),
  title: z.string(),
  location: z.string(),
  cancelled: z.boolean(),
});
export type ChangedInstance = z.infer<typeof changedInstance>;

/** One event as a person reads it. Foreign text all of it: nothing is rendered, opened or fetched. */
export const eventCard = z.strictObject({
  /** `VEVENT`, `VTODO`, … */
  kind: z.string(),
  title: z.string(),
  start: eventTime.nullable(),
  /** DTEND, DUE, or the start and DURATION; for whole days the first day that is no part of it. */
  end: eventTime.nullable(),
  location: z.string(),
  organizer: eventPerson.nullable(),
  guests: z.array(eventPerson).readonly(),
  moreGuests: z.int(),
  /** Without markup. */
  text: z.string(),
  /** URL and CONFERENCE. */
  links: z.array(z.string()).readonly(),
  attachments: z.array(z.strictObject({ name: z.string(), what: z.string() })).readonly(),
  alarms: z.array(eventAlarm).readonly(),
  /** Null for what happens once. */
  recurrence: recurrence.nullable(),
  instances: z.array(changedInstance).readonly(),
  moreInstances: z.int(),
  /** STATUS, TRANSP, CLASS in upper case; empty when it says none. */
  status: z.string(),
  transparency: z.string(),
  privacy: z.string(),
  categories: z.array(z.string()).readonly(),
});
export type EventCard = z.infer<typeof eventCard>;
