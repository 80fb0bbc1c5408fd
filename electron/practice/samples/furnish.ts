import { indexObject } from '../store/index-object.ts';
import type { Principal } from '../store/model.ts';
import { DEFAULT_CALENDAR, type Store } from '../store/store.ts';
import { APPLE, DAV, escapeXml, key } from '../xml/names.ts';
import { clockAt, week, type Placed } from './week.ts';
import { objectText } from './write.ts';

const KNOWN: Readonly<Record<string, { readonly name: string; readonly alias: string; readonly color: string }>> = {
  alice: { name: 'Alice Archer', alias: 'alice.archer@example.com', color: '#3b82f6' },
  bob: { name: 'Bob Baker', alias: 'bob.baker@example.com', color: '#10b981' },
  carol: { name: 'Carol Carter', alias: 'carol.carter@example.com', color: '#f59e0b' },
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

const property = (ns: string, name: string, value: string): readonly [string, string] => [
  key(ns, name),
  `<${name} xmlns="${ns}">${escapeXml(value)}</${name}>`,
];

/** Who has a sample in the calendar: its owner and, of a meeting, the guests inside. */
function holders(store: Store, { owner, sample }: Placed): Principal[] {
  const names = [owner, ...Object.keys(sample.guests ?? {})];
  return names.flatMap((name) => store.principals.get(name) ?? []);
}

function place(store: Store, placed: Placed, stamp: string): void {
  const text = objectText(placed.sample, stamp);
  const facts = indexObject(text);
  if (facts === null) throw new Error(`The sample ${placed.sample.uid} is not iCalendar.`);
  const name = `${placed.sample.uid.replace(/@.*/, '')}.ics`;
  const scheduling = placed.sample.organizer !== undefined;
  for (const principal of holders(store, placed)) {
    const calendar = store.collection(principal.user, DEFAULT_CALENDAR);
    if (calendar !== undefined) store.put(calendar, name, text, { ...facts, scheduling });
  }
}

/** Makes the collections of every user and, when asked, a lived-in week around a day. Nobody is told. */
export function furnish(store: Store, samples: boolean, now: Date): void {
  for (const principal of store.principals.values()) {
    const color = KNOWN[principal.user]?.color;
    const properties = color === undefined ? [] : [property(APPLE, 'calendar-color', color)];
    store.create(principal, DEFAULT_CALENDAR, 'calendar', undefined, [
      property(DAV, 'displayname', 'Calendar'),
      ...properties,
    ]);
    store.create(principal, 'inbox', 'inbox');
    store.create(principal, 'outbox', 'outbox');
  }
  if (!samples) return;
  const clock = clockAt(now);
  for (const placed of week(clock)) place(store, placed, clock.stamp);
}
