import { describe, expect, test } from 'vitest';
import { resolve } from 'node:path';
import { createMappings } from '../../engine/jobs/mapping.ts';
import { addPaths, addRows, addText, changeRow, EMPTY_CELLS, emptyBook, pathOf, type MappingBook } from './book.ts';

const mappings = createMappings({ runsDir: '/nowhere', now: () => new Date(0) });

const EMPTY = emptyBook(null);

const typed = (source: string): MappingBook => addRows(EMPTY, [{ cells: { ...EMPTY_CELLS, source }, path: null }]);
const pathIn = (book: MappingBook, folder: string | null): string | null => {
  const [row] = book.rows;
  return row === undefined ? null : pathOf(row, folder);
};

describe('a file that the page names', () => {
  test.each(['/etc/passwd', '../secret.ics', 'a/../../secret.ics', '.', '', 'https://old.test/dav/'])(
    '%j is no file',
    (source) => {
      expect(pathIn(typed(source), '/home/admin/backups')).toBeNull();
    },
  );

  test('counts below the chosen folder only', () => {
    expect(pathIn(typed('anna/work.ics'), null)).toBeNull();
    expect(pathIn(typed('anna/work.ics'), '/home/admin/backups')).toBe(resolve('/home/admin/backups/anna/work.ics'));
    expect(pathIn(typed('..anna.ics'), '/home/admin/backups')).toBe(resolve('/home/admin/backups/..anna.ics'));
  });

  test('a chosen file is gone when another name is typed over it', () => {
    const chosen = addPaths(EMPTY, ['/home/admin/anna.ics']);
    expect(chosen.rows[0]?.cells).toMatchObject({ source: 'anna.ics', user: 'anna' });
    expect(pathIn(chosen, null)).toBe('/home/admin/anna.ics');
    const other = changeRow(chosen, 0, (row) => ({ ...row, cells: { ...row.cells, source: 'x.ics' }, path: null }));
    expect(pathIn(other, null)).toBeNull();
  });
});

test('a CSV brings its own folder, pasted rows wait for one, numbers stay when rows go', () => {
  const read = addText(
    EMPTY,
    mappings.read('source,user\nanna.ics,anna\n../ben.ics,ben\n,carla\n'),
    '/home/admin/old',
    'list.csv',
  );
  expect(read.rows.map(({ path }) => path)).toEqual([
    resolve('/home/admin/old/anna.ics'),
    resolve('/home/admin/ben.ics'),
  ]);
  expect(read.leftOut.map(({ line }) => line)).toEqual([4]);
  const more = addText({ ...read, rows: read.rows.slice(1) }, mappings.read('dora.ics\tdora'), null, null);
  expect(more.rows.map(({ row, path }) => [row, path])).toEqual([
    [1, resolve('/home/admin/ben.ics')],
    [2, null],
  ]);
  expect(more.name).toBe('list.csv');
});
