import { expect, test } from 'vitest';
import type { Engine } from '../../engine/engine.ts';
import { createMappings } from '../../engine/jobs/mapping.ts';
import type { Logins } from '../servers/logins.ts';
import type { Servers } from '../servers/servers.ts';
import { addPaths, addRows, addText, EMPTY_CELLS, emptyBook } from './book.ts';
import { checkMapping } from './check.ts';

const mappings = createMappings({ runsDir: '/nowhere', now: () => new Date(0) });

const EMPTY = emptyBook(null);

test('every row that cannot be used is left out by name: lines, rows with a problem, rows that do not resolve', async () => {
  const read = addText(EMPTY, mappings.read('source,user\n,carla\n'), '/old', 'list.csv');
  const typed = addRows(read, [
    { cells: { ...EMPTY_CELLS, source: 'https://old.test/dav/', user: 'dora' }, path: null },
    { cells: EMPTY_CELLS, path: null },
  ]);
  const book = addPaths(typed, ['/old/erik.ics']);
  // Only what is looked at: nobody logs in where the engine finds nothing.
  const engine: Pick<Engine, 'mappings'> = {
    mappings: {
      ...mappings,
      resolve: ({ rows }) =>
        Promise.resolve({
          moves: [],
          rows: [],
          notes: [],
          problems: [],
          leftOut: rows.map(({ user }) => ({ mailbox: user, source: '', message: 'It does not resolve.' })),
        }),
    },
  };
  const never = {} as unknown as Servers & Logins;
  const { resolved } = await checkMapping(engine, book, never, never, new AbortController().signal, () => undefined);
  expect(resolved.leftOut.map(({ mailbox }) => mailbox)).toEqual(['line 2', 'dora', 'erik']);
  expect(resolved.leftOut[1]).toEqual({
    mailbox: 'dora',
    source: 'https://old.test/dav/',
    message: 'Line 1: This is an address on a server: choose the old server above.',
  });
});

test('a row that cannot be used is never shown as ready, not while the others are looked at either', async () => {
  const book = addPaths(EMPTY, ['/old/erik.ics', '/old/frida.ics']);
  const engine: Pick<Engine, 'mappings'> = {
    mappings: {
      ...mappings,
      resolve: async ({ rows }, _defaults, _connect, { onRow } = {}) => {
        const found = rows.map((row) => ({
          ...{ row, moves: [], notes: [] },
          problems: [{ line: row.line, column: 'mode', message: `${row.user} is blocked.` }],
        }));
        for (const one of found) onRow?.(one);
        return Promise.resolve({
          ...{ moves: [], rows: found, notes: [], leftOut: [] },
          problems: found.flatMap(({ problems }) => problems),
        });
      },
    },
  };
  const never = {} as unknown as Servers & Logins;
  const seen: (string | null)[] = [];
  await checkMapping(engine, book, never, never, new AbortController().signal, (_done, _of, { problem }) => {
    seen.push(problem);
  });
  expect(seen).toEqual(['erik is blocked.', 'frida is blocked.']);
});
