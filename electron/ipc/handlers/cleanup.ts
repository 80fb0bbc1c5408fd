import type { PlaceSet } from '../../../shared/ipc/cleanup-routes.ts';
import type { CleanupSpec, SearchPlace } from '../../../shared/model/cleanup.ts';
import { HushError } from '../../../shared/model/failure.ts';
import type { WayIn } from '../../../shared/model/mapping-view.ts';
import { searchPlaces, type Searched } from '../../engine/jobs/cleanup/search.ts';
import { Gate } from '../gate.ts';
import type { Logins } from '../logins.ts';
import { gone, previewText } from '../preview.ts';
import type { Ports } from '../ports.ts';
import { findPlaces } from '../search-places.ts';
import type { Servers } from '../servers.ts';
import { Shelf } from '../shelf.ts';
import type { HandlersOf, Push } from '../types.ts';
import { shelve, type BatchShelves } from './batch.ts';
import type { MappingRoom } from './mapping.ts';

/** Places as found, in the order in which the page knows them. */
interface Places {
  readonly places: readonly SearchPlace[];
  readonly assume: CleanupSpec['assume'];
  readonly insideDomains: readonly string[];
}

/** A search that has ended, with what it was asked. */
interface Search {
  readonly spec: Pick<CleanupSpec, 'places' | 'rules' | 'any' | 'assume' | 'insideDomains'>;
  readonly searched: Searched;
}

export function cleanupHandlers(
  { engine }: Pick<Ports, 'engine'>,
  servers: Servers,
  logins: Logins,
  room: MappingRoom,
  shelves: BatchShelves,
  push: Push,
): HandlersOf<'cleanup'> {
  const places = new Shelf<Places>(3, 'These calendars are not listed any more. Look for them again.');
  const searches = new Shelf<Search>(2, 'This search is not current any more. Search again.');
  const gate = new Gate();
  let going: AbortController | null = null;

  async function open(way: WayIn, users: readonly string[], insideDomains: readonly string[]): Promise<PlaceSet> {
    const found = await findPlaces(engine, logins, way, users);
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
      const { rows, setup } = room.get(mappingId);
      if (setup.target === null) throw noServer();
      const users = [...new Set(rows.map(({ cells }) => cells.user))].filter((user) => user !== '');
      return open(setup.target, users, setup.insideDomains);
    },
    'cleanup.search': async ({ placesId, places: chosen, rules, any }) => {
      const known = places.get(placesId);
      const spec = {
        places: chosen.flatMap((id) => known.places[id] ?? []),
        rules,
        any,
        assume: known.assume,
        insideDomains: known.insideDomains,
      };
      going?.abort();
      const mine = new AbortController();
      going = mine;
      gate.open();
      const searched = await searchPlaces(spec, logins.connect, {
        signal: mine.signal,
        gate: () => gate.pass(mine.signal),
        progress: (progress) => {
          push('cleanup.progress', progress);
        },
      });
      // Nothing is removed unless a person ticks it.
      searched.found.keep(
        searched.found.all.map(({ match }) => match.id),
        true,
      );
      return { searchId: searches.add({ spec, searched }), result: searched.found.result() };
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
    'cleanup.matches': ({ searchId, by, key, offset, limit }) => {
      const page = searches.get(searchId).searched.found.page(by, key, offset, limit);
      return Promise.resolve({ rows: [...page.rows], of: page.of });
    },
    'cleanup.preview': async ({ searchId, id }) => {
      const { spec, searched } = searches.get(searchId);
      const match = searched.found.all[id]?.match;
      const place = match === undefined ? undefined : spec.places[match.place];
      if (match === undefined || place === undefined) throw gone();
      return { text: await previewText(place, match.href, logins) };
    },
    'cleanup.keep': ({ searchId, which, keep }) => {
      const { found } = searches.get(searchId).searched;
      found.keep(which, keep);
      return Promise.resolve(found.result());
    },
    'cleanup.plan': async ({ searchId, mode, includeOwn, maxShare, limits }) => {
      const { spec, searched } = searches.get(searchId);
      const keep = searched.found.all
        .filter(({ match }) => match.kept)
        .map(({ match: { place, uid } }) => ({ place, uid }));
      const asked: CleanupSpec = { ...spec, mode, includeOwn, maxShare, keep, crowd: searched.crowd, limits };
      const batch = await engine.prepareBatch({ kind: 'cleanup', spec: asked }, logins.connect, (phase, done, of) => {
        push('batch.progress', { phase, done, of });
      });
      const backups = spec.places.filter(({ inbox }) => !inbox);
      return shelve(
        shelves,
        batch,
        backups.map(({ login, url }) => ({ login, calendarUrl: url })),
      );
    },
  };
}

function ownerOf(servers: Servers, { serverId }: WayIn): string {
  const { user, behalf } = servers.info(serverId);
  return behalf?.user ?? user;
}

function noServer(): HushError {
  return new HushError({
    code: 'MAPPING_NO_SERVER',
    message: 'Choose the new server in the mapping first.',
    reaction: 'fix-input',
  });
}
