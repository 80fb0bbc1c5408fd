import { join } from 'node:path';
import { HushError } from '../../../../shared/model/failure.ts';
import type { RunSpec } from '../../../../shared/model/job.ts';
import { listRuns, readHead, runPaths } from '../../run/kept/folder.ts';
import type { RunLock } from '../../run/kept/lock.ts';
import { readJournal } from '../../run/kept/replay.ts';
import { switchesLeftOff } from '../../run/writing/switching.ts';
import { momentOfRun } from '../../report/words.ts';
import type { RunHead } from '../../run/types.ts';
import { collectionKey } from '../../caldav/url.ts';
import { lockCalendar } from './announce-lock.ts';

type Wanted = Pick<RunSpec, 'calendarUrl' | 'workaround'>;

/**
 * The switch of a calendar belongs to one run at a time, from before it is touched until it is back: a second one would
 * note "off" as what was there before, and leave it off for good. Null where the run does not touch it.
 *
 * @param runId the run that wants it, when it is taken up again
 * @throws HushError `SWITCH_TAKEN`; nothing was written
 */
export async function lockSwitch(runsDir: string, wanted: Wanted, runId: string | null): Promise<RunLock | null> {
  if (wanted.workaround !== 'collection-switch') return null;
  const lock = lockOf(runsDir, wanted.calendarUrl);
  try {
    // Its own note of what was there before counts, and it puts that back.
    if (runId !== null && (await hasLeftOff(join(runsDir, runId), wanted.calendarUrl))) return lock;
    for (const other of await listRuns(runsDir)) {
      if (await hasLeftOff(join(runsDir, other), wanted.calendarUrl)) throw leftOff(other);
    }
    return lock;
  } catch (error) {
    lock.release();
    throw error;
  }
}

function lockOf(runsDir: string, calendarUrl: string): RunLock {
  try {
    return lockCalendar(runsDir, 'switching', calendarUrl);
  } catch (cause) {
    if (!(cause instanceof HushError)) throw cause;
    const message =
      'Another run has switched the scheduling of this calendar off and is in progress. Wait until it ends.';
    throw new HushError({ code: 'SWITCH_TAKEN', message, reaction: 'fix-input' }, { cause });
  }
}

async function hasLeftOff(folder: string, calendarUrl: string): Promise<boolean> {
  // One that cannot be read is of another version.
  const head: RunHead | null = await readHead(folder).catch(() => null);
  if (head?.spec.workaround !== 'collection-switch') return false;
  if (collectionKey(head.spec.calendarUrl) !== collectionKey(calendarUrl)) return false;
  return switchesLeftOff(await readJournal(runPaths(folder).journal)).length > 0;
}

function leftOff(runId: string): HushError {
  return new HushError({
    code: 'SWITCH_TAKEN',
    message: `The run of ${momentOfRun(runId)} left the scheduling of this calendar switched off. Resume it or undo it first: either puts the switch back.`,
    reaction: 'fix-input',
  });
}
