import { mkdir, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { HushError } from '../../../../shared/model/failure.ts';
import { DEFAULT_TEMPLATE } from '../../../../shared/model/login.ts';
import type { MappingView } from '../../../../shared/model/batch/mapping-view.ts';
import { saveFile } from '../../../save-file.ts';
import type { Logins } from '../../servers/logins.ts';
import { checkMapping, testMapping } from '../../mapping/check.ts';
import { addRows, EMPTY_CELLS, emptyBook, type MappingBook } from '../../mapping/book.ts';
import type { MappingBooks, PutBook } from '../../mapping/books.ts';
import { viewOf } from '../../mapping/view.ts';
import type { Ports } from '../../ports.ts';
import { PRACTICE_ID, type Servers } from '../../servers/servers.ts';
import type { HandlersOf, Push } from '../../types.ts';
import { contentOf } from '../../mapping/project.ts';
import { mappingRowHandlers } from './mapping-rows.ts';
import { mappingSecretHandlers } from './mapping-secrets.ts';
import { projectHandlers } from './project.ts';

export function mappingHandlers(
  ports: Pick<Ports, 'engine' | 'desktop' | 'drops' | 'practice' | 'tempDir'>,
  servers: Servers,
  logins: Logins,
  mappings: MappingBooks,
  push: Push,
): HandlersOf<'mapping' | 'project'> {
  const { engine, desktop, practice, tempDir } = ports;
  let checking: AbortController | null = null;

  const put: PutBook = async (mappingId, book) => {
    mappings.books.set(mappingId, book);
    if (book.project !== null) await engine.projects.save(book.project.id, contentOf(book, servers));
    return viewOf(engine, mappingId, book, logins);
  };

  /** One mapping at a time is on screen. */
  function begin(book: MappingBook): Promise<MappingView> {
    checking?.abort();
    mappings.books.clear();
    const mappingId = crypto.randomUUID();
    mappings.books.set(mappingId, book);
    return Promise.resolve(viewOf(engine, mappingId, book, logins));
  }

  return {
    ...mappingRowHandlers(ports, mappings, put),
    ...mappingSecretHandlers(ports, logins, mappings, put),
    ...projectHandlers(ports, servers, mappings, put, begin),
    'mapping.begin': () => begin(beginBook(servers)),
    'mapping.show': ({ mappingId }) => Promise.resolve(viewOf(engine, mappingId, mappings.get(mappingId), logins)),
    'mapping.sample': async () => {
      const folder = join(tempDir, 'mailboxes');
      await mkdir(folder, { recursive: true });
      const mailboxes = practice.sampleMailboxes();
      for (const { name, text } of mailboxes) await writeFile(join(folder, basename(name)), text);
      const rows = mailboxes.map(({ user, name }) => ({
        cells: { ...EMPTY_CELLS, source: name, user, calendar: 'Moved' },
        path: join(folder, basename(name)),
      }));
      const empty = beginBook(servers);
      const target = { serverId: PRACTICE_ID, way: 'own', template: '' } as const;
      return begin(addRows({ ...empty, name: 'practice mailboxes', setup: { ...empty.setup, target } }, rows));
    },
    'mapping.setup': ({ mappingId, setup }) => {
      for (const way of [setup.target, setup.source]) if (way !== null) servers.info(way.serverId);
      return put(mappingId, { ...mappings.get(mappingId), setup, resolved: null });
    },
    'mapping.check': async ({ mappingId }) => {
      checking?.abort();
      const mine = new AbortController();
      checking = mine;
      const book = mappings.get(mappingId);
      const { resolved, rows } = await checkMapping(engine, book, servers, logins, mine.signal, (done, of, row) => {
        push('mapping.checked', { mappingId, done, of, rows: [row] });
      });
      // Unless it was changed meanwhile: then it was another mapping that was looked at.
      if (mappings.get(mappingId) === book) mappings.books.set(mappingId, { ...book, resolved });
      return { mappingId, rows };
    },
    'mapping.canary': async ({ mappingId, rows }) => {
      const { resolved } = mappings.get(mappingId);
      if (resolved === null) throw notChecked();
      checking?.abort();
      const mine = new AbortController();
      checking = mine;
      const tested = await testMapping(engine, resolved, rows, logins, mine.signal, (done, of, row) => {
        push('mapping.tested', { mappingId, done, of, rows: [row] });
      });
      return { rows: tested };
    },
    'mapping.stop': () => {
      checking?.abort();
      return Promise.resolve({});
    },
    'mapping.export': async ({ mappingId }) => {
      const { resolved } = mappings.get(mappingId);
      if (resolved === null) throw notChecked();
      const path = await desktop.chooseTarget('mapping-resolved.csv', 'csv');
      if (path === null) return { saved: false };
      await saveFile(path, engine.mappings.write(resolved.moves));
      return { saved: true };
    },
  };
}

/** The server that was added first is offered as the new one; without any, the practice server. */
function beginBook(servers: Servers): MappingBook {
  const [first, second] = servers.list();
  const target = second ?? first;
  return emptyBook(
    target === undefined ? null : { serverId: target.id, way: 'own', template: DEFAULT_TEMPLATE },
    servers.connections,
  );
}

function notChecked(): HushError {
  return new HushError({
    code: 'MAPPING_NOT_CHECKED',
    message: 'The mapping was changed since its check. Check it again first.',
    reaction: 'fix-input',
  });
}
