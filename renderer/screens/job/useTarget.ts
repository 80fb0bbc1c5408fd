import { actorName, loginName } from '../../../shared/text/display-names.ts';
import { useChosenAccount } from '../../stores/job/account.ts';
import { useDraft } from '../../stores/job/draft.ts';
import { useFlow } from '../../stores/job/flow.ts';
import { useServerName } from '../../stores/names.ts';
import { useServers } from '../../stores/servers.ts';
import { isolate } from '../../../shared/words/isolate.ts';

/** Server and calendar of the job on screen, by name: what was chosen, or for undo and retry those of the run. */
export function useTarget(): {
  readonly server: string | null;
  readonly user: string | null;
  readonly calendar: string | null;
} {
  const origin = useFlow((state) => state.origin);
  const serverId = useDraft((state) => state.serverId);
  const url = useDraft((state) => state.calendarUrl);
  const server = useServers((state) => state.list?.find((entry) => entry.id === serverId) ?? null);
  const forUser = useDraft((state) => state.forUser);
  const calendar = useChosenAccount()?.calendars.find((entry) => entry.url === url)?.name ?? null;
  const making = useDraft((state) => (state.newCalendar?.url === state.calendarUrl ? state.newCalendar : null));
  const originServer = useServerName(origin?.server ?? '');
  return origin === null
    ? {
        server: server?.name ?? null,
        user: server === null ? null : loginName(server, forUser),
        calendar: making === null ? calendar : `${isolate(making.name)} (new)`,
      }
    : { server: originServer, user: actorName(origin), calendar: origin.calendar };
}
