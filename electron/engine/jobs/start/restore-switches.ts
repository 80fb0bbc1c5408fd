import { basename } from 'node:path';
import { HushError } from '../../../../shared/model/failure.ts';
import { openSwitch } from '../../caldav/objects/collection-switch.ts';
import type { Connection } from '../../caldav/types.ts';
import { dropResult, runPaths } from '../../run/kept/folder.ts';
import { Journal } from '../../run/kept/journal.ts';
import { lockRun } from '../../run/kept/lock.ts';
import { switchesLeftOff, putBack } from '../../run/writing/switching.ts';
import { openIdleRun } from '../stored/stored-run.ts';

/**
 * Puts back what an earlier run left changed on the server, before another run takes it back or tries it again. It is
 * written into the journal of the run that left it.
 *
 * @throws HushError (stop-job) when it cannot be put back; nothing else was written
 */
export async function restoreSwitches(runsDir: string, runId: string, connection: Connection): Promise<void> {
  const { folder, head, journal } = await openIdleRun(runsDir, runId);
  if (journal.switch === null || switchesLeftOff(journal).length === 0) return;
  const lock = lockRun(folder);
  const calendar = openSwitch(head.spec.calendarUrl, connection);
  try {
    const records = await Journal.open(runPaths(folder).journal, basename(folder), journal.end);
    let left: string | null;
    try {
      left = await putBack(calendar, records, journal.switch.former);
    } finally {
      await records.close();
    }
    if (left !== null) throw new HushError({ code: 'LEFT_OVER', message: left, reaction: 'stop-job' });
    await dropResult(folder);
  } finally {
    await calendar.close();
    lock.release();
  }
}
