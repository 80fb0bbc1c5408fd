import { z } from 'zod';
import { matchOrder } from '../model/found/list-order.ts';
import { eventCard } from '../model/found/event-card.ts';
import { batchLimits } from '../model/batch/batch.ts';
import { backupResult } from '../model/kept/backup.ts';
import { match, ruleSet, searchResult } from '../model/batch/cleanup.ts';
import { serverLogin } from '../model/batch/mapping-view.ts';
import { schedulingMode } from '../model/scheduling.ts';
import { preparedBatch } from './batch-routes.ts';
import { nothing, route } from './route.ts';

const rule = z.string().min(1).max(1000);
const searchId = z.string();
const clusterBy = z.enum(['organizer', 'link', 'title', 'text']);
export type ClusterBy = z.infer<typeof clusterBy>;

/** Calendars and inboxes that can be searched, kept by the main process under an opaque id. */
const placeSet = z.strictObject({
  placesId: z.string(),
  places: z
    .array(z.strictObject({ id: z.int(), mailbox: z.string(), name: z.string(), inbox: z.boolean() }))
    .readonly(),
  problems: z.array(z.strictObject({ mailbox: z.string(), message: z.string() })).readonly(),
});
export type PlaceSet = z.infer<typeof placeSet>;

export const cleanupRoutes = {
  /** Logs in for each user and lists what can be searched. No user: the one of the server's own login. */
  'cleanup.places': route(
    z.strictObject({ way: serverLogin, users: z.array(z.string().max(500)).max(100_000) }),
    placeSet,
  ),
  /** The calendars of everybody in a mapping, on its new server. */
  'cleanup.places_of': route(z.strictObject({ mappingId: z.string() }), placeSet),
  /** Searches; resolves when the search has ended or was stopped. */
  'cleanup.search': route(
    z.strictObject({
      placesId: z.string(),
      places: z.array(z.int()).max(100_000),
      rules: z.array(rule).max(50),
      any: z.boolean(),
    }),
    z.strictObject({ searchId, result: searchResult }),
  ),
  'cleanup.pause': route(z.strictObject({ paused: z.boolean() }), nothing),
  /** Ends the search under way, whose finds so far stay, or the look for places. */
  'cleanup.stop': route(nothing, nothing),
  /** Events found, in the order of their clusters. Without `key`: all. */
  'cleanup.matches': route(
    z.strictObject({
      searchId,
      by: clusterBy,
      key: z.string().nullable(),
      order: matchOrder,
      offset: z.int().min(0),
      limit: z.int().min(1).max(500),
    }),
    z.strictObject({ rows: z.array(match), of: z.int() }),
  ),
  /** One event as plain text: nothing in it is rendered or fetched. */
  'cleanup.preview': route(
    z.strictObject({ searchId, id: z.int() }),
    z.strictObject({ card: eventCard.nullable(), text: z.string() }),
  ),
  /** Says which events are to be removed: single ones, or whole clusters. Nothing is, until a person says so. */
  'cleanup.keep': route(
    z.strictObject({
      searchId,
      which: z.union([z.array(z.int()).max(100_000), z.strictObject({ by: clusterBy, keys: z.array(z.string()) })]),
      keep: z.boolean(),
    }),
    searchResult,
  ),
  'cleanup.plan': route(
    z.strictObject({
      searchId,
      mode: schedulingMode,
      includeOwn: z.boolean(),
      maxShare: z.number().min(0).max(1),
      limits: batchLimits,
    }),
    preparedBatch,
  ),

  'rules.list': route(nothing, z.array(ruleSet)),
  'rules.save': route(
    z.strictObject({
      id: z.string().nullable(),
      name: z.string().min(1).max(100),
      rules: z.array(rule).max(50),
      any: z.boolean(),
    }),
    z.array(ruleSet),
  ),
  'rules.remove': route(z.strictObject({ id: z.string() }), z.array(ruleSet)),
  /** What is wrong with each rule; null where nothing is. */
  'rules.check': route(z.strictObject({ rules: z.array(z.string().max(1000)) }), z.array(z.string().nullable())),

  /** Opens the save dialog, then backs up; null when the person cancels. */
  'backup.run': route(
    z.strictObject({
      what: z.discriminatedUnion('kind', [
        /** Calendars of a user on a server of the list; null: all of them. */
        z.strictObject({
          kind: z.literal('server'),
          serverId: z.string(),
          forUser: z.string().min(1).max(500).optional(),
          calendars: z.array(z.string()).min(1).max(10_000).readonly().nullable(),
        }),
        /** The calendars that a batch is going to change. */
        z.strictObject({ kind: z.literal('batch'), planId: z.string() }),
      ]),
    }),
    /** `path`: where the file lies, shown to the person and by `backup.show`. */
    backupResult.extend({ path: z.string() }).nullable(),
  ),
  /** Shows the last backup in its folder. */
  'backup.show': route(nothing, nothing),
  'backup.stop': route(nothing, nothing),
} as const;

export const cleanupPushes = {
  'cleanup.progress': z.strictObject({
    searched: z.int(),
    places: z.int(),
    events: z.int(),
    matches: z.int(),
    /** Where it searches now. */
    now: z.string(),
  }),
  'backup.progress': z.strictObject({
    /** Null while the finished archive is read back. */
    calendar: z.string().nullable(),
    done: z.int(),
    of: z.int().nullable(),
  }),
} as const;
