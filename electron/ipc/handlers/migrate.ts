import type { BackupPlace, ResolvedMapping } from '../../engine/engine.ts';
import { HushError } from '../../../shared/model/failure.ts';
import type { MappingSetup } from '../../../shared/model/mapping-view.ts';
import type { MigrateSpec, Move } from '../../../shared/model/migrate.ts';
import type { Logins } from '../logins.ts';
import { assumedOf, checkMapping } from '../mapping/check.ts';
import type { MappingBook } from '../mapping/book.ts';
import type { Ports } from '../ports.ts';
import type { Servers } from '../servers.ts';
import type { HandlersOf, Push } from '../types.ts';
import { shelve, type BatchShelves } from './batch.ts';
import type { MappingRoom } from '../mapping/room.ts';

export function migrateHandlers(
  { engine }: Pick<Ports, 'engine'>,
  servers: Servers,
  logins: Logins,
  room: MappingRoom,
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

  return {
    'migrate.plan': async ({ mappingId, after, deleteGone }) => {
      const book = room.get(mappingId);
      const { moves, leftOut } = await resolvedOf(book, after !== null);
      if (moves.length === 0) throw nothingToMove();
      const assume = assumedOf(book.setup, servers);
      const spec: MigrateSpec = { ...specOf(book, moves, after, deleteGone), assume, leftOut };
      const batch = await engine.prepareMigration(spec, logins.connect, (phase, done, of) => {
        push('batch.progress', { phase, done, of });
      });
      return shelve(shelves, batch, placesOf(moves));
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

function rewritesOf({ domains, rewrites }: MappingSetup): Pick<MigrateSpec, 'rewrites'> {
  if (domains.length === 0 && rewrites.length === 0) return {};
  const chosen = Object.fromEntries(rewrites.map((key) => [key, true]));
  return { rewrites: { ...chosen, ...(domains.length === 0 ? {} : { domains }) } };
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
