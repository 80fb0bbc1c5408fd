import { createHash } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { batchesDir } from '../../batch/kept/folder.ts';
import { collectionKey } from '../../caldav/url.ts';
import { lockRun, type RunLock } from '../../run/kept/lock.ts';

/**
 * One announcement at a time in a calendar, of whatever migration and in whatever process: what another one is about to
 * tell is in no journal yet. Throws HushError `RUN_LOCKED`.
 */
export function lockAnnouncing(runsDir: string, calendarUrl: string): RunLock {
  return lockCalendar(runsDir, 'announcing', calendarUrl);
}

/** One process at a time does this in a calendar. Throws HushError `RUN_LOCKED`. */
export function lockCalendar(runsDir: string, what: 'announcing' | 'switching', calendarUrl: string): RunLock {
  const name = createHash('sha256').update(collectionKey(calendarUrl)).digest('hex').slice(0, 16);
  const folder = join(batchesDir(runsDir), what, name);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  return lockRun(folder);
}
