import type { SearchSession } from '../../engine/engine.ts';
import type { PlaceSet } from '../../../shared/ipc/cleanup-routes.ts';
import type { CleanupSpec, SearchPlace } from '../../../shared/model/batch/cleanup.ts';
import { HushError } from '../../../shared/model/failure.ts';
import type { ServerLogin } from '../../../shared/model/batch/mapping-view.ts';
import { PauseGate } from '../runs/pause-gate.ts';
import type { Logins } from '../servers/logins.ts';
import type { Ports } from '../ports.ts';
import { findPlaces } from '../search-places.ts';
import type { Servers } from '../servers/servers.ts';
import { HandleStore } from '../runs/handle-store.ts';
import type { HandlersOf, Push } from '../types.ts';
import { shelve, type BatchShelves } from './batch.ts';
import type { MappingBooks } from '../mapping/books.ts';

/** Places as found, in the order in which the page knows them. */
interface Places {
  readonly places: readonly SearchPlace[];
  readonly assume: CleanupSpec['assume'];
  readonly insideDomains: readonly string[];
}

/** A search that has ended, with the places it looked at. */
interface Search {
  readonly places: readonly SearchPlace[];
  readonly assume: CleanupSpec['assume'];
  readonly session: SearchSession;
}

export function cleanupHandlers(
  { engine }: Pick<Ports, 'engine'>,
  servers: Servers,
  logins: Logins,
  mappings: MappingBooks,
  shelves: BatchShelves,
  push: Push,
): HandlersOf<'cleanup'> {
  const places = new HandleStore<Places>(3, 'These calendars are not listed any more. Look for them again.');
  const searches = new HandleStore<Search>(2, 'This search is not current any more. Search again.');
  const gate = new PauseGate();
  let going: AbortController | null = null;

  async function open(way: ServerLogin, users: readonly string[], insideDomains: readonly string[]): Promise<PlaceSet> {
    going?.abort();
    const mine = new AbortController();
    going = mine;
    const found = await findPlaces(engine, logins, way, users, mine.signal);
    const assume = servers.info(way.serverId).assumeNoMailHook ? (['no-mail-hook'] as const) : [];
    return {
      placesId: places.add({ places: found.places, assume, insideDomains }),
      places: found.places.map(({ mailbox, name, inbox }, id) => ({ id, mailbox, name, inbox })),
      problems: found.problems,
    };
  }

  return {
    'cleanup.places': ({ way, users }) => open(way, users.length === 0 ? [ownerOf(servers, way)] : users, []),
    'cleanup.places_of': ({ mappingId }) => {
      const { rows, setup } = mappings.get(mappingId);
      if (setup.target === null) throw noServer();
      const users = [...new Set(rows.map(({ cells }) => cells.user))].filter((user) => user !== '');
      return open(setup.target, users, setup.insideDomains);
    },
    'cleanup.search': async ({ placesId, places: chosen, rules, any }) => {
      const known = places.get(placesId);
      const { assume, insideDomains } = known;
      const spec = { places: chosen.flatMap((id) => known.places[id] ?? []), rules, any, insideDomains };
      going?.abort();
      const mine = new AbortController();
      going = mine;
      gate.open();
      const session = await engine.search(spec, logins.connect, {
        signal: mine.signal,
        gate: () => gate.pass(mine.signal),
        progress: (progress) => {
          push('cleanup.progress', progress);
        },
      });
      // Nothing is removed unless a person ticks it.
      const keys = session.result().clusters.flatMap(({ by, key }) => (by === 'organizer' ? [key] : []));
      const result = session.keep({ by: 'organizer', keys }, true);
      return { searchId: searches.add({ places: spec.places, assume, session }), result };
    },
    'cleanup.pause': ({ paused }) => {
      if (paused) gate.close();
      else gate.open();
      return Promise.resolve({});
    },
    'cleanup.stop': () => {
      going?.abort();
      gate.open();
      return Promise.resolve({});
    },
    ...resultHandlers(searches),
    'cleanup.plan': async ({ searchId, ...order }) => {
      const { session, assume, places: searched } = searches.get(searchId);
      const spec = session.spec({ ...order, assume });
      const batch = await engine.prepareBatch({ kind: 'cleanup', spec }, logins.connect, (phase, done, of) => {
        push('batch.progress', { phase, done, of });
      });
      const kept = new Set(spec.places.map(({ url }) => url));
      const backups = searched.filter(({ inbox, url }) => !inbox && kept.has(url));
      return shelve(
        shelves,
        batch,
        backups.map(({ login, url }) => ({ login, calendarUrl: url })),
      );
    },
  };
}

/** What was found, page by page, and what a person keeps of it. */
function resultHandlers(
  searches: HandleStore<Search>,
): Pick<HandlersOf<'cleanup'>, 'cleanup.matches' | 'cleanup.preview' | 'cleanup.keep'> {
  return {
    'cleanup.matches': async ({ searchId, by, key, order, offset, limit }) => {
      const page = await searches.get(searchId).session.matches({ by, key, order }, offset, limit);
      return { rows: [...page.rows], of: page.of };
    },
    'cleanup.preview': async ({ searchId, id }) => {
      const found = await searches.get(searchId).session.preview(id);
      if (found === null) throw gone();
      return found;
    },
    'cleanup.keep': ({ searchId, which, keep }) => Promise.resolve(searches.get(searchId).session.keep(which, keep)),
  };
}

function gone(): HushError {
  return new HushError({
    code: 'EVENT_GONE',
    message: 'This event is not there any more. Search again to see what is.',
    reaction: 'fix-input',
  });
}

function ownerOf(servers: Servers, { serverId }: ServerLogin): string {
  const { user, admin, users } = servers.info(serverId);
  return (admin === undefined ? undefined : users?.[0]?.user) ?? user;
}

function noServer(): HushError {
  return new HushError({
    code: 'MAPPING_NO_SERVER',
    message: 'Choose the new server in the mapping first.',
    reaction: 'fix-input',
  });
}
