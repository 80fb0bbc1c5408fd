import { HushError } from '../../../../shared/model/failure.ts';
import type { MappingSetup } from '../../../../shared/model/batch/mapping-view.ts';
import type { Logins } from '../../servers/logins.ts';
import type { MappingBooks, PutBook } from '../../mapping/books.ts';
import type { Ports } from '../../ports.ts';
import { readList } from '../../read-list.ts';
import { readSecretList } from '../../servers/secret-list.ts';
import type { Handlers } from '../../types.ts';

/** The passwords of a mapping: typed for one user, or read from a list. */
export function mappingSecretHandlers(
  { desktop }: Pick<Ports, 'desktop'>,
  logins: Logins,
  mappings: MappingBooks,
  put: PutBook,
): Pick<Handlers, 'mapping.secret' | 'mapping.secrets'> {
  return {
    'mapping.secret': async ({ mappingId, side, user, password }) => {
      const book = mappings.get(mappingId);
      await logins.keep(serverOf(book.setup, side), user, password);
      return put(mappingId, book);
    },
    'mapping.secrets': async ({ mappingId, side }) => {
      const list = await readList(desktop, 'passwords');
      if (list === null) return null;
      const book = mappings.get(mappingId);
      const server = serverOf(book.setup, side);
      const wanted = new Set(
        book.rows.map(({ cells }) => (side === 'target' ? cells.user : cells.sourceUser || cells.user)),
      );
      const secrets = readSecretList(list.text);
      const known = secrets.filter(({ user }) => wanted.has(user));
      for (const { user, password } of known) await logins.keep(server, user, password);
      const unknown = secrets.filter(({ user }) => !wanted.has(user)).map(({ user }) => user);
      return { view: await put(mappingId, book), taken: known.length, unknown };
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
