import { randomUUID } from 'node:crypto';
import { empty, refuse, refusePlain, type Answer } from '../../http/answer.ts';
import { scheduleWrite } from '../../scheduling/schedule.ts';
import type { Collection, StoredObject, Valid } from '../../store/model.ts';
import { objectByUid } from '../../store/store.ts';
import { CALDAV, DAV, element, href } from '../../xml/names.ts';
import { objectPath, type Missing, type Resource } from '../../paths.ts';
import { putFile } from '../files.ts';
import { checkConditions } from '../preconditions.ts';
import { etagHeader } from '../properties.ts';
import { leaveOut, rewrite } from '../rewrite.ts';
import type { Call, PutTarget, Site } from '../../site.ts';
import { failsOverTrash, makeWay } from '../trash.ts';
import { validate } from '../validate.ts';

/** Begins the UID of what is kept instead. */
const OTHER = 'another-';

/** Refuses what is not a place for a calendar object. */
export function placeOf(target: Resource | Missing): PutTarget {
  if (target.kind === 'object') return { collection: target.collection, name: target.object.name };
  if (target.kind === 'new-object') {
    const { kind } = target.collection;
    if (kind === 'calendar' || kind === 'folder') return { collection: target.collection, name: target.name };
    throw refuse(403, element(DAV, 'need-privileges'), 'Only the server writes there.');
  }
  if (target.kind === 'new-collection' || target.kind === 'nowhere') {
    throw refusePlain(409, 'There is no such calendar.');
  }
  throw refusePlain(405, 'A collection cannot be overwritten by PUT.');
}

const conflict = (precondition: string, collection: Collection, object: StoredObject, reason: string): Error =>
  refuse(403, element(CALDAV, precondition, href(objectPath(collection, object.name))), reason);

/** One UID in one calendar, and scheduling objects once among all calendars of a user (RFC 6638 §3.2.4.1). */
export function checkUid(site: Site, place: PutTarget, uid: string, scheduling: boolean, leaving?: StoredObject): void {
  const { collection, name } = place;
  const here = collection.objects.get(name);
  if (here !== undefined && here.uid !== uid) {
    throw conflict(
      'no-uid-conflict',
      collection,
      here,
      `The object here has the UID ${here.uid}; it cannot become another one.`,
    );
  }
  const same = objectByUid(collection, uid);
  if (same !== undefined && same !== leaving && same.name !== name) {
    throw conflict('no-uid-conflict', collection, same, `The UID ${uid} is already in this calendar.`);
  }
  for (const other of site.store.collections(collection.owner.user)) {
    const found = other === collection ? undefined : objectByUid(other, uid);
    if (found === undefined || found === leaving) continue;
    if (site.personality.uidScope === 'user' || (scheduling && found.scheduleTag !== null)) {
      throw conflict(
        'unique-scheduling-object-resource',
        other,
        found,
        `The UID ${uid} is in another calendar of this user.`,
      );
    }
  }
}

function storedHeaders(site: Site, place: PutTarget, object: StoredObject, changed: boolean): Record<string, string> {
  const headers: Record<string, string> = {};
  // No ETag when the stored text is not the one that was sent (RFC 4791 §5.3.4).
  const etag = changed ? undefined : etagHeader(site, object);
  if (etag !== undefined) headers['ETag'] = etag;
  if (object.scheduleTag !== null) headers['Schedule-Tag'] = `"${object.scheduleTag}"`;
  if (site.personality.renames) headers['Location'] = objectPath(place.collection, object.name);
  return headers;
}

function nameFor(site: Site, place: PutTarget, old: StoredObject | undefined, valid: Valid): PutTarget {
  if (!site.personality.renames || old !== undefined) return place;
  const same = objectByUid(place.collection, valid.uid);
  return { collection: place.collection, name: same?.name ?? `${randomUUID()}.ics` };
}

/** PUT of a calendar object (RFC 4791 §5.3.2) with implicit scheduling (RFC 6638 §3.2). */
export function put(call: Call, target: Resource | Missing): Answer {
  const { site, exchange } = call;
  const asked = placeOf(target);
  const old = asked.collection.objects.get(asked.name);
  if (asked.collection.kind === 'folder') return putFile(call, asked, old);
  if (asked.collection.kind !== 'calendar') {
    throw refuse(403, element(DAV, 'need-privileges'), 'Only the server writes there.');
  }
  checkConditions(site, exchange, old);
  const valid = validate(site, exchange, asked.collection);
  const place = nameFor(site, asked, old, valid);
  const scheduled = scheduleWrite(call, place.collection, old, valid);
  checkUid(site, place, valid.uid, scheduled.scheduling);
  if (failsOverTrash(site, place.collection, valid.uid)) {
    scheduled.deliver();
    throw refusePlain(500, 'The database has this UID already.');
  }
  const clearWay = makeWay(site, place.collection, valid.uid);
  const { rewrites, omits, swaps } = site.personality;
  const kept = omits.length === 0 ? scheduled.text : leaveOut(scheduled.text, omits);
  const told = rewrites ? rewrite(kept) : kept;
  const text = swaps ? told.replaceAll(/^UID:/gm, `UID:${OTHER}`) : told;
  const { component } = valid;
  const uid = swaps ? `${OTHER}${valid.uid}` : valid.uid;
  const object = site.store.put(place.collection, place.name, text, {
    uid,
    component,
    scheduling: scheduled.scheduling,
  });
  clearWay();
  scheduled.deliver();
  return empty(old === undefined ? 201 : 204, storedHeaders(site, place, object, text !== valid.text && !rewrites));
}
