import { toFailure } from '../../../../shared/model/failure.ts';
import { offeredLogin, type KeptLogin, type Login } from '../../../../shared/model/login.ts';

/** How a calendar of an earlier batch is reached, or why it cannot be reached so. */
export function reachedBy(
  kept: KeptLogin | null,
): { readonly login: Login; readonly problem: null } | { readonly login: null; readonly problem: string } {
  if (kept === null) return { login: null, problem: 'How to log in to this calendar was not kept.' };
  try {
    return { login: offeredLogin(kept), problem: null };
  } catch (thrown) {
    return { login: null, problem: toFailure(thrown).message };
  }
}
