import type { BatchMember } from '../../../shared/model/batch/batch.ts';
import { canRun } from '../../../shared/model/batch/batch-mode.ts';
import { isOpen } from './child.ts';
import { afterRun } from './member.ts';
import type { BatchHead } from './kept/records.ts';
import { UNTOUCHED, type BatchReplay } from './kept/replay.ts';

/** The same when the batch goes on: what is taken up once more waits for its turn, whatever kept it from going before. */
export function membersAtStart(head: BatchHead, before: Pick<BatchReplay, 'members'>): readonly BatchMember[] {
  return membersNow(head, before).map((now) => {
    const ended = before.members.get(now.id)?.ended ?? null;
    const planned = head.members[now.id]?.member;
    const goesOn = planned !== undefined && canRun(planned) && (ended === null || isOpen(ended));
    return goesOn ? { ...now, state: 'queued', problem: null } : now;
  });
}

/** The members of a batch as its journal leaves them. */
export function membersNow(head: BatchHead, { members }: Pick<BatchReplay, 'members'>): readonly BatchMember[] {
  return head.members.map((planned) => {
    const { member } = planned;
    const { runIds, held, ended } = members.get(member.id) ?? UNTOUCHED;
    const now = ended === null ? { ...member, runIds } : { ...member, runIds, ...afterRun(ended, planned) };
    if (held !== null) return { ...now, state: 'needs-attention', problem: held };
    return ended === null && runIds.length > 0 ? { ...now, state: 'stopped' } : now;
  });
}
