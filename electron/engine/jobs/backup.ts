import type { BackupResult } from '../../../shared/model/kept/backup.ts';
import type { BackupFailure, BackupPlace, BackupTask } from '../backup/types.ts';
import { writeBackup, type BackupOptions } from '../backup/write.ts';
import type { Connect } from '../batch/types.ts';
import type { EnginePorts, BackupProgress } from '../types.ts';
import { Accounts } from '../mapping/accounts.ts';

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
  progress?: BackupProgress,
  signal?: AbortSignal,
): Promise<BackupResult> {
  const tasks: BackupTask[] = [];
  const seen = new Set<string>();
  const unseen: BackupFailure[] = [];
  for (const place of places) {
    signal?.throwIfAborted();
    for (const task of await tasksOf(place, connect, unseen, signal)) {
      if (seen.has(task.url)) continue;
      seen.add(task.url);
      tasks.push(task);
    }
  }
  return writeBackup(tasks, out, ports.now(), { ...options, unseen }, progress, signal);
}

/** @param unseen takes what the account names and nobody can read */
async function tasksOf(
  { login, calendarUrl }: BackupPlace,
  connect: Connect,
  unseen: BackupFailure[],
  signal: AbortSignal | undefined,
): Promise<readonly BackupTask[]> {
  const { user } = login;
  if (calendarUrl !== null) return [{ url: calendarUrl, user, connection: connect({ ...login, url: calendarUrl }) }];
  // Where an administrator logs in with a name of their own, the calendars are still those of the user.
  const { calendars, unseen: missing } = await new Accounts(connect, signal).of(login);
  unseen.push(...missing);
  return calendars.map(({ url }) => ({ url, user, connection: connect({ ...login, url }) }));
}
