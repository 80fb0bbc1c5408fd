import { Refusal, refusePlain } from '../http/answer.ts';
import type { Exchange } from '../http/exchange.ts';
import { parseCalendar } from '../ical/reader.ts';
import { isSchedulingObject } from '../scheduling/schedule.ts';
import type { Collection, Principal, StoredObject } from '../store/model.ts';
import { objectByUid, type Store } from '../store/store.ts';
import { element, escapeXml, key, XML_HEAD } from '../xml/names.ts';
import type { Site } from '../site.ts';

/*
 * A trash bin as Nextcloud has it (apps/dav/lib/CalDAV/Trashbin): `trashbin/objects/` in the home answers calendar-query,
 * GET and DELETE of its members, and no PROPFIND of depth 1; a MOVE of one to `trashbin/restore/` takes it back out, and
 * schedules nothing. Each member is named by a number and says when it was
 * deleted, and from which calendar.
 */

const NEXTCLOUD = 'http://nextcloud.com/ns';
const HOME = 'trashbin';
const OBJECTS = `${HOME}/objects`;
const RESTORE = `${HOME}/restore`;
const DELETED_AT = key(NEXTCLOUD, 'deleted-at');
const CALENDAR = key(NEXTCLOUD, 'calendar-uri');
/** The name that it had in its calendar: Nextcloud keeps it, and shows it to nobody. */
const OWN = 'urn:hushcal:practice';
const NAME = key(OWN, 'name');

/** The resource type that marks the bin itself; its folder of objects is an ordinary collection. */
export const trashType = ({ slug }: Collection): string => (slug === HOME ? element(NEXTCLOUD, 'trash-bin') : '');

/** Whether a collection is the one that holds deleted objects. */
export const holdsDeleted = ({ kind, slug }: Collection): boolean => kind === 'trashbin' && slug === OBJECTS;

/** Makes the trash bin of a user, where there is none yet. */
export function giveTrash(store: Store, principal: Principal): void {
  for (const slug of [HOME, OBJECTS, RESTORE]) {
    if (store.collection(principal.user, slug) === undefined) store.create(principal, slug, 'trashbin', []);
  }
}

/** Keeps what was just deleted from a calendar, unless the request says `X-NC-CalDAV-No-Trashbin: 1`. */
export function throwAway(site: Site, exchange: Exchange, calendar: Collection, object: StoredObject): void {
  const bin = binOf(site, calendar.owner);
  if (bin === undefined || exchange.header('x-nc-caldav-no-trashbin') === '1') return;
  const numbers = [...bin.objects.keys()].map((name) => Number.parseInt(name, 10));
  const properties = new Map([
    [DELETED_AT, element(NEXTCLOUD, 'deleted-at', String(Math.floor(site.now().getTime() / 1000)))],
    [CALENDAR, element(NEXTCLOUD, 'calendar-uri', escapeXml(calendar.slug))],
    [NAME, element(OWN, 'name', encodeURIComponent(object.name))],
  ]);
  const { uid, component, text } = object;
  const name = `${String(Math.max(0, ...numbers) + 1)}.ics`;
  site.store.put(bin, name, text, { uid, component, scheduling: false, properties });
}

/**
 * What lies in the trash bin under the UID of an object that is about to be new in a calendar.
 *
 * @returns what takes it out of there for good, for when the new one is stored
 * @throws Refusal, 400, where this server takes no other object of the UID
 */
export function makeWay(site: Site, calendar: Collection, uid: string): () => void {
  const bin = binOf(site, calendar.owner);
  const found = deletedFrom(bin, calendar, uid);
  if (bin === undefined || found.length === 0 || objectByUid(calendar, uid) !== undefined) return () => undefined;
  if (site.personality.trash === 'refuses') throw badRequest();
  return () => {
    for (const { name } of found) site.store.delete(bin, name);
  };
}

/** Whether this server notifies people about a new object of the UID and then fails on it. */
export function failsOverTrash(site: Site, calendar: Collection, uid: string): boolean {
  if (site.personality.trash !== 'fails' || objectByUid(calendar, uid) !== undefined) return false;
  return deletedFrom(binOf(site, calendar.owner), calendar, uid).length > 0;
}

function nameIn(property: string | undefined): string | null {
  const name = property?.slice(property.indexOf('>') + 1, property.lastIndexOf('</'));
  return name === undefined ? null : decodeURIComponent(name);
}

/** Whether a MOVE goes to where deleted objects are taken back out. */
export const isRestoreTarget = (collection: Collection): boolean => collection.slug === RESTORE;

/**
 * Takes a deleted object back out, under its old name.
 *
 * @throws Refusal, 403, where something has its name, its UID or its calendar is gone
 */
export function takeOut(site: Site, bin: Collection, object: StoredObject): void {
  const from = object.properties.get(CALENDAR) ?? '';
  const calendar = site.store
    .collections(bin.owner.user)
    .find(({ kind, slug }) => kind === 'calendar' && element(NEXTCLOUD, 'calendar-uri', escapeXml(slug)) === from);
  const name = nameIn(object.properties.get(NAME)) ?? object.name;
  if (calendar === undefined || calendar.objects.has(name) || objectByUid(calendar, object.uid) !== undefined)
    throw refusePlain(403, `Can not restore calendar object because one with the URI ${name} already exists.`);
  site.store.delete(bin, object.name);
  const { uid, component, text } = object;
  const scheduling = site.personality.schedules && isSchedulingObject(parseCalendar(text), calendar.owner);
  site.store.put(calendar, name, text, { uid, component, scheduling });
}

function deletedFrom(bin: Collection | undefined, calendar: Collection, uid: string): readonly StoredObject[] {
  const from = element(NEXTCLOUD, 'calendar-uri', escapeXml(calendar.slug));
  return [...(bin?.objects.values() ?? [])].filter((o) => o.uid === uid && o.properties.get(CALENDAR) === from);
}

const binOf = ({ store, personality }: Site, owner: Principal): Collection | undefined =>
  personality.trash === null ? undefined : store.collection(owner.user, OBJECTS);

/** As sabre/dav writes it: no precondition, only words. */
function badRequest(): Refusal {
  const words = 'Deleted calendar object with uid already exists in this calendar collection.';
  const body =
    `${XML_HEAD}<d:error xmlns:d="DAV:" xmlns:s="http://sabredav.org/ns">` +
    `<s:exception>Sabre\\DAV\\Exception\\BadRequest</s:exception><s:message>${words}</s:message></d:error>`;
  return new Refusal({ status: 400, headers: { 'Content-Type': 'application/xml; charset=utf-8' }, body }, words);
}
