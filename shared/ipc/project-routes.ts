import { z } from 'zod';
import { mappingView } from '../model/batch/mapping-view.ts';
import { PROJECT_NAME_LENGTH, projectList } from '../model/batch/project.ts';
import { nothing, route } from './route.ts';

/*
 * Migrations in the making under a name. A mapping that has one is saved with each change; passwords are never a part
 * of it, and paths stay in the main process.
 */
const id = z.string();
const name = z.string().max(PROJECT_NAME_LENGTH);

export const projectRoutes = {
  'project.list': route(nothing, projectList),
  /** Gives the mapping on screen a name; from here on each change is saved. */
  'project.create': route(z.strictObject({ mappingId: z.string(), name }), mappingView),
  /** Puts it on screen in the place of the mapping that is there. */
  'project.open': route(z.strictObject({ id }), mappingView),
  'project.rename': route(z.strictObject({ id, name }), projectList),
  'project.duplicate': route(z.strictObject({ id }), projectList),
  'project.remove': route(z.strictObject({ id }), projectList),
} as const;
