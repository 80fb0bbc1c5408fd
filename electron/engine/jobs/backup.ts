import type { BackupResult } from '../../../shared/model/backup.ts';
import type { Login } from '../../../shared/model/login.ts';
import type { BackupPlace, BackupTask } from '../backup/types.ts';
import { writeBackup, type BackupOptions } from '../backup/write.ts';
import { discover } from '../caldav/discover.ts';
import { listHome } from '../caldav/home.ts';
import { pathKey } from '../caldav/url.ts';
import type { Connection } from '../caldav/types.ts';
import type { Connect } from '../batch/types.ts';
import type { EnginePorts, Progress } from '../engine.ts';

/**
 * Backs up calendars into `out`. Throws HushError when nothing could be written; what is missing in a backup that was
 * written is named in its result.
 */
export async function backUp(
  ports: Pick<EnginePorts, 'now'>,
  places: readonly BackupPlace[],
  connect: Connect,
  out: string,
  options: BackupOptions = {},
  progress?: Progress,
  signal?: AbortSignal,
): Promise<BackupResult> {
  const tasks: BackupTask[] = [];
  const seen = new Set<string>();
  for (const place of places) {
    signal?.throwIfAborted();
    for (const task of await tasksOf(place, connect)) {
      if (seen.has(task.url)) continue;
      seen.add(task.url);
      tasks.push(task);
    }
  }
  return writeBackup(tasks, out, ports.now(), options, progress, signal);
}

async function tasksOf({ login, calendarUrl }: BackupPlace, connect: Connect): Promise<readonly BackupTask[]> {
  const { user } = login;
  if (calendarUrl !== null) return [{ url: calendarUrl, user, connection: connect({ ...login, url: calendarUrl }) }];
  const connection = connect(login);
  const urls = await calendarsOf(login, connection);
  return urls.map((url) => ({ url, user, connection }));
}

/**
 * The calendars of the user whom a login is for. Where an administrator logs in with a name of their own, what the
 * server finds for that name are the administrator's calendars: then only what stands at the given home counts.
 */
export async function calendarsOf(login: Login, connection: Connection): Promise<readonly string[]> {
  const account = await discover(connection);
  const foreign = login.way === 'direct' || login.way === 'grant';
  if (!foreign || pathKey(new URL(account.home).pathname) === pathKey(new URL(login.url).pathname)) {
    return account.calendars.map(({ url }) => url);
  }
  const members = await listHome(login.url, connection);
  return members.filter(({ kind }) => kind === 'calendar').map(({ url }) => url);
}
