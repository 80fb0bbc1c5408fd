import type { RouteInput } from '../../../shared/ipc/contract.ts';
import { BATCH_LIMITS, IDENTITY } from '../../../shared/model/defaults.ts';
import { HushError } from '../../../shared/model/failure.ts';
import { behalfOf, type Login } from '../../../shared/model/login.ts';
import type { OriginalPlace, RestoreSeveralSpec } from '../../../shared/model/batch/restore-several.ts';
import { HandleStore } from '../runs/handle-store.ts';
import type { Logins } from '../servers/logins.ts';
import type { Ports } from '../ports.ts';
import type { Servers } from '../servers/servers.ts';
import type { HandlersOf, Push } from '../types.ts';
import { shelve, type BatchShelves } from './batch.ts';
import type { SourcePaths } from './source.ts';

/** The calendars of a backup, and for whom they go back. */
interface Places {
  readonly serverId: string;
  readonly login: Login;
  readonly places: readonly OriginalPlace[];
}

export function severalHandlers(
  { engine }: Pick<Ports, 'engine'>,
  servers: Servers,
  logins: Logins,
  sources: HandleStore<SourcePaths>,
  shelves: BatchShelves,
  push: Push,
): HandlersOf<'several'> {
  const kept = new HandleStore<Places>(3, 'These calendars are not listed any more. Choose the backup again.');
  return {
    'several.places': async ({ sourceId, serverId, forUser }) => {
      const login = logins.loginOn(serverId, forUser);
      // With rights of their own, an administrator is shown the administrator's calendars: only the user's home counts.
      const whose = login.way === 'direct' ? 'home' : 'own';
      const paths = sources.get(sourceId);
      const places = await engine.originalPlaces(paths, logins.connect(login), undefined, whose);
      return {
        placesId: kept.add({ serverId, login, places }),
        places: places.map(({ source: _path, ...shown }) => shown),
      };
    },
    'several.plan': async ({ placesId, members, mode, onConflict, rewrites }) => {
      const { serverId, login, places } = kept.get(placesId);
      for (const { calendarUrl } of members) checkPlace(servers, serverId, calendarUrl);
      const behalf = behalfOf(login);
      const spec: RestoreSeveralSpec = {
        user: login.actor,
        ...(behalf === undefined ? {} : { behalf }),
        mode,
        identity: IDENTITY,
        onConflict,
        rewrites,
        only: [],
        concurrency: servers.connections,
        assume: servers.info(serverId).assumeNoMailHook ? ['no-mail-hook'] : [],
        login,
        members: members.map((member) => memberOf(places, member)),
        limits: { ...BATCH_LIMITS, perOrigin: servers.connections },
      };
      const batch = await engine.prepareBatch({ kind: 'restore', spec }, logins.connect, (phase, done, of) => {
        push('batch.progress', { phase, done, of });
      });
      const there = members.filter(({ makes }) => !makes);
      return shelve(
        shelves,
        batch,
        there.map(({ calendarUrl }) => ({ login, calendarUrl })),
      );
    },
  };
}

type AskedMember = RouteInput<'several.plan'>['members'][number];

function memberOf(places: readonly OriginalPlace[], asked: AskedMember): RestoreSeveralSpec['members'][number] {
  const { place, calendarUrl, calendarName, makes } = asked;
  const found = places[place];
  if (found === undefined) throw noCalendar();
  const made = makes ? { makeCalendar: { name: calendarName.slice(0, 200), color: null } } : {};
  return { source: found.source, name: found.name, calendarUrl, calendarName, ...made };
}

function checkPlace(servers: Servers, serverId: string, calendarUrl: string): void {
  if (!URL.canParse(calendarUrl)) throw noCalendar();
  servers.checkPlace(serverId, calendarUrl);
}

function noCalendar(): HushError {
  return new HushError({
    code: 'CALENDAR_BAD_ADDRESS',
    message: 'Choose the calendar to restore into.',
    reaction: 'fix-input',
  });
}
