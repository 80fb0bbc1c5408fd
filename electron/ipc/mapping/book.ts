import type { ResolvedMapping } from '../../engine/engine.ts';
import {
  NO_CELLS,
  isUrl,
  type Mapping,
  type MappingProblem,
  type MappingRow,
} from '../../../shared/model/batch/migrate.ts';
import { stat } from 'node:fs/promises';
import { basename, dirname, extname, isAbsolute, resolve, sep } from 'node:path';
import { BATCH_LIMITS, CONNECTIONS } from '../../../shared/model/defaults.ts';
import type { MappingSetup, MappingView } from '../../../shared/model/batch/mapping-view.ts';

/** One row as the main process knows it. `path` is the file that a person chose, and never comes from the page. */
export interface BookRow {
  readonly row: number;
  readonly cells: MappingRow;
  readonly path: string | null;
}

/** A mapping in the making. Immutable: each change gives another one. */
export interface MappingBook {
  readonly name: string | null;
  /** Where names that were typed or pasted are looked for. */
  readonly folder: string | null;
  readonly rows: readonly BookRow[];
  /** Lines that could not be taken. */
  readonly leftOut: readonly MappingProblem[];
  readonly unknownColumns: readonly string[];
  readonly setup: MappingSetup;
  /** The next row's number. */
  readonly next: number;
  /** What the last check found; null since a change. */
  readonly resolved: CheckedBook | null;
  /** Under which name it is kept; null: nowhere. */
  readonly project: MappingView['project'];
}

/** What a check found. */
export interface CheckedBook extends ResolvedMapping {
  /** Which row of the book each of its rows is. */
  readonly rowIds: readonly number[];
}

/** Nothing yet. `target` is the new server that is offered; null: none was added. */
export function emptyBook(target: MappingSetup['target'], connections = CONNECTIONS): MappingBook {
  return {
    name: null,
    folder: null,
    rows: [],
    leftOut: [],
    unknownColumns: [],
    next: 0,
    resolved: null,
    project: null,
    setup: {
      target,
      source: null,
      mode: 'auto',
      onConflict: 'newer',
      insideDomains: [],
      domains: [],
      rewrites: [],
      limits: { ...BATCH_LIMITS, perOrigin: connections },
    },
  };
}

export const EMPTY_CELLS: MappingRow = { line: 0, ...NO_CELLS };

/** Adds rows out of a CSV, or what was pasted. Names of files begin in `base`; null: they wait for a folder. */
export function addText(book: MappingBook, mapping: Mapping, base: string | null, name: string | null): MappingBook {
  const { rows, problems, unknownColumns } = mapping;
  const added = addRows(
    { ...book, name: book.name ?? name },
    rows.map((cells) => ({ cells, path: base === null || isUrl(cells.source) ? null : resolve(base, cells.source) })),
  );
  return { ...added, leftOut: [...book.leftOut, ...problems], unknownColumns };
}

/** Files and folders that a person chose or dropped: one row each, the name of the file the user's. */
export function addPaths(book: MappingBook, paths: readonly string[]): MappingBook {
  const rows = paths.map((path) => ({ cells: { ...EMPTY_CELLS, source: basename(path), user: userIn(path) }, path }));
  return addRows(book, rows);
}

export function addRows(book: MappingBook, rows: readonly Omit<BookRow, 'row'>[]): MappingBook {
  const added = rows.map((row, at) => ({ ...row, row: book.next + at }));
  return { ...book, rows: [...book.rows, ...added], next: book.next + added.length, resolved: null };
}

export function changeRow(book: MappingBook, row: number, change: (before: BookRow) => BookRow): MappingBook {
  return { ...book, rows: book.rows.map((one) => (one.row === row ? change(one) : one)), resolved: null };
}

/** `anna-backup.zip` → `anna-backup`: a guess that a person can see and change. */
function userIn(path: string): string {
  return basename(path, extname(path));
}

/**
 * The file of a row, or null while there is none: what was typed counts below the chosen folder only, so that the page
 * can name no file by itself.
 */
export function pathOf({ cells, path }: BookRow, folder: string | null): string | null {
  if (path !== null) return path;
  if (folder === null || cells.source === '' || isUrl(cells.source) || isAbsolute(cells.source)) return null;
  const found = resolve(folder, cells.source);
  return found.startsWith(folder.endsWith(sep) ? folder : folder + sep) ? found : null;
}

/** Whether a dropped thing is a list of rows rather than a backup. */
export async function isCsv(path: string): Promise<boolean> {
  return /\.(csv|tsv|txt)$/i.test(path) && (await stat(path)).isFile();
}

export function folderOf(path: string): string {
  return dirname(path);
}
