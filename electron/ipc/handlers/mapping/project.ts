import type { Ports } from '../../ports.ts';
import type { MappingBook } from '../../mapping/book.ts';
import { bookOf, contentOf } from '../../mapping/project.ts';
import type { MappingBooks, PutBook } from '../../mapping/books.ts';
import type { Servers } from '../../servers/servers.ts';
import type { HandlersOf } from '../../types.ts';

/** @param begin puts a mapping on screen in the place of the one that is there */
export function projectHandlers(
  { engine }: Pick<Ports, 'engine'>,
  servers: Servers,
  mappings: MappingBooks,
  put: PutBook,
  begin: (book: MappingBook) => ReturnType<PutBook>,
): HandlersOf<'project'> {
  const { projects } = engine;
  /** What is open follows what became of its project. */
  const follow = (
    id: string,
    change: (project: NonNullable<MappingBook['project']>) => MappingBook['project'],
  ): void => {
    for (const [mappingId, book] of mappings.books) {
      if (book.project?.id === id) mappings.books.set(mappingId, { ...book, project: change(book.project) });
    }
  };
  return {
    'project.list': () => projects.list(),
    'project.create': async ({ mappingId, name }) => {
      const made = await projects.create(name, contentOf(mappings.get(mappingId), servers));
      const project = { id: made.id, name: made.name, lastBatch: null, lost: [] };
      // What was changed while it was written is put into it now.
      return put(mappingId, { ...mappings.get(mappingId), project });
    },
    'project.open': async ({ id }) => begin(bookOf(await projects.find(id), servers)),
    'project.rename': async ({ id, name }) => {
      const { name: now } = await projects.rename(id, name);
      follow(id, (project) => ({ ...project, name: now }));
      return projects.list();
    },
    'project.duplicate': async ({ id }) => {
      await projects.duplicate(id);
      return projects.list();
    },
    'project.remove': async ({ id }) => {
      await projects.remove(id);
      follow(id, () => null);
      return projects.list();
    },
  };
}
