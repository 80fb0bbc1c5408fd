import type { KeptLogin } from '../../../../shared/model/login.ts';
import { openBatch } from '../../batch/kept/folder.ts';
import { membersNow } from '../../batch/members-now.ts';

/** The logins that a resume of a batch needs, each once; never a secret, only its name. */
export async function openLogins(runsDir: string, batchId: string): Promise<readonly KeptLogin[]> {
  const { head, journal } = await openBatch(runsDir, batchId);
  const done = new Set(membersNow(head, journal).flatMap(({ id, state }) => (state === 'done' ? [id] : [])));
  const logins = new Map<string, KeptLogin>();
  for (const { member, login } of head.members)
    if (login !== null && !done.has(member.id)) logins.set(login.secret, login);
  return [...logins.values()];
}
