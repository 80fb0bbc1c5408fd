import { z } from 'zod';
import { credentialKind } from '../login.ts';
import { mappingSetup } from './mapping-view.ts';
import { mappingProblem, mappingRow } from './migrate.ts';

/** The most characters of the name of a project. */
export const PROJECT_NAME_LENGTH = 100;

/** A server as a project remembers it, so that it is found again, or named, where the list has another one. */
const projectServer = z.strictObject({
  id: z.string(),
  name: z.string(),
  /** Empty: the practice server, whose address is another one after each start. */
  url: z.string(),
  /** Who logs in. */
  user: z.string(),
  credential: credentialKind.optional(),
});
export type ProjectServer = z.infer<typeof projectServer>;

/** A migration in the making under a name: servers, rows and rules. Never a password. */
export const migrationProject = z.strictObject({
  format: z.literal(1),
  id: z.string(),
  name: z.string(),
  /** ISO 8601. */
  savedAt: z.string(),
  target: projectServer.nullable(),
  source: projectServer.nullable(),
  setup: mappingSetup,
  /** Where names that were typed or pasted are looked for. */
  folder: z.string().nullable(),
  /** `path`: the file that a person chose; null where the cell says it all. */
  rows: z.array(z.strictObject({ cells: mappingRow, path: z.string().nullable() })).readonly(),
  leftOut: z.array(mappingProblem).readonly(),
  unknownColumns: z.array(z.string()).readonly(),
  /** The migration that was begun with it last. */
  lastBatch: z.string().nullable(),
});
export type MigrationProject = z.infer<typeof migrationProject>;

/** What is put into one; name, id and time are given to it. */
export type ProjectContent = Omit<MigrationProject, 'format' | 'id' | 'name' | 'savedAt' | 'lastBatch'>;

/** A project in a list: no path, no row. */
const projectEntry = z.strictObject({
  id: z.string(),
  name: z.string(),
  savedAt: z.string(),
  rows: z.int(),
  /** Names of the servers. */
  target: z.string().nullable(),
  source: z.string().nullable(),
  lastBatch: z.string().nullable(),
});
export type ProjectEntry = z.infer<typeof projectEntry>;

/** All projects, the one that was changed last first, and the files that cannot be believed. */
export const projectList = z.strictObject({
  projects: z.array(projectEntry).readonly(),
  damaged: z.array(z.strictObject({ file: z.string(), message: z.string() })).readonly(),
});
export type ProjectList = z.infer<typeof projectList>;
