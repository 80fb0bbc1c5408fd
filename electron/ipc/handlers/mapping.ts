import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { basename, isAbsolute, join } from 'node:path';
import { BATCH_LIMITS } from '../../../shared/model/defaults.ts';
import { HushError } from '../../../shared/model/failure.ts';
import { DEFAULT_TEMPLATE } from '../../../shared/model/login.ts';
import type { MappingSetup, MappingView } from '../../../shared/model/mapping-view.ts';
import type { Logins } from '../logins.ts';
import { checkMapping } from '../mapping-check.ts';
import {
  addPaths,
  addRows,
  addText,
  changeRow,
  EMPTY_CELLS,
  folderOf,
  isCsv,
  type MappingBook,
} from '../mapping-book.ts';
import { viewOf } from '../mapping-view.ts';
import type { Ports } from '../ports.ts';
import { readSecretList } from '../secret-list.ts';
import { PRACTICE_ID, type Servers } from '../servers.ts';
import type { HandlersOf, Push } from '../types.ts';
import { save } from './batch.ts';

/** Octets of a list that is read whole. */
const LARGEST_LIST = 20_000_000;

export interface MappingRoom {
  readonly books: Map<string, MappingBook>;
  /** Throws HushError for an id that is not known any more. */
  get(mappingId: string): MappingBook;
}

export function mappingHandlers(
  { engine, desktop, practice, tempDir }: Pick<Ports, 'engine' | 'desktop' | 'practice' | 'tempDir'>,
  servers: Servers,
  logins: Logins,
  room: MappingRoom,
  push: Push,
): HandlersOf<'mapping'> {
  let checking: AbortController | null = null;

  /** Another book under the same id; what was checked before does not hold for it. */
  function put(mappingId: string, book: MappingBook): MappingView {
    room.books.set(mappingId, book);
    return viewOf(engine, mappingId, book, logins);
  }

  /** One mapping at a time is on screen. */
  function begin(book: MappingBook): MappingView {
    checking?.abort();
    room.books.clear();
    return put(crypto.randomUUID(), book);
  }

  async function readList(what: 'mapping' | 'passwords'): Promise<{ path: string; text: string } | null> {
    const [path] = (await desktop.choosePaths(what)) ?? [];
    return path === undefined ? null : { path, text: await readText(path) };
  }

  return {
    'mapping.begin': () => Promise.resolve(begin(emptyBook(servers))),
    'mapping.sample': async () => {
      const folder = join(tempDir, 'mailboxes');
      await mkdir(folder, { recursive: true });
      const mailboxes = practice.sampleMailboxes();
      for (const { name, text } of mailboxes) await writeFile(join(folder, basename(name)), text);
      const rows = mailboxes.map(({ user, name }) => ({
        cells: { ...EMPTY_CELLS, source: name, user, calendar: 'Moved' },
        path: join(folder, basename(name)),
      }));
      const empty = emptyBook(servers);
      const target = { serverId: PRACTICE_ID, way: 'own', template: '' } as const;
      return begin(addRows({ ...empty, name: 'practice mailboxes', setup: { ...empty.setup, target } }, rows));
    },
    'mapping.choose': async ({ mappingId }) => {
      const list = await readList('mapping');
      if (list === null) return null;
      return put(
        mappingId,
        addText(room.get(mappingId), engine.mappings.read(list.text), folderOf(list.path), basename(list.path)),
      );
    },
    'mapping.drop': async ({ mappingId, paths }) => {
      if (!paths.every((path) => isAbsolute(path))) throw noPath();
      let book = room.get(mappingId);
      for (const path of paths) {
        book = (await isCsv(path))
          ? addText(book, engine.mappings.read(await readText(path)), folderOf(path), basename(path))
          : addPaths(book, [path]);
      }
      return put(mappingId, book);
    },
    'mapping.paste': ({ mappingId, text }) =>
      Promise.resolve(put(mappingId, addText(room.get(mappingId), engine.mappings.read(text), null, null))),
    'mapping.add': ({ mappingId }) =>
      Promise.resolve(put(mappingId, addRows(room.get(mappingId), [{ cells: EMPTY_CELLS, path: null }]))),
    'mapping.edit': ({ mappingId, row, cell, value }) =>
      Promise.resolve(
        put(
          mappingId,
          changeRow(room.get(mappingId), row, (before) => ({
            ...before,
            cells: { ...before.cells, [cell]: value },
            path: cell === 'source' ? null : before.path,
          })),
        ),
      ),
    'mapping.source': async ({ mappingId, row, what }) => {
      const [path] = (await desktop.choosePaths(what)) ?? [];
      if (path === undefined) return null;
      const book = changeRow(room.get(mappingId), row, (before) => ({
        ...before,
        cells: { ...before.cells, source: basename(path), user: before.cells.user || userOf(path) },
        path,
      }));
      return put(mappingId, book);
    },
    'mapping.folder': async ({ mappingId }) => {
      const [folder] = (await desktop.choosePaths('folder')) ?? [];
      return folder === undefined ? null : put(mappingId, { ...room.get(mappingId), folder, resolved: null });
    },
    'mapping.remove': ({ mappingId, rows }) => {
      const book = room.get(mappingId);
      const gone = new Set(rows);
      return Promise.resolve(
        put(mappingId, { ...book, rows: book.rows.filter(({ row }) => !gone.has(row)), resolved: null }),
      );
    },
    'mapping.setup': ({ mappingId, setup }) => {
      for (const way of [setup.target, setup.source]) if (way !== null) servers.info(way.serverId);
      return Promise.resolve(put(mappingId, { ...room.get(mappingId), setup, resolved: null }));
    },
    'mapping.secret': async ({ mappingId, side, user, password }) => {
      const book = room.get(mappingId);
      await logins.keep(serverOf(book.setup, side), user, password);
      return put(mappingId, book);
    },
    'mapping.secrets': async ({ mappingId, side }) => {
      const list = await readList('passwords');
      if (list === null) return null;
      const book = room.get(mappingId);
      const server = serverOf(book.setup, side);
      const wanted = new Set(
        book.rows.map(({ cells }) => (side === 'target' ? cells.user : cells.sourceUser || cells.user)),
      );
      const secrets = readSecretList(list.text);
      const known = secrets.filter(({ user }) => wanted.has(user));
      for (const { user, password } of known) await logins.keep(server, user, password);
      const unknown = secrets.filter(({ user }) => !wanted.has(user)).map(({ user }) => user);
      return { view: put(mappingId, book), taken: known.length, unknown };
    },
    'mapping.check': async ({ mappingId }) => {
      checking?.abort();
      const mine = new AbortController();
      checking = mine;
      const book = room.get(mappingId);
      const { resolved, rows } = await checkMapping(engine, book, servers, logins, mine.signal, (done, of, row) => {
        push('mapping.checked', { mappingId, done, of, rows: [row] });
      });
      // Unless it was changed meanwhile: then it was another mapping that was looked at.
      if (room.get(mappingId) === book) room.books.set(mappingId, { ...book, resolved });
      return { mappingId, rows };
    },
    'mapping.stop': () => {
      checking?.abort();
      return Promise.resolve({});
    },
    'mapping.export': async ({ mappingId }) => {
      const { resolved } = room.get(mappingId);
      if (resolved === null) throw notChecked();
      const path = await desktop.chooseTarget('mapping-resolved.csv', 'csv');
      if (path === null) return { saved: false };
      await save(path, engine.mappings.write(resolved.moves));
      return { saved: true };
    },
  };
}

export function openMappings(): MappingRoom {
  const books = new Map<string, MappingBook>();
  return {
    books,
    get(mappingId) {
      const book = books.get(mappingId);
      if (book !== undefined) return book;
      throw new HushError({
        code: 'MAPPING_GONE',
        message: 'This mapping is not open any more. Choose it again.',
        reaction: 'fix-input',
      });
    },
  };
}

function emptyBook(servers: Servers): MappingBook {
  const [first, second] = servers.list();
  const target = second ?? first;
  return {
    name: null,
    folder: null,
    rows: [],
    leftOut: [],
    unknownColumns: [],
    next: 0,
    resolved: null,
    setup: {
      target: target === undefined ? null : { serverId: target.id, way: 'own', template: DEFAULT_TEMPLATE },
      source: null,
      mode: 'auto',
      onConflict: 'newer',
      insideDomains: [],
      domains: [],
      limits: BATCH_LIMITS,
    },
  };
}

function serverOf(setup: MappingSetup, side: 'target' | 'source'): string {
  const way = setup[side];
  if (way !== null) return way.serverId;
  throw new HushError({
    code: 'MAPPING_NO_SERVER',
    message: side === 'target' ? 'Choose the new server first.' : 'Choose the old server first.',
    reaction: 'fix-input',
  });
}

function userOf(path: string): string {
  return basename(path).replace(/\.[^.]+$/, '');
}

async function readText(path: string): Promise<string> {
  try {
    const octets = await readFile(path);
    if (octets.length <= LARGEST_LIST) return octets.toString('utf8');
  } catch (cause) {
    throw unreadable({ cause });
  }
  throw unreadable();
}

function unreadable(options?: { cause: unknown }): HushError {
  const message = 'This list could not be read. Choose a CSV file that you may read, of 20 MB at most.';
  return new HushError({ code: 'MAPPING_UNREADABLE', message, reaction: 'fix-input' }, options);
}

function noPath(): HushError {
  return new HushError({
    code: 'SOURCE_NO_PATH',
    message: 'What was dropped is not a file on this computer. Save it first, then drop the file.',
    reaction: 'fix-input',
  });
}

function notChecked(): HushError {
  return new HushError({
    code: 'MAPPING_NOT_CHECKED',
    message: 'The mapping was changed since its check. Check it again first.',
    reaction: 'fix-input',
  });
}
