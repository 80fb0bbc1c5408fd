import type { BackupPlace, ResolvedMapping } from '../../engine/engine.ts';
import { HushError } from '../../../shared/model/failure.ts';
import { rewritesOf } from '../../../shared/model/batch/mapping-view.ts';
import type { MigrateSpec, Move } from '../../../shared/model/batch/migrate.ts';
import type { Logins } from '../servers/logins.ts';
import { assumedOf, checkMapping } from '../mapping/check.ts';
import type { MappingBook } from '../mapping/book.ts';
import type { Ports } from '../ports.ts';
import type { Servers } from '../servers/servers.ts';
import type { HandlersOf, Push } from '../types.ts';
import { shelve, type BatchShelves } from './batch.ts';
import type { MappingBooks } from '../mapping/books.ts';

export function migrateHandlers(
  { engine }: Pick<Ports, 'engine'>,
  servers: Servers,
  logins: Logins,
  mappings: MappingBooks,
  shelves: BatchShelves,
  push: Push,
): HandlersOf<'migrate'> {
  /** A final pass finds the calendars that were made meanwhile, so it looks again. */
  async function resolvedOf(book: MappingBook, again: boolean): Promise<ResolvedMapping> {
    if (book.resolved !== null && !again) return book.resolved;
    const { resolved } = await checkMapping(engine, book, servers, logins, new AbortController().signal, (done, of) => {
      push('batch.progress', { phase: 'checking', done, of });
    });
    return resolved;
  }

  /** The project of the mapping leads to its last result. */
  function noteBatch(mappingId: string, batchId: string): void {
    const book = mappings.books.get(mappingId);
    if (book?.project === null || book === undefined) return;
    mappings.books.set(mappingId, { ...book, project: { ...book.project, lastBatch: batchId } });
    // The migration has begun, and History has it in any case.
    engine.projects.noteBatch(book.project.id, batchId).catch(() => undefined);
  }

  return {
    'migrate.plan': async ({ mappingId, after, deleteGone }) => {
      const book = mappings.get(mappingId);
      const { moves, leftOut } = await resolvedOf(book, after !== null);
      if (moves.length === 0) throw nothingToMove();
      const assume = assumedOf(book.setup, servers);
      const spec: MigrateSpec = { ...specOf(book, moves, after, deleteGone), assume, leftOut };
      const batch = await engine.prepareMigration(spec, logins.connect, (phase, done, of) => {
        push('batch.progress', { phase, done, of });
      });
      return shelve(shelves, batch, placesOf(moves), (batchId) => {
        noteBatch(mappingId, batchId);
      });
    },
  };
}

function specOf(
  { setup }: MappingBook,
  moves: readonly Move[],
  after: string | null,
  deleteGone: boolean,
): MigrateSpec {
  const { mode, onConflict, insideDomains, limits } = setup;
  return {
    moves,
    mode,
    onConflict,
    ...rewritesOf(setup),
    insideDomains,
    shard: null,
    pass: 'both',
    limits,
    after,
    deleteGone,
  };
}

/** What there is of them before anything is written. */
function placesOf(moves: readonly Move[]): readonly BackupPlace[] {
  return moves.filter(({ makes }) => !makes).map(({ to, calendarUrl }) => ({ login: to, calendarUrl }));
}

function nothingToMove(): HushError {
  return new HushError({
    code: 'MAPPING_NOTHING',
    message: 'No row of this mapping can be copied. The check says why.',
    reaction: 'fix-input',
  });
}
