import { messagesLeftOf } from '../../batch/messages-left.ts';
import { isBatch, openBatch } from '../../batch/kept/folder.ts';
import { messagesLeft } from '../../run/messages-left.ts';
import { openRun } from './stored-run.ts';

/** Messages that a run or a batch of this name has still to send. Throws HushError when there is none. */
export async function messagesLeftIn(runsDir: string, id: string): Promise<number> {
  if (await isBatch(runsDir, id)) return messagesLeftOf(await openBatch(runsDir, id));
  return messagesLeft(await openRun(runsDir, id));
}
