import { discover, discoverHome } from '../caldav/discovery/discover.ts';
import type { Account, Connection } from '../caldav/types.ts';
import { recognise } from '../scheduling/recognise.ts';

/** What a login finds, and on which product. */
export interface KnownAccount extends Account {
  /** Name and version as far as they are known; null for one that is not: what its web server calls itself says nothing. */
  readonly product: string | null;
  /** It may have a mail hook that cannot be seen from outside: a person has to say whether it is on. */
  readonly asksForMailHook: boolean;
}

/**
 * Logs in, and finds the calendars: of the one who logs in, or those in the home that the address names, where an
 * administrator's rights reach it. Throws HushError, as `discover`.
 */
export async function openAccount(
  connection: Connection,
  signal?: AbortSignal,
  whose: 'own' | 'home' = 'own',
): Promise<KnownAccount> {
  // A person looks at the server: it is asked anew what it is.
  const account = await (whose === 'home' ? discoverHome : discover)(connection, { signal, anew: true });
  const known = recognise(account.evidence);
  return {
    ...account,
    product: known?.product ?? null,
    asksForMailHook: known?.profile.schedules === 'unless-mail-hook',
  };
}
