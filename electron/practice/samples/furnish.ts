import type { Principal } from '../store/model.ts';
import { DEFAULT_CALENDAR, type Store } from '../store/store.ts';

const KNOWN: Readonly<Record<string, { readonly name: string; readonly alias: string }>> = {
  alice: { name: 'Alice Archer', alias: 'alice.archer@example.com' },
  bob: { name: 'Bob Baker', alias: 'bob.baker@example.com' },
  carol: { name: 'Carol Carter', alias: 'carol.carter@example.com' },
};

/** The users of a server: each with two addresses, and `admin`, who may write everywhere. */
export function principalsFor(users: readonly string[] = Object.keys(KNOWN)): Principal[] {
  const named = users
    .filter((user) => user !== 'admin')
    .map((user): Principal => {
      const alias = KNOWN[user]?.alias ?? `${user}.alias@example.com`;
      const displayName = KNOWN[user]?.name ?? user;
      return { user, displayName, addresses: [`mailto:${user}@example.com`, `mailto:${alias}`], admin: false };
    });
  const admin: Principal = {
    user: 'admin',
    displayName: 'Administrator',
    addresses: ['mailto:admin@example.com'],
    admin: true,
  };
  return [...named, admin];
}

/** Makes the collections of every user and, when asked, the sample calendars around a day. */
export function furnish(store: Store, _samples: boolean, _now: Date): void {
  for (const principal of store.principals.values()) {
    store.create(principal, DEFAULT_CALENDAR, 'calendar');
    store.create(principal, 'inbox', 'inbox');
    store.create(principal, 'outbox', 'outbox');
  }
}
