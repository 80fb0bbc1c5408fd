import { auditPage } from '../model/kept/audit.ts';
import { damagedRun, purged } from '../model/kept/kept.ts';
import { z } from 'zod';
import { capturedMessage, rehearsal } from '../model/rehearsal.ts';
import { day, jobEvent, makeCalendar, phase, rewrites } from '../model/job.ts';
import {
  action,
  chosenRows,
  conflictPolicy,
  planRow,
  planRowDetail,
  planSummary,
  resolutionChoice,
  rowFilter,
  rowSort,
  variedColumns,
} from '../model/plan.ts';
import { eventCard } from '../model/found/event-card.ts';
import { dayRange, occurrences } from '../model/found/occurrences.ts';
import { canaryProof, identityChoice, schedulingMode, workaround } from '../model/scheduling.ts';
import { askedAdminWay, credentialKind } from '../model/login.ts';
import { jobNote } from '../model/kept/job-note.ts';
import { reportOrder } from '../model/found/list-order.ts';
import { networkInput } from './network-input.ts';
import { accountInfo, calendarInfo, foundServer, foundUser, serverInfo, serverUser } from '../model/server.ts';
import { SAVED_FORMATS, REPORT_LISTS, reportHead, reportItem, runEntry } from '../model/kept/report.ts';
import { runSnapshot } from '../model/snapshot.ts';
import { COMMANDS } from '../model/shortcuts.ts';
import type { failure } from '../model/failure.ts';
import { batchPushes, batchRoutes } from './batch-routes.ts';
import { cleanupPushes, cleanupRoutes } from './cleanup-routes.ts';
import { diagnosticsRoutes } from './diagnostics-routes.ts';
import { findPushes, findRoutes } from './find-routes.ts';
import { mappingPushes, mappingRoutes } from './mapping-routes.ts';
import { missingPushes, missingRoutes } from './missing-routes.ts';
import { projectRoutes } from './project-routes.ts';
import { nothing, route, secret } from './route.ts';
import { settingsPushes, settingsRoutes } from './settings-routes.ts';
import { severalRoutes } from './several-routes.ts';
import { sourceSet } from './source-set.ts';

/*
 * The contract of the two processes: one schema pair per route. The handler map of the main process and the client of
 * the renderer are derived from it. No path goes inward but by a dialog or a drop, which main turns into a source id;
 * a password goes inward as a `secret` and never comes back. Main checks who asks, what comes in, and what goes out.
 */

/** A prepared plan, kept by the main process under an opaque id until it runs, is replaced or its target changes. */
const preparedPlan = z.strictObject({ planId: z.string(), summary: planSummary });
export type PreparedPlan = z.infer<typeof preparedPlan>;

const serverUsers = z.array(serverUser).max(10_000).readonly();

/** A server as a person describes it. */
const serverFields = {
  name: z.string().max(200),
  url: z.string().min(1).max(2000),
  user: z.string().min(1).max(500),
  remember: z.boolean(),
  admin: askedAdminWay.optional(),
  users: serverUsers.optional(),
  credential: credentialKind.optional(),
  network: networkInput.optional(),
};

/** Whose calendars, on a server whose administrator logs in; absent: its first user's, or the login's own. */
const forUser = z.string().min(1).max(500).optional();

export const routes = {
  'app.info': route(
    nothing,
    z.strictObject({
      version: z.string(),
      electron: z.string(),
      /** Packed or started with the test runtime: shown as a test build. */
      testBuild: z.boolean(),
      secretStore: z.enum(['keychain', 'session']),
      /** Why passwords stay in memory, when they do. */
      secretStoreReason: z.string(),
      platform: z.string(),
      theme: z.enum(['light', 'dark', 'system']),
      introduced: z.boolean(),
    }),
  ),
  /** The pictures of the first start were seen; they come by themselves no more. */
  'app.introduced': route(nothing, nothing),
  'app.set_theme': route(z.strictObject({ theme: z.enum(['light', 'dark', 'system']) }), nothing),

  'server.list': route(nothing, z.array(serverInfo)),
  'server.add': route(
    z.strictObject({
      ...serverFields,
      password: secret,
      /** The server that was duplicated: its files count as chosen. */
      like: z.string().optional(),
    }),
    accountInfo,
  ),
  /** Null for the password: the kept one, which goes nowhere but to the server that it was given for. */
  'server.edit': route(z.strictObject({ id: z.string(), ...serverFields, password: secret.nullable() }), accountInfo),
  /** Looks for users at a server: principal-property-search (RFC 3744 §9.4). */
  'server.find_users': route(z.strictObject({ id: z.string(), text: z.string().min(1).max(200) }), z.array(foundUser)),
  /** Who is listed under a server whose administrator logs in. */
  'server.set_users': route(z.strictObject({ id: z.string(), users: serverUsers }), serverInfo),
  /** The server of a mail address; nobody logs in for it. */
  'server.find': route(z.strictObject({ address: z.string().min(1).max(500), network: networkInput }), foundServer),
  /** Ends what is under way: the look at the named account, else the login or search. It fails, and nothing of it is kept. */
  'server.cancel': route(z.strictObject({ id: z.string().optional(), forUser }), nothing),
  /** Opens the dialog for a certificate or a key; null when the person cancels. */
  'server.choose_file': route(nothing, z.strictObject({ path: z.string() }).nullable()),
  /** Only paths count that the dialog gave, or that are kept with the server. */
  'server.set_network': route(z.strictObject({ id: z.string(), network: networkInput }), serverInfo),
  'server.set_password': route(
    z.strictObject({ id: z.string(), password: secret, remember: z.boolean() }),
    accountInfo,
  ),
  /** Out of the keychain and out of memory. */
  'server.forget_password': route(z.strictObject({ id: z.string() }), serverInfo),
  'server.set_assumption': route(z.strictObject({ id: z.string(), noMailHook: z.boolean() }), serverInfo),
  /** A probe event shows whether the server keeps quiet when asked to; only after the person said yes. */
  'server.canary': route(z.strictObject({ id: z.string(), forUser, calendarUrl: z.string() }), canaryProof),
  'server.remove': route(z.strictObject({ id: z.string() }), nothing),
  /** Logs in and lists the calendars anew. */
  'server.open': route(z.strictObject({ id: z.string(), forUser }), accountInfo),

  /** Opens the dialog; null when the person cancels. */
  'source.choose': route(z.strictObject({ what: z.enum(['files', 'folder']) }), sourceSet.nullable()),
  /** Files dropped on the window; the preload adds their paths. */
  'source.drop': route(z.strictObject({ paths: z.array(z.string()).min(1).max(10_000) }), sourceSet),
  /** The sample backup that comes with the practice server. */
  'source.sample': route(nothing, sourceSet),

  /** Names of the files that were opened from the desktop and wait. */
  'source.waiting': route(nothing, z.strictObject({ names: z.array(z.string()).readonly() })),
  /** Takes them; null where none waits. */
  'source.opened': route(nothing, sourceSet.nullable()),
  /** They are not opened. */
  'source.put_aside': route(nothing, nothing),

  'restore.plan': route(
    z.strictObject({
      sourceId: z.string(),
      serverId: z.string(),
      forUser,
      calendarUrl: z.string(),
      mode: schedulingMode,
      identity: identityChoice,
      onConflict: conflictPolicy,
      only: z.array(z.string().max(1000)).readonly(),
      since: day.optional(),
      makeCalendar: makeCalendar.optional(),
      aliases: z.array(z.string().max(512)).max(50).readonly().optional(),
      insideDomains: z.array(z.string().max(253)).max(200).readonly().optional(),
      workaround: workaround.optional(),
      rewrites: rewrites.optional(),
    }),
    preparedPlan,
  ),
  'plan.rows': route(
    z.strictObject({
      planId: z.string(),
      filter: rowFilter,
      /** In the order of the plan when left out. */
      sort: rowSort.nullable().optional(),
      offset: z.int().min(0),
      limit: z.int().min(1).max(500),
    }),
    z.strictObject({
      rows: z.array(planRow),
      /** Rows that the filter lets through, and of those the ticked ones among the ones that would write. */
      matching: z.int(),
      matchingWrites: z.int(),
      matchingExcluded: z.int(),
      /** Per action, over all rows that the search (not the action filter) lets through. */
      counts: z.record(action, z.int()),
      /** Over all rows of the plan. */
      varied: variedColumns,
    }),
  ),
  /** The calendar before and after, for the week or month that is looked at. */
  'plan.occurrences': route(z.strictObject({ planId: z.string(), filter: rowFilter, range: dayRange }), occurrences),
  'plan.row': route(z.strictObject({ planId: z.string(), row: z.int().min(0) }), planRowDetail),
  /** Ticks or unticks rows. Gives the plan's new numbers and hash. */
  'plan.select': route(
    z.strictObject({
      planId: z.string(),
      rows: chosenRows,
      include: z.boolean(),
    }),
    preparedPlan,
  ),
  /** A person settles rows that differ from the server's copy. Gives the plan's new numbers and hash. */
  'plan.resolve': route(
    z.strictObject({
      planId: z.string(),
      rows: chosenRows,
      choice: resolutionChoice,
    }),
    preparedPlan,
  ),
  /** Runs the plan on a copy of its calendar, in the mode that was asked for; the plan still waits for consent. */
  'plan.rehearse': route(z.strictObject({ planId: z.string() }), rehearsal),
  'plan.discard': route(z.strictObject({ planId: z.string() }), nothing),

  /** Consent: names the plan's hash and the number of messages that will go out; null is enough only where none does. */
  'run.start': route(
    z.strictObject({
      planId: z.string(),
      hash: z.string(),
      typedMessages: z.int().nullable(),
      jobNote: jobNote.optional(),
    }),
    z.strictObject({ runId: z.string() }),
  ),
  'run.pause': route(z.strictObject({ runId: z.string(), paused: z.boolean() }), nothing),
  'run.stop': route(z.strictObject({ runId: z.string() }), nothing),
  /** Messages that an interrupted or stopped run, or a batch, has still to send, at most. */
  'run.messages_left': route(z.strictObject({ runId: z.string() }), z.strictObject({ messages: z.int() })),
  /** Goes on with an interrupted or stopped run. `typedMessages`: as at its start, of those that are left. */
  'run.resume': route(
    z.strictObject({ runId: z.string(), typedMessages: z.int().nullable() }),
    z.strictObject({ runId: z.string() }),
  ),
  /** The state and the sequence number of the last event in it: for a window that comes late or was reloaded. */
  'run.snapshot': route(z.strictObject({ runId: z.string() }), z.strictObject({ seq: z.int(), snapshot: runSnapshot })),
  /** Runs that go on now. */
  'run.active': route(nothing, z.array(z.string())),

  'history.list': route(nothing, z.array(runEntry)),
  /** Puts a ticket and a note in the place of what a run or a batch has; what is left out is taken away. */
  'history.note': route(z.strictObject({ id: z.string(), note: jobNote }), nothing),
  /**
   * Deletes runs and batches from this computer; what must stay is named. `resumable`: a person said that what can still
   * be resumed goes, too.
   */
  'history.purge': route(
    z.strictObject({ ids: z.array(z.string()).min(1).max(10_000), resumable: z.boolean() }),
    purged,
  ),
  /** Who did what with these runs, the last lines first, and whether the audit is as it was written. */
  'history.audit': route(nothing, auditPage),
  /** Runs and jobs over many calendars whose folders cannot be believed. */
  'history.damaged': route(nothing, z.array(damagedRun)),
  /** Writes what was there before a run into a folder that the person chooses; null when the person cancels. */
  'history.originals': route(
    z.strictObject({ runId: z.string() }),
    z.strictObject({ path: z.string(), saved: z.int(), damaged: z.int() }).nullable(),
  ),
  'history.report': route(z.strictObject({ runId: z.string() }), reportHead),
  /** A page of the rows of a report, as of the last time that its head was asked for. */
  'history.items': route(
    z.strictObject({
      runId: z.string(),
      list: z.enum(REPORT_LISTS),
      order: reportOrder,
      offset: z.int().min(0),
      limit: z.int().min(1).max(500),
    }),
    z.strictObject({ items: z.array(reportItem).readonly(), of: z.int() }),
  ),
  /** The calendar before and after a run, for the week or month that is looked at. */
  'history.occurrences': route(z.strictObject({ runId: z.string(), range: dayRange }), occurrences),
  /** The event behind one row, as the run keeps it; null where it keeps no text of it. */
  'history.row': route(
    z.strictObject({ runId: z.string(), row: z.int() }),
    z.strictObject({ card: eventCard.nullable(), raw: z.string() }).nullable(),
  ),
  /** Opens the save dialog; null when the person cancels. */
  'history.export': route(
    z.strictObject({ runId: z.string(), format: z.enum(SAVED_FORMATS) }),
    z.strictObject({ path: z.string().nullable() }),
  ),
  /** Shows the report that was saved last in the file manager. */
  'history.show': route(nothing, nothing),
  /** A plan that takes back what a run did; in the run's own mode when none is given. */
  'history.undo': route(z.strictObject({ runId: z.string(), mode: schedulingMode.optional() }), preparedPlan),
  /** A plan that tries again what failed in a run; with `attention` also of what a person may settle. */
  'history.retry': route(
    z.strictObject({
      runId: z.string(),
      attention: z.boolean().optional(),
      rewrites: rewrites.pick({ brokenLines: true }).optional(),
    }),
    preparedPlan,
  ),

  'practice.state': route(
    nothing,
    z.strictObject({
      url: z.string(),
      users: z.array(
        z.strictObject({
          user: z.string(),
          addresses: z.array(z.string()),
          calendars: z.array(calendarInfo),
          inbox: z.int(),
        }),
      ),
      /** The newest ones. */
      messages: z.array(capturedMessage),
      /** How many there are. */
      caught: z.int(),
    }),
  ),
  'practice.clear_messages': route(nothing, nothing),
  /** Back to the sample calendars of the first start. */
  'practice.reset': route(nothing, nothing),
  /** Unless the practice server runs. That it does not is what the others fail with. */
  'practice.start_again': route(nothing, nothing),

  ...findRoutes,
  ...missingRoutes,
  ...severalRoutes,
  ...mappingRoutes,
  ...projectRoutes,
  ...batchRoutes,
  ...cleanupRoutes,
  ...settingsRoutes,
  ...diagnosticsRoutes,
} as const;

export type Routes = typeof routes;
export type RouteName = keyof Routes;
export type RouteInput<R extends RouteName> = z.input<Routes[R]['input']>;
export type RouteOutput<R extends RouteName> = z.output<Routes[R]['output']>;

/** Results are envelopes: Electron keeps only the message of an error thrown across the bridge. */
export type Envelope<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly failure: z.infer<typeof failure> };

/** What main sends by itself. Batches carry the sequence number of their last event, so that a late window can join. */
export const pushes = {
  'run.events': z.strictObject({
    runId: z.string(),
    seq: z.int(),
    events: z.array(jobEvent),
    /** More came than the window need hear one by one: the state after all of them, in their place. */
    snapshot: runSnapshot.optional(),
  }),
  /** A plan is being made: how far it is. */
  'plan.progress': z.strictObject({ phase, done: z.int(), of: z.int().nullable() }),
  /** Something was captured or changed on the practice server, or it began or ended. */
  'practice.changed': z.strictObject({}),
  /** Files were opened from the desktop: their names. */
  'source.asked': z.strictObject({ names: z.array(z.string()).readonly() }),
  /** The application menu asks the window to do something. */
  'app.command': z.strictObject({ command: z.enum(COMMANDS) }),
  ...settingsPushes,
  ...findPushes,
  ...missingPushes,
  ...mappingPushes,
  ...batchPushes,
  ...cleanupPushes,
} as const;

type Pushes = typeof pushes;
export type PushName = keyof Pushes;
export type PushData<P extends PushName> = z.output<Pushes[P]>;

/** The one object the preload puts into the page. */
export interface Bridge {
  /**
   * Gives an `Envelope` as JSON: one text crosses at once, objects one by one, and a month of a full calendar has ten
   * thousand. Files are only looked at by `source.drop`, `find.drop` and `mapping.drop`: the preload turns them into paths.
   */
  request(route: string, input: unknown, files?: readonly unknown[]): Promise<string>;
  subscribe(listener: (push: string, data: unknown) => void): () => void;
}
export type { SourceSet } from './source-set.ts';
