import type { BatchMember } from '../../../shared/model/batch.ts';
import { afterRun } from './member.ts';
import type { BatchHead } from './kept/records.ts';
import { UNTOUCHED, type BatchReplay } from './kept/replay.ts';

/** The members of a batch as its journal leaves them. */
export function membersNow(head: BatchHead, { members }: Pick<BatchReplay, 'members'>): readonly BatchMember[] {
  return head.members.map((planned) => {
    const { member } = planned;
    const { runIds, held, ended } = members.get(member.id) ?? UNTOUCHED;
    const now = ended === null ? { ...member, runIds } : { ...member, runIds, ...afterRun(ended, planned) };
    if (held !== null) return { ...now, state: 'needs-you', problem: held };
    return ended === null && runIds.length > 0 ? { ...now, state: 'stopped' } : now;
  });
}
