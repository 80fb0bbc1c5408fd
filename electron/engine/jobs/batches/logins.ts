import type { KeptLogin } from '../../../../shared/model/login.ts';
import { openBatch } from '../../batch/kept/folder.ts';
import { membersNow } from '../../batch/members-now.ts';

/** The logins of a batch, each once; never a secret, only its name. */
export interface BatchLogins {
  readonly all: readonly KeptLogin[];
  /** Those that a resume needs. */
  readonly open: readonly KeptLogin[];
}

export async function batchLogins(runsDir: string, batchId: string): Promise<BatchLogins> {
  const { head, journal } = await openBatch(runsDir, batchId);
  const done = new Set(membersNow(head, journal).flatMap(({ id, state }) => (state === 'done' ? [id] : [])));
  const all = new Map<string, KeptLogin>();
  const open = new Map<string, KeptLogin>();
  for (const { member, login } of head.members) {
    if (login === null) continue;
    all.set(login.secret, login);
    if (!done.has(member.id)) open.set(login.secret, login);
  }
  return { all: [...all.values()], open: [...open.values()] };
}
