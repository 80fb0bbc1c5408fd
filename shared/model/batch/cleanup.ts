import { z } from 'zod';
import { batchLimits } from './batch.ts';
import { login } from '../login.ts';
import { assumption, schedulingMode } from '../scheduling.ts';

/** Rules (`FIELD OP VALUE`, docs/rules.md) under a name, to be used again. */
export const ruleSet = z.strictObject({
  id: z.string(),
  name: z.string().min(1).max(100),
  rules: z.array(z.string().max(1000)).readonly(),
  /** One of them is enough; else all must hold. */
  any: z.boolean(),
  /** Came with the program, cannot be changed. */
  preset: z.boolean(),
});
export type RuleSet = z.infer<typeof ruleSet>;

/** One place to search: a calendar, or a schedule inbox (RFC 6638 §2.2). */
const searchPlace = z.strictObject({
  login,
  mailbox: z.string(),
  url: z.string(),
  name: z.string(),
  inbox: z.boolean(),
});
export type SearchPlace = z.infer<typeof searchPlace>;

/** For the rules `copies` and `calendars`: only what is more than the least that these rules ask for. */
const crowd = z.strictObject({
  /** Key of a text (see search/shapes.ts) → mailboxes that have it. */
  copies: z.record(z.string(), z.int()),
  /** Key of an organizer's address → calendars in which that organizer has events. */
  calendars: z.record(z.string(), z.int()),
});
export type Crowd = z.infer<typeof crowd>;

export const cleanupSpec = z.strictObject({
  places: z.array(searchPlace).readonly(),
  rules: z.array(z.string()).readonly(),
  any: z.boolean(),
  mode: schedulingMode,
  /** Second consent: also events that the owner organizes or has accepted. */
  includeOwn: z.boolean(),
  /** Share of one calendar, 0 to 1, beyond which a person must say so. */
  maxShare: z.number().min(0).max(1),
  /** Events that a person unticked; `place` is the position in `places`. */
  keep: z.array(z.strictObject({ place: z.int(), uid: z.string() })).readonly(),
  /** More addresses of the owners of these calendars, said by the admin. */
  aliases: z.array(z.string()).readonly().optional(),
  /** Mail domains that count as inside, besides those of the owners. Lower case. */
  insideDomains: z.array(z.string()).readonly().optional(),
  /** What only a search over all places can count; worked out once, so that a resume counts the same. */
  crowd: crowd.optional(),
  assume: z.array(assumption).readonly(),
  limits: batchLimits,
});
export type CleanupSpec = z.infer<typeof cleanupSpec>;

/** One found event, as the window shows it. */
export const match = z.strictObject({
  id: z.int(),
  place: z.int(),
  mailbox: z.string(),
  calendar: z.string(),
  uid: z.string(),
  href: z.string(),
  title: z.string(),
  start: z.string().nullable(),
  /** The instant of the start, see `eventTime.at`. */
  startsAt: z.number().optional(),
  organizer: z.string().nullable(),
  guests: z.int(),
  linkHosts: z.array(z.string()).readonly(),
  /** The owner organizes it, or has accepted it: deleted only with the second consent. */
  own: z.enum(['no', 'organizer', 'accepted']),
  recurring: z.boolean(),
  kept: z.boolean(),
});
export type Match = z.infer<typeof match>;

/** Copies of the same unwanted thing, so that one decision clears them. */
const cluster = z.strictObject({
  key: z.string(),
  by: z.enum(['organizer', 'link', 'title', 'text']),
  /** For a person: the address, the host, the title with its changing parts as `…`. */
  label: z.string(),
  matches: z.int(),
  calendars: z.int(),
  mailboxes: z.int(),
  own: z.int(),
  kept: z.int(),
  /** A few titles, for recognition. */
  samples: z.array(z.string()).readonly(),
});
export type Cluster = z.infer<typeof cluster>;

export const searchResult = z.strictObject({
  places: z.int(),
  searched: z.int(),
  events: z.int(),
  matches: z.int(),
  own: z.int(),
  clusters: z.array(cluster).readonly(),
  /** Places that could not be searched, with the reason. */
  problems: z.array(z.strictObject({ place: z.string(), message: z.string() })).readonly(),
});
export type SearchResult = z.infer<typeof searchResult>;
