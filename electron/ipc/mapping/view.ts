import { isUrl } from '../../../shared/model/batch/migrate.ts';
import { basename } from 'node:path';
import type {
  MappingRowView,
  MappingView,
  SecretState,
  ServerLogin,
} from '../../../shared/model/batch/mapping-view.ts';
import type { Engine } from '../../engine/engine.ts';
import type { Logins } from '../servers/logins.ts';
import { pathOf, type BookRow, type MappingBook } from './book.ts';

/** What the window sees of a mapping: no path, no secret. */
export function viewOf(
  engine: Pick<Engine, 'mappings'>,
  mappingId: string,
  book: MappingBook,
  logins: Logins,
): MappingView {
  const users = new Map<string, number>();
  const rows = book.rows.map((row) => rowView(engine, row, book, logins, users));
  const { name, folder, unknownColumns, setup, leftOut, project } = book;
  return {
    mappingId,
    name,
    rows,
    leftOut: [...leftOut],
    unknownColumns,
    folder: folder === null ? null : basename(folder),
    setup,
    project,
  };
}

function rowView(
  engine: Pick<Engine, 'mappings'>,
  row: BookRow,
  book: MappingBook,
  logins: Logins,
  users: Map<string, number>,
): MappingRowView {
  const { cells } = row;
  const onServer = isUrl(cells.source);
  const path = onServer ? null : pathOf(row, book.folder);
  const sourceKind = onServer ? 'server' : path === null ? 'unset' : 'files';
  const { source, target } = book.setup;
  return {
    row: row.row,
    line: cells.line,
    source: cells.source,
    sourceKind,
    user: cells.user,
    secret: secretOf(target, cells.user, logins),
    calendar: cells.calendar,
    identity: cells.identity,
    mode: cells.mode,
    sourceUser: cells.sourceUser,
    sourceSecret: onServer ? secretOf(source, cells.sourceUser || cells.user, logins) : 'none',
    problems: [...cellProblems(engine, row), ...placeProblems(row, book, sourceKind), ...twice(row, users)],
  };
}

function secretOf(way: ServerLogin | null, user: string, logins: Logins): SecretState {
  return way === null || user === '' ? 'none' : logins.stateOf(way, user);
}

/** What is typed is not complained about before it is there. */
function cellProblems(engine: Pick<Engine, 'mappings'>, { cells }: BookRow): MappingRowView['problems'] {
  if (cells.source === '' && cells.user === '')
    return [{ column: 'source', message: 'Choose a backup and name the user.' }];
  // Names of variables are for the command line: in the window passwords come by their own ways.
  const found = engine.mappings.check({ ...cells, secret: '', sourceSecret: '' });
  return found.map(({ column, message }) => ({ column: column === 'source_user' ? 'sourceUser' : column, message }));
}

function placeProblems(
  { cells }: BookRow,
  book: MappingBook,
  kind: MappingRowView['sourceKind'],
): MappingRowView['problems'] {
  if (kind === 'server' && book.setup.source === null) {
    return [{ column: 'source', message: 'This is an address on a server: choose the old server above.' }];
  }
  if (kind !== 'unset' || cells.source === '') return [];
  const message =
    book.folder === null
      ? 'Choose the folder in which this file lies, or choose the file itself.'
      : 'Name a file below the chosen folder, or choose the file itself.';
  return [{ column: 'source', message }];
}

function twice({ row, cells }: BookRow, users: Map<string, number>): MappingRowView['problems'] {
  const key = [cells.source, cells.user, cells.calendar].join('\n').toLowerCase();
  const before = users.get(key);
  users.set(key, before ?? row);
  return before === undefined || cells.user === '' ? [] : [{ column: 'user', message: 'The same row already exists.' }];
}
