import { useApp } from '../../stores/app.ts';
import { useCleanupBatch, useMigrateBatch, useRestoreBatch, type BatchState } from '../../stores/batch/batch.ts';
import { useCleanup } from '../../stores/batch/cleanup.ts';
import { useMapping } from '../../stores/batch/mapping.ts';
import { useNavigation } from '../../stores/batch/navigation.ts';
import { useWantsAll } from '../../stores/batch/several.ts';
import { useHistory } from '../../stores/history/history.ts';
import { useChosenAccount } from '../../stores/job/account.ts';
import { useDraft } from '../../stores/job/draft.ts';
import { useFlow } from '../../stores/job/flow.ts';
import { targetOfMembers, targetOfRun, targetOnServer, type WriteTarget } from '../../stores/write-target.ts';
import { useServers } from '../../stores/servers.ts';

/** Where the job on screen writes; null where the screen holds no job, or no server was chosen for it. */
export function useWriteTarget(): WriteTarget | null {
  const screen = useApp((state) => state.screen);
  const one = useJobTarget();
  const several = useBatchTarget(useRestoreBatch());
  const isOne = useNavigation((state) => state.restore === 'one');
  const migration = useMigrationTarget();
  const cleanup = useCleanupTarget();
  const opened = useOpenedTarget();
  switch (screen) {
    case 'restore':
      return isOne ? one : several;
    case 'migrate':
      return migration;
    case 'cleanup':
      return cleanup;
    case 'history':
      return opened;
    case 'servers':
    case 'practice':
      return null;
  }
}

function useJobTarget(): WriteTarget | null {
  const origin = useFlow((state) => state.origin);
  const serverId = useDraft((state) => state.serverId);
  const url = useDraft((state) => state.calendarUrl);
  const making = useDraft((state) => (state.newCalendar?.url === state.calendarUrl ? state.newCalendar : null));
  const servers = useServers((state) => state.list) ?? [];
  const forUser = useDraft((state) => state.forUser);
  const listed = useChosenAccount()?.calendars.find((entry) => entry.url === url);
  // Another calendar may have been chosen before; all go where they were.
  const all = useWantsAll();
  if (origin !== null) return targetOfRun(origin, servers);
  const server = servers.find((entry) => entry.id === serverId);
  return server === undefined
    ? null
    : targetOnServer(server, all ? null : (making?.name ?? listed?.name ?? null), forUser);
}

function useMigrationTarget(): WriteTarget | null {
  const step = useNavigation((state) => state.migrate);
  const serverId = useMapping((state) => state.view?.setup.target?.serverId ?? null);
  const batch = useBatchTarget(useMigrateBatch());
  const server = useServerTarget(serverId);
  return step === 'review' || step === 'run' ? batch : server;
}

function useCleanupTarget(): WriteTarget | null {
  const step = useNavigation((state) => state.cleanup);
  const serverId = useCleanup((state) => state.way.serverId);
  const batch = useBatchTarget(useCleanupBatch());
  const server = useServerTarget(serverId);
  return step === 'review' || step === 'run' ? batch : server;
}

function useOpenedTarget(): WriteTarget | null {
  const run = useHistory(({ openId, runs }) => runs?.find(({ runId }) => runId === openId) ?? null);
  const servers = useServers((state) => state.list) ?? [];
  return run === null ? null : targetOfRun(run, servers);
}

function useServerTarget(id: string | null): WriteTarget | null {
  const server = useServers((state) => state.list?.find((entry) => entry.id === id));
  return server === undefined ? null : targetOnServer(server, null);
}

function useBatchTarget({ plan, snapshot, report }: BatchState): WriteTarget {
  const servers = useServers((state) => state.list) ?? [];
  return targetOfMembers(report?.members ?? plan?.members ?? snapshot.members, servers);
}
