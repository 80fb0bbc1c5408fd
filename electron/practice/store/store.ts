import { createHash, randomBytes } from 'node:crypto';
import { indexObject } from './index-object.ts';
import type { Collection, CollectionKind, Message, Principal, StoredObject } from './model.ts';
import { MEMORY, type Persistence } from './disk.ts';

/** What new objects need beside their text. */
interface ObjectFacts {
  readonly uid: string;
  readonly component: string;
  /** Whether this is a scheduling object resource; `keepTag` leaves the Schedule-Tag as it is (RFC 6638 §3.2.10). */
  readonly scheduling: boolean;
  readonly keepTag?: boolean;
  /** Dead properties; absent: those of the object that is replaced. */
  readonly properties?: ReadonlyMap<string, string>;
}

/** What a file has in the place of UID and component. */
export const FILE = { uid: '', component: '' } as const;
const NONE: ReadonlyMap<string, string> = new Map();

export const DEFAULT_COMPONENTS = ['VEVENT', 'VTODO', 'VJOURNAL', 'VFREEBUSY'] as const;
export const DEFAULT_CALENDAR = 'default';

const etagOf = (text: string): string => createHash('sha1').update(text).digest('hex').slice(0, 24);

/** Users, collections and objects; one UID index per calendar, so that no request walks over all objects. */
export class Store {
  readonly principals = new Map<string, Principal>();
  readonly homes = new Map<string, Map<string, Collection>>();
  /** Part of every sync token: a token of another start is not valid. */
  readonly epoch = randomBytes(6).toString('hex');
  readonly #byAddress = new Map<string, Principal>();
  readonly #persistence: Persistence;
  readonly #now: () => Date;
  readonly #listeners = new Set<() => void>();
  #messages: Message[] = [];
  #announced = false;
  #newcomer: (address: string) => Principal | undefined = () => undefined;

  constructor(principals: readonly Principal[], now: () => Date, persistence: Persistence = MEMORY) {
    this.#now = now;
    this.#persistence = persistence;
    for (const principal of principals) this.#admit(principal);
  }

  /** Whoever an address belongs to that nobody here has becomes a user, when `who` says so; `settle` makes the home. */
  welcome(who: (address: string) => Principal | undefined, settle: (principal: Principal) => void): void {
    this.#newcomer = (address) => {
      const principal = who(address);
      if (principal === undefined) return undefined;
      this.#admit(principal);
      settle(principal);
      return principal;
    };
  }

  #admit(principal: Principal): void {
    this.principals.set(principal.user, principal);
    this.homes.set(principal.user, new Map());
    for (const address of principal.addresses) this.#byAddress.set(normalAddress(address), principal);
  }

  /** Reads back what an earlier start kept. Gives false when there is nothing. */
  load(): boolean {
    let found = false;
    for (const principal of this.principals.values()) {
      for (const { slug, record } of this.#persistence.collections(principal.user)) {
        found = true;
        const collection = blank(principal, slug, record.kind, record.components, record.created);
        for (const [name, value] of record.properties) collection.properties.set(name, value);
        this.homes.get(principal.user)?.set(slug, collection);
        for (const object of this.#persistence.objects(principal.user, slug)) {
          const facts = record.kind === 'folder' ? FILE : indexObject(object.text);
          if (facts === null) continue;
          const { uid, component } = facts;
          const properties = object.properties === undefined ? NONE : new Map(object.properties);
          this.#place(collection, { ...object, uid, component, properties });
        }
      }
    }
    this.#messages = this.#persistence.messages();
    return found;
  }

  /** The user that a calendar user address belongs to. */
  principalOf(address: string): Principal | undefined {
    return this.#byAddress.get(normalAddress(address)) ?? this.#newcomer(address);
  }

  collection(user: string, slug: string): Collection | undefined {
    return this.homes.get(user)?.get(slug);
  }

  collections(user: string): Collection[] {
    return [...(this.homes.get(user)?.values() ?? [])];
  }

  create(
    owner: Principal,
    slug: string,
    kind: CollectionKind,
    components: readonly string[] = DEFAULT_COMPONENTS,
    properties: Iterable<readonly [string, string]> = [],
  ): Collection {
    const collection = blank(owner, slug, kind, components, this.#now().getTime());
    for (const [name, value] of properties) collection.properties.set(name, value);
    this.homes.get(owner.user)?.set(slug, collection);
    this.saveProperties(collection);
    return collection;
  }

  saveProperties(collection: Collection): void {
    const { kind, components, created } = collection;
    const properties = [...collection.properties];
    this.#persistence.saveCollection(collection.owner.user, collection.slug, { kind, components, properties, created });
    this.#announce();
  }

  /** Folders and files that lie in a folder, at any depth, without the folder itself. */
  inside(folder: Collection): Collection[] {
    const prefix = `${folder.slug}/`;
    return this.collections(folder.owner.user).filter((c) => c.slug.startsWith(prefix));
  }

  /** Removes a collection with all that lies in it. */
  remove(collection: Collection): void {
    for (const folder of this.inside(collection)) this.#drop(folder);
    this.#drop(collection);
    this.#announce();
  }

  #drop(collection: Collection): void {
    this.homes.get(collection.owner.user)?.delete(collection.slug);
    this.#persistence.removeCollection(collection.owner.user, collection.slug);
  }

  /** Stores an object under a name, new or in place of what is there. */
  put(collection: Collection, name: string, text: string, facts: ObjectFacts): StoredObject {
    const old = collection.objects.get(name);
    const modified = this.#now().getTime();
    const keep = facts.keepTag === true && old?.scheduleTag !== undefined && old.scheduleTag !== null;
    const scheduleTag = !facts.scheduling ? null : keep ? old.scheduleTag : randomBytes(8).toString('hex');
    const { uid, component } = facts;
    const created = old?.created ?? modified;
    const properties = facts.properties ?? old?.properties ?? NONE;
    const object = { name, text, uid, component, created, modified, scheduleTag, properties };
    // Written before it is seen: what cannot be kept is not stored at all.
    this.#save(collection, object);
    const placed = this.#place(collection, object);
    this.#announce();
    return placed;
  }

  /** Sets the dead properties of an object; its text, ETag and times stay. */
  setProperties(collection: Collection, object: StoredObject, properties: ReadonlyMap<string, string>): void {
    const changed = { ...object, properties };
    this.#save(collection, changed);
    collection.objects.set(object.name, changed);
    this.#announce();
  }

  #save(collection: Collection, object: Omit<StoredObject, 'etag' | 'size' | 'revision'>): void {
    const { name, text, created, modified, scheduleTag, properties } = object;
    const record = { name, text, created, modified, scheduleTag };
    const kept = properties.size === 0 ? record : { ...record, properties: [...properties] };
    this.#persistence.saveObject(collection.owner.user, collection.slug, kept);
  }

  delete(collection: Collection, name: string): void {
    const old = collection.objects.get(name);
    if (old === undefined) return;
    this.#persistence.removeObject(collection.owner.user, collection.slug, name);
    collection.objects.delete(name);
    if (collection.byUid.get(old.uid) === name) collection.byUid.delete(old.uid);
    collection.changes.push({ revision: ++collection.revision, name });
    this.#announce();
  }

  /** The object with a UID in any calendar of a user. */
  findUid(user: string, uid: string): { collection: Collection; object: StoredObject } | undefined {
    for (const collection of this.homes.get(user)?.values() ?? []) {
      const object = objectByUid(collection, uid);
      if (object !== undefined) return { collection, object };
    }
    return undefined;
  }

  /** Resolves when all that was done so far would survive a restart. */
  settled(): Promise<void> {
    return this.#persistence.settled();
  }

  messages(): readonly Message[] {
    return this.#messages;
  }

  addMessages(messages: readonly Message[]): void {
    if (messages.length === 0) return;
    this.#messages.push(...messages);
    this.#persistence.appendMessages(messages);
    this.#announce();
  }

  clearMessages(): void {
    this.#messages = [];
    this.#persistence.clearMessages();
    this.#announce();
  }

  /** Forgets every collection and message. */
  clear(): void {
    for (const user of this.homes.keys()) for (const collection of this.collections(user)) this.remove(collection);
    this.clearMessages();
  }

  /** Remembers collections and messages as they are. What it gives brings them back, as often as it is called. */
  mark(): () => void {
    if (this.#persistence !== MEMORY) throw new Error('What lies on a disk is not brought back.');
    const homes = [...this.homes].map(([user, home]) => [user, [...home.values()].map(copyOf)] as const);
    const messages = [...this.#messages];
    return () => {
      for (const [user, kept] of homes) this.homes.set(user, new Map(kept.map((one) => [one.slug, copyOf(one)])));
      this.#messages = [...messages];
      this.#announce();
    };
  }

  /** Calls the listener after changes, at most once per turn of the event loop. Gives the function that stops it. */
  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #place(collection: Collection, facts: Omit<StoredObject, 'etag' | 'size' | 'revision'>): StoredObject {
    const revision = ++collection.revision;
    const object = { ...facts, size: Buffer.byteLength(facts.text), etag: etagOf(facts.text), revision };
    collection.objects.set(object.name, object);
    if (collection.kind === 'calendar') collection.byUid.set(object.uid, object.name);
    collection.changes.push({ revision, name: object.name });
    return object;
  }

  #announce(): void {
    if (this.#announced || this.#listeners.size === 0) return;
    this.#announced = true;
    setImmediate(() => {
      this.#announced = false;
      for (const listener of this.#listeners) listener();
    });
  }
}

function blank(
  owner: Principal,
  slug: string,
  kind: CollectionKind,
  components: readonly string[],
  created: number,
): Collection {
  return {
    owner,
    slug,
    kind,
    components,
    properties: new Map(),
    objects: new Map(),
    byUid: new Map(),
    revision: 0,
    changes: [],
    created,
  };
}

/** Objects themselves never change. */
function copyOf(collection: Collection): Collection {
  return {
    ...collection,
    properties: new Map(collection.properties),
    objects: new Map(collection.objects),
    byUid: new Map(collection.byUid),
    changes: [...collection.changes],
  };
}

export function objectByUid(collection: Collection, uid: string): StoredObject | undefined {
  const name = collection.byUid.get(uid);
  return name === undefined ? undefined : collection.objects.get(name);
}

/** Addresses are compared without regard to case and percent encoding. */
export function normalAddress(address: string): string {
  let plain = address.trim();
  try {
    plain = decodeURIComponent(plain);
  } catch {
    // not percent-encoded: compared as it is
  }
  return plain.toLowerCase();
}
