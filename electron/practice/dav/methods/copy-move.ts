import { empty, refuse, refusePlain, type Answer } from '../../http/answer.ts';
import { parseCalendar } from '../../ical/reader.ts';
import { isSchedulingObject } from '../../scheduling/schedule.ts';
import { CALDAV, DAV, element } from '../../xml/names.ts';
import { copyOrMoveCollection } from './copy-move-collection.ts';
import { locate, type Missing, type Resource } from '../../paths.ts';
import { holdsDeleted, isRestoreTarget, takeOut } from '../trash.ts';
import { checkConditions } from '../preconditions.ts';
import { checkUid, placeOf } from './put.ts';
import { requireWrite } from '../rights.ts';
import type { Call, PutTarget } from '../../site.ts';

/** What the Destination header names (RFC 4918 §10.3). Throws 400, 502 for another server, 403 without the right. */
function destination(call: Call): Resource | Missing {
  const header = call.exchange.header('destination');
  if (header === undefined) throw refusePlain(400, 'The Destination header is missing.');
  let path: string;
  try {
    const url = new URL(header, 'http://127.0.0.1');
    const host = call.exchange.header('host');
    if (!header.startsWith('/') && url.host !== host) throw refusePlain(502, 'The Destination is on another server.');
    path = url.pathname;
  } catch (error) {
    if (error instanceof TypeError) throw refusePlain(400, 'The Destination header is not a URL.');
    throw error;
  }
  const target = locate(call.site.store, path);
  requireWrite(call.site, call.actor, target, path);
  return target;
}

/** Whether what is at the destination may be replaced; throws 412 for `Overwrite: F` (RFC 4918 §10.6). */
function requireOverwrite({ exchange }: Call): void {
  if (exchange.header('overwrite')?.trim().toUpperCase() !== 'F') return;
  throw refusePlain(412, 'There is already something at the destination.');
}

/** The place of an object; a folder that is there goes away for a file. */
function makeRoom(call: Call, source: Extract<Resource, { kind: 'object' }>, target: Resource | Missing): PutTarget {
  if (source.collection.kind === 'folder' && target.kind === 'collection' && target.collection.kind === 'folder') {
    const { slug, owner } = target.collection;
    const cut = slug.lastIndexOf('/');
    const parent = call.site.store.collection(owner.user, slug.slice(0, Math.max(cut, 0)));
    if (parent === undefined) throw refusePlain(403, 'A file cannot lie in a home.');
    requireOverwrite(call);
    call.site.store.remove(target.collection);
    return { collection: parent, name: slug.slice(cut + 1) };
  }
  const place = placeOf(target);
  if (place.collection.kind === source.collection.kind) return place;
  if (place.collection.kind === 'calendar' || place.collection.kind === 'folder') {
    throw refusePlain(403, 'Objects of calendars and files of folders do not become each other: use PUT.');
  }
  throw refuse(403, element(DAV, 'need-privileges'), 'Only the server writes there.');
}

/** COPY and MOVE. Neither schedules, whatever the headers say (RFC 6638 §3.2.3.3, §3.2.3.4). */
export function copyOrMove(call: Call, source: Resource | Missing): Answer {
  const { site, exchange } = call;
  const moving = exchange.method === 'MOVE';
  if (source.kind === 'collection') {
    const target = destination(call);
    if ('path' in target) requireOverwrite(call);
    return copyOrMoveCollection(call, source.collection, target, moving);
  }
  if (source.kind !== 'object') {
    throw 'path' in source ? refusePlain(403, 'This stays where it is.') : refusePlain(404, 'There is nothing here.');
  }
  checkConditions(site, exchange, source.object);
  const target = destination(call);
  if (target.kind === 'object' && target.object === source.object) {
    throw refusePlain(403, 'Source and destination are the same.');
  }
  if (moving && holdsDeleted(source.collection) && target.kind === 'new-object' && isRestoreTarget(target.collection)) {
    takeOut(site, source.collection, source.object);
    return empty(201);
  }
  const existed = 'path' in target;
  const place = makeRoom(call, source, target);
  if (existed) requireOverwrite(call);
  const { uid, component, text, properties } = source.object;
  let scheduling = false;
  if (place.collection.kind === 'calendar') {
    if (!place.collection.components.includes(component)) {
      throw refuse(403, element(CALDAV, 'supported-calendar-component'), `That calendar does not take ${component}.`);
    }
    scheduling = site.personality.schedules && isSchedulingObject(parseCalendar(text), place.collection.owner);
    // A MOVE frees the UID at its source before it is looked for at the destination.
    checkUid(site, place, uid, scheduling, moving ? source.object : undefined);
  }
  if (moving) site.store.delete(source.collection, source.object.name);
  site.store.put(place.collection, place.name, text, { uid, component, scheduling, properties });
  return empty(existed ? 204 : 201);
}
