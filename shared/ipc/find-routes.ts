import { z } from 'zod';
import { dayRange, occurrences } from '../model/found/occurrences.ts';
import { findResult, findSpec, foundBackup, versionDetail } from '../model/found/find.ts';
import { nothing, route } from './route.ts';
import { sourceSet } from './source-set.ts';

/** Null: a new list begins. */
const findId = z.string().nullable();
const searchId = z.string();

/** Several backups, newest first, kept by the main process under an opaque id; none of them was read yet. */
const backupList = z.strictObject({
  findId: z.string(),
  backups: z.array(foundBackup.pick({ id: true, name: true, source: true, at: true, dateFrom: true })).readonly(),
});
export type BackupList = z.infer<typeof backupList>;

export const findRoutes = {
  /** Opens the dialog and adds what was chosen to a list; null when the person cancels. */
  'find.choose': route(z.strictObject({ findId, what: z.enum(['files', 'folder']) }), backupList.nullable()),
  /** Adds what was dropped; the preload adds the paths. */
  'find.drop': route(z.strictObject({ findId, paths: z.array(z.string()).min(1).max(10_000) }), backupList),
  /** A week of backups of the practice server's user, to try it with. */
  'find.sample': route(nothing, backupList),
  /** Takes one backup out of the list. */
  'find.remove': route(z.strictObject({ findId: z.string(), backup: z.int().min(0) }), backupList),
  /** Looks into all backups of a list; null when it was stopped. */
  'find.search': route(
    z.strictObject({ findId: z.string(), spec: findSpec }),
    z.strictObject({ searchId, result: findResult }).nullable(),
  ),
  'find.stop': route(nothing, nothing),
  /** The versions of one event, newest first. */
  'find.versions': route(z.strictObject({ searchId, event: z.int().min(0) }), z.array(versionDetail)),
  /** Chooses the newest backup that has a version as the source of a restore. */
  /** What was found, on its days: in older backups and in the newest one. Rows are events. */
  'find.occurrences': route(z.strictObject({ searchId, range: dayRange }), occurrences),
  'find.restore': route(
    z.strictObject({ searchId, event: z.int().min(0), range: z.int().min(0) }),
    /** `only`: the rules that let nothing but this event through. */
    z.strictObject({ source: sourceSet, only: z.array(z.string()).readonly() }),
  ),
} as const;

export const findPushes = {
  /** How far a search is: the backup it reads (1-based), and the events of it that are done. */
  'find.progress': z.strictObject({ backup: z.int(), backups: z.int(), name: z.string(), done: z.int(), of: z.int() }),
} as const;
