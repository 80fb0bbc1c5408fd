import { basename } from 'node:path';
import { addPaths, addRows, addText, changeRow, EMPTY_CELLS, folderOf, isCsv } from '../../mapping/book.ts';
import type { MappingBooks, PutBook } from '../../mapping/books.ts';
import type { Ports } from '../../ports.ts';
import { readList, readText } from '../../read-list.ts';
import type { Handlers } from '../../types.ts';

type RowRoute = 'choose' | 'drop' | 'paste' | 'add' | 'edit' | 'source' | 'folder' | 'remove';

/** The rows of a mapping: how they come, change and go. */
export function mappingRowHandlers(
  { engine, desktop, drops }: Pick<Ports, 'engine' | 'desktop' | 'drops'>,
  mappings: MappingBooks,
  put: PutBook,
): Pick<Handlers, `mapping.${RowRoute}`> {
  return {
    'mapping.choose': async ({ mappingId }) => {
      const list = await readList(desktop, 'mapping');
      if (list === null) return null;
      return put(
        mappingId,
        addText(mappings.get(mappingId), engine.mappings.read(list.text), folderOf(list.path), basename(list.path)),
      );
    },
    'mapping.drop': async ({ mappingId, paths }) => {
      drops.check(paths);
      let book = mappings.get(mappingId);
      for (const path of paths) {
        book = (await isCsv(path))
          ? addText(book, engine.mappings.read(await readText(path)), folderOf(path), basename(path))
          : addPaths(book, [path]);
      }
      return put(mappingId, book);
    },
    'mapping.paste': ({ mappingId, text }) =>
      put(mappingId, addText(mappings.get(mappingId), engine.mappings.read(text), null, null)),
    'mapping.add': ({ mappingId }) =>
      put(mappingId, addRows(mappings.get(mappingId), [{ cells: EMPTY_CELLS, path: null }])),
    'mapping.edit': ({ mappingId, row, cell, value }) =>
      put(
        mappingId,
        changeRow(mappings.get(mappingId), row, (before) => ({
          ...before,
          cells: { ...before.cells, [cell]: value },
          path: cell === 'source' ? null : before.path,
        })),
      ),
    'mapping.source': async ({ mappingId, row, what }) => {
      const [path] = (await desktop.choosePaths(what)) ?? [];
      if (path === undefined) return null;
      const book = changeRow(mappings.get(mappingId), row, (before) => ({
        ...before,
        cells: { ...before.cells, source: basename(path), user: before.cells.user || userOf(path) },
        path,
      }));
      return put(mappingId, book);
    },
    'mapping.folder': async ({ mappingId }) => {
      const [folder] = (await desktop.choosePaths('folder')) ?? [];
      return folder === undefined ? null : put(mappingId, { ...mappings.get(mappingId), folder, resolved: null });
    },
    'mapping.remove': ({ mappingId, rows }) => {
      const book = mappings.get(mappingId);
      const gone = new Set(rows);
      return put(mappingId, { ...book, rows: book.rows.filter(({ row }) => !gone.has(row)), resolved: null });
    },
  };
}

function userOf(path: string): string {
  return basename(path).replace(/\.[^.]+$/, '');
}
