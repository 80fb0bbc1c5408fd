import { dirname, join } from 'node:path';
import type { BackupPlace } from '../../engine/engine.ts';
import type { RouteInput } from '../../../shared/ipc/contract.ts';
import { HushError } from '../../../shared/model/failure.ts';
import type { Logins } from '../servers/logins.ts';
import type { Ports } from '../ports.ts';
import type { Servers } from '../servers/servers.ts';
import type { HandlersOf, Push } from '../types.ts';
import type { BatchShelves } from './batch.ts';

export function backupHandlers(
  { engine, desktop }: Pick<Ports, 'engine' | 'desktop'>,
  servers: Servers,
  logins: Logins,
  { batches }: Pick<BatchShelves, 'batches'>,
  push: Push,
): HandlersOf<'backup'> {
  let going: AbortController | null = null;
  let last: string | null = null;

  function placesOf(what: RouteInput<'backup.run'>['what']): readonly BackupPlace[] {
    if (what.kind === 'server') {
      const { serverId, forUser, calendars } = what;
      const login = logins.loginOn(serverId, forUser);
      for (const url of calendars ?? []) servers.checkPlace(serverId, url);
      return (calendars ?? [null]).map((calendarUrl) => ({ login, calendarUrl }));
    }
    return batches.get(what.planId).places;
  }

  return {
    'backup.run': async ({ what }) => {
      if (going !== null) throw busy();
      const places = placesOf(what);
      if (places.length === 0) throw nothingThere();
      const name = `backup-${new Date().toISOString().slice(0, 10)}.zip`;
      const out = await desktop.chooseTarget(name, 'zip');
      if (out === null) return null;
      going = new AbortController();
      try {
        // The system's own dialog has asked already whether a file there may be replaced.
        const result = await engine.backup(
          places,
          logins.connect,
          out,
          { overwrite: true },
          (calendar, done, of) => {
            push('backup.progress', { calendar, done, of });
          },
          going.signal,
        );
        last = join(dirname(out), result.file);
        return { ...result, path: last };
      } finally {
        going = null;
      }
    },
    'backup.show': () => {
      if (last !== null) desktop.showInFolder(last);
      return Promise.resolve({});
    },
    'backup.stop': () => {
      going?.abort();
      return Promise.resolve({});
    },
  };
}

function nothingThere(): HushError {
  return new HushError({
    code: 'BACKUP_NOTHING',
    message: 'There is nothing to back up: these calendars do not exist yet and will be made.',
    reaction: 'fix-input',
  });
}

function busy(): HushError {
  return new HushError({
    code: 'BACKUP_GOES_ON',
    message: 'A backup is being made already. Wait for its end, or stop it first.',
    reaction: 'fix-input',
  });
}
