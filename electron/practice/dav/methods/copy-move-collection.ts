import { empty, refuse, refusePlain, type Answer } from '../../http/answer.ts';
import type { Collection } from '../../store/model.ts';
import { DEFAULT_CALENDAR, type Store } from '../../store/store.ts';
import { CALDAV, element, href } from '../../xml/names.ts';
import { objectPath, type Missing, type Resource } from '../../paths.ts';
import type { Call } from '../../site.ts';

/** The slug that the destination stands for in the source's own home. */
function slugOf(source: Collection, target: Resource | Missing): string {
  const same = (user: string): void => {
    if (user !== source.owner.user) throw refusePlain(403, 'A collection stays in the home of its owner.');
  };
  switch (target.kind) {
    case 'new-collection':
      same(target.principal.user);
      return target.slug;
    case 'collection':
      same(target.collection.owner.user);
      if (target.collection.kind === 'folder' && source.kind === 'folder') return target.collection.slug;
      throw refusePlain(403, 'A calendar is not replaced by another collection: delete it first.');
    case 'object':
    case 'new-object': {
      same(target.collection.owner.user);
      const name = target.kind === 'object' ? target.object.name : target.name;
      if (target.collection.kind === 'folder' && source.kind === 'folder') return `${target.collection.slug}/${name}`;
      throw refuse(403, element(CALDAV, 'calendar-collection-location-ok'), 'A calendar lies in the home only.');
    }
    case 'nowhere':
      throw refusePlain(409, 'The collection above the destination does not exist.');
    case 'root':
    case 'principals':
    case 'homes':
    case 'principal':
    case 'home':
      throw refusePlain(403, 'This cannot be replaced.');
  }
}

/** A copy of a calendar would hold meetings twice: refused with the first of them (RFC 6638 §3.2.4.1). */
function checkCopies(call: Call, source: Collection): void {
  for (const object of source.kind === 'calendar' ? source.objects.values() : []) {
    if (object.scheduleTag === null && call.site.personality.uidScope !== 'user') continue;
    const conflict = element(CALDAV, 'unique-scheduling-object-resource', href(objectPath(source, object.name)));
    throw refuse(403, conflict, `The UID ${object.uid} would be in two calendars of this user.`);
  }
}

function copyOne(store: Store, from: Collection, slug: string, withMembers: boolean): void {
  const to = store.create(from.owner, slug, from.kind, from.components, from.properties);
  if (!withMembers) return;
  for (const { name, text, uid, component, scheduleTag, properties } of from.objects.values()) {
    store.put(to, name, text, { uid, component, scheduling: scheduleTag !== null, properties });
  }
}

/** COPY (Depth 0 or infinity) and MOVE of a folder or of a calendar, which a MOVE renames. */
export function copyOrMoveCollection(
  call: Call,
  source: Collection,
  target: Resource | Missing,
  moving: boolean,
): Answer {
  const { store } = call.site;
  if (['inbox', 'outbox', 'trashbin'].includes(source.kind)) throw refusePlain(403, 'This stays where it is.');
  if (moving && source.slug === DEFAULT_CALENDAR) {
    throw refuse(403, element(CALDAV, 'default-calendar-needed'), 'The default calendar stays where it is.');
  }
  const depth = (call.exchange.header('depth') ?? 'infinity').trim().toLowerCase();
  if (depth !== 'infinity' && (moving || depth !== '0'))
    throw refusePlain(400, 'Depth must be infinity, or 0 on COPY.');
  const slug = slugOf(source, target);
  if (slug.includes('/') && source.kind !== 'folder') throw refusePlain(403, 'A calendar lies in the home only.');
  if (slug === source.slug || slug.startsWith(`${source.slug}/`) || source.slug.startsWith(`${slug}/`)) {
    throw refusePlain(403, 'Source and destination lie in each other.');
  }
  const whole = depth === 'infinity';
  if (!moving && whole) checkCopies(call, source);
  if (target.kind === 'collection') store.remove(target.collection);
  if (target.kind === 'object') store.delete(target.collection, target.object.name);
  copyOne(store, source, slug, whole);
  if (whole)
    for (const inner of store.inside(source)) copyOne(store, inner, slug + inner.slug.slice(source.slug.length), true);
  if (moving) store.remove(source);
  return empty('path' in target ? 204 : 201);
}
