import { discover, discoverHome } from '../caldav/discovery/discover.ts';
import type { Account, Connection } from '../caldav/types.ts';
import { recognise } from '../scheduling/recognise.ts';

/** What a login finds, and on which product. */
export interface KnownAccount extends Account {
  /** Name and version as far as they are known, else what the server calls itself; null where it says nothing. */
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
  const account = await (whose === 'home' ? discoverHome : discover)(connection, { signal });
  const known = recognise(account.evidence);
  return {
    ...account,
    product: known?.product ?? account.evidence.headers['server'] ?? null,
    asksForMailHook: known?.profile.schedules === 'unless-mail-hook',
  };
}
