import { join } from 'node:path';
import { canRun } from '../../../shared/model/batch/batch-mode.ts';
import { messagesOfMember } from '../../../shared/model/consent.ts';
import { messagesLeft } from '../run/messages-left.ts';
import { readRun } from '../run/kept/read-run.ts';
import { isOpen, readChild } from './child.ts';
import type { StoredBatch } from './kept/folder.ts';
import { UNTOUCHED } from './kept/replay.ts';

/** Messages that a batch has still to send: all of a calendar that was not begun, the rest of one in the middle. */
export async function messagesLeftOf({ head, journal, runsDir }: StoredBatch): Promise<number> {
  let messages = 0;
  for (const { member } of head.members) {
    const { runIds, ended } = journal.members.get(member.id) ?? UNTOUCHED;
    if (!canRun(member) || (ended !== null && !isOpen(ended))) continue;
    const runId = runIds.at(-1);
    const begun = runId !== undefined && (await readChild(runsDir, runId)).kind === 'run';
    messages += begun ? messagesLeft(await readRun(join(runsDir, runId))) : messagesOfMember(member);
  }
  return messages;
}
