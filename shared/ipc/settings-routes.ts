import { z } from 'zod';
import { nothing, route } from './route.ts';
import { sourceSet } from './source-set.ts';

/** Requests to one server at the same time. */
export const connections = z.int().min(1).max(32);

const settingsView = z.strictObject({
  connections,
  /** Whether the desktop says that a job has ended while the window is not in front. */
  notifications: z.boolean(),
  runs: z.strictObject({
    /** Where runs are kept now. */
    folder: z.string(),
    /** Where they are kept when nobody chose. */
    standard: z.string(),
    /** The chosen folder is not there, e.g. because its disk is not connected. */
    gone: z.boolean(),
    /** Runs and jobs over many calendars that lie there; null where nobody can tell. */
    count: z.int().nullable(),
  }),
});
export type SettingsView = z.infer<typeof settingsView>;

/** What becomes of the runs so far when another folder was chosen: they stay, and are not listed any more. */
const movedRuns = z.strictObject({
  settings: settingsView,
  left: z.strictObject({ folder: z.string(), count: z.int() }).nullable(),
});
export type MovedRuns = z.infer<typeof movedRuns>;

/** A backup that was opened before. Its path stays with the main process but for the folder, which tells equal names apart. */
const recentBackup = z.strictObject({
  id: z.string(),
  names: z.array(z.string()).readonly(),
  folder: z.string(),
});
export type RecentBackup = z.infer<typeof recentBackup>;

export const settingsRoutes = {
  'settings.get': route(nothing, settingsView),
  'settings.change': route(
    z.strictObject({ connections: connections.optional(), notifications: z.boolean().optional() }),
    settingsView,
  ),
  /** Opens the dialog; null when the person cancels. Refused for a folder that cannot hold runs, and while jobs go on. */
  'settings.choose_runs': route(nothing, movedRuns.nullable()),
  /** Back to the folder that nobody chose. */
  'settings.standard_runs': route(nothing, movedRuns),

  'recent.list': route(nothing, z.array(recentBackup)),
  'recent.clear': route(nothing, nothing),
  /** Opens a backup of the list. Refused, and taken out of the list, when it is not there any more. */
  'recent.open': route(z.strictObject({ id: z.string() }), sourceSet),
} as const;

export const settingsPushes = {
  /** Somebody chose in *Open recent*. */
  'recent.open': z.strictObject({ kind: z.enum(['backup', 'server']), id: z.string() }),
  /** What was opened last has changed. */
  'recent.changed': nothing,
} as const;
