import { z } from 'zod';
import { checkedMapping, mappingCell, mappingSetup, mappingView, testedRow } from '../model/batch/mapping-view.ts';
import { nothing, route, secret } from './route.ts';

/*
 * The mapping of a migration lies in the main process; the page knows it by an id and sees rows without paths. A file
 * comes in by a dialog, a drop or a CSV that came so; a typed name counts only below a folder that came so. A password
 * goes inward as a `secret` only, and a list of passwords is read by the main process.
 */
const mappingId = z.string();
const side = z.enum(['target', 'source']);

export const mappingRoutes = {
  'mapping.begin': route(nothing, mappingView),
  /** As it stands now. */
  'mapping.show': route(z.strictObject({ mappingId }), mappingView),
  /** Three mailboxes of the practice server with meetings among each other, to try it with. */
  'mapping.sample': route(nothing, mappingView),
  /** Opens the dialog for a CSV; null when the person cancels. */
  'mapping.choose': route(z.strictObject({ mappingId }), mappingView.nullable()),
  /** A CSV is read; files and folders become a row each, their names the users. The preload adds the paths. */
  'mapping.drop': route(z.strictObject({ mappingId, paths: z.array(z.string()).min(1).max(10_000) }), mappingView),
  /** Text out of a spreadsheet, or CSV. */
  'mapping.paste': route(z.strictObject({ mappingId, text: z.string().max(5_000_000) }), mappingView),
  'mapping.add': route(z.strictObject({ mappingId }), mappingView),
  'mapping.edit': route(
    z.strictObject({ mappingId, row: z.int(), cell: mappingCell, value: z.string().max(2000) }),
    mappingView,
  ),
  /** Opens the dialog for the files of one row; null when the person cancels. */
  'mapping.source': route(
    z.strictObject({ mappingId, row: z.int(), what: z.enum(['files', 'folder']) }),
    mappingView.nullable(),
  ),
  /** Opens the dialog for the folder in which typed and pasted names are looked for; null when the person cancels. */
  'mapping.folder': route(z.strictObject({ mappingId }), mappingView.nullable()),
  'mapping.remove': route(z.strictObject({ mappingId, rows: z.array(z.int()).max(100_000) }), mappingView),
  'mapping.setup': route(z.strictObject({ mappingId, setup: mappingSetup }), mappingView),
  /** One user's password, kept until the program ends. */
  'mapping.secret': route(z.strictObject({ mappingId, side, user: z.string(), password: secret }), mappingView),
  /** Opens the dialog for a CSV of users and app passwords; null when the person cancels. */
  'mapping.secrets': route(
    z.strictObject({ mappingId, side }),
    z.strictObject({ view: mappingView, taken: z.int(), unknown: z.array(z.string()) }).nullable(),
  ),
  /** Logs in for every row and looks at its calendar; what was found comes by `mapping.checked`, too. */
  'mapping.check': route(z.strictObject({ mappingId }), checkedMapping),
  'mapping.stop': route(z.strictObject({ mappingId }), nothing),
  /**
   * Writes test events for these rows of the last check and removes them again, one user after the other; how far it is
   * comes by `mapping.tested`, and `mapping.stop` ends it.
   */
  'mapping.canary': route(
    z.strictObject({ mappingId, rows: z.array(z.int()).min(1).max(100_000) }),
    z.strictObject({ rows: z.array(testedRow).readonly() }),
  ),
  /** What was resolved, as a CSV; opens the save dialog. */
  'mapping.export': route(z.strictObject({ mappingId }), z.strictObject({ saved: z.boolean() })),
} as const;

export const mappingPushes = {
  /** How far the check is, and the rows that are done since the last push. */
  'mapping.checked': z.strictObject({
    mappingId,
    done: z.int(),
    of: z.int(),
    rows: checkedMapping.shape.rows,
  }),
  /** How far the test events are. */
  'mapping.tested': z.strictObject({ mappingId, done: z.int(), of: z.int(), rows: z.array(testedRow).readonly() }),
} as const;
