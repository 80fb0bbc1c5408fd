import { empty, refuse, refusePlain, type Answer } from '../http/answer.ts';
import { parseCalendar } from '../ical/reader.ts';
import { isSchedulingObject } from '../scheduling/schedule.ts';
import { CALDAV, DAV, element } from '../xml/names.ts';
import { locate, type Missing, type Resource } from './paths.ts';
import { checkConditions } from './preconditions.ts';
import { checkUid, placeOf, type Place } from './put.ts';
import { requireWrite } from './rights.ts';
import type { Call } from './site.ts';

function destination(call: Call): Place {
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
  const place = placeOf(target);
  if (place.collection.kind !== 'calendar')
    throw refuse(403, element(DAV, 'need-privileges'), 'Only the server writes there.');
  return place;
}

/** COPY and MOVE of an object to a calendar. Neither schedules, whatever the headers say (RFC 6638 §3.2.3.3, §3.2.3.4). */
export function copyOrMove(call: Call, source: Resource | Missing): Answer {
  const { site, exchange } = call;
  if (source.kind !== 'object') {
    throw 'path' in source
      ? refusePlain(403, 'Only objects can be copied or moved.')
      : refusePlain(404, 'There is nothing here.');
  }
  const moving = exchange.method === 'MOVE';
  checkConditions(site, exchange, source.object);
  const place = destination(call);
  const there = place.collection.objects.get(place.name);
  if (there !== undefined && exchange.header('overwrite')?.trim().toUpperCase() === 'F') {
    throw refusePlain(412, 'There is already an object at the destination.');
  }
  if (there === source.object) throw refusePlain(403, 'Source and destination are the same.');
  const { uid, component, text } = source.object;
  if (!place.collection.components.includes(component)) {
    throw refuse(403, element(CALDAV, 'supported-calendar-component'), `That calendar does not take ${component}.`);
  }
  const scheduling = site.personality.schedules && isSchedulingObject(parseCalendar(text), place.collection.owner);
  // A MOVE frees the UID at its source before it is looked for at the destination.
  checkUid(site, place, uid, scheduling, moving ? source.object : undefined);
  if (moving) site.store.delete(source.collection, source.object.name);
  site.store.put(place.collection, place.name, text, { uid, component, scheduling });
  return empty(there === undefined ? 201 : 204);
}
