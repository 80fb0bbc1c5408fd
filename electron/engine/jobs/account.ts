import { discover } from '../caldav/discovery/discover.ts';
import type { Account, Connection } from '../caldav/types.ts';
import { recognise } from '../scheduling/recognise.ts';

/** What a login finds, and on which product. */
export interface KnownAccount extends Account {
  /** Name and version as far as they are known, else what the server calls itself; null where it says nothing. */
  readonly product: string | null;
  /** It may have a mail hook that cannot be seen from outside: a person has to say whether it is on. */
  readonly asksForMailHook: boolean;
}

/** Logs in. Throws HushError, as `discover`. */
export async function openAccount(connection: Connection, signal?: AbortSignal): Promise<KnownAccount> {
  const account = await discover(connection, { signal });
  const known = recognise(account.evidence);
  return {
    ...account,
    product: known?.product ?? account.evidence.headers['server'] ?? null,
    asksForMailHook: known?.profile.schedules === 'unless-mail-hook',
  };
}
