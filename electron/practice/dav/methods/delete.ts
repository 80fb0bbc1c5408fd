import { empty, refuse, refusePlain, type Answer } from '../../http/answer.ts';
import { scheduleDelete } from '../../scheduling/schedule.ts';
import { DEFAULT_CALENDAR } from '../../store/store.ts';
import { CALDAV, DAV, element } from '../../xml/names.ts';
import type { Missing, Resource } from '../../paths.ts';
import { checkConditions } from '../preconditions.ts';
import type { Call } from '../../site.ts';
import { holdsDeleted, throwAway } from '../trash.ts';

/** DELETE of an object or of a calendar; a calendar's scheduling objects are removed one by one (RFC 6638 §3.2.3.2). */
export function remove(call: Call, target: Resource | Missing): Answer {
  const { site, exchange } = call;
  if (target.kind === 'object') {
    checkConditions(site, exchange, target.object);
    site.store.delete(target.collection, target.object.name);
    if (target.collection.kind === 'calendar') {
      throwAway(site, exchange, target.collection, target.object);
      scheduleDelete(call, target.collection, target.object);
    } else if (holdsDeleted(target.collection)) {
      // Nextcloud cancels once more what is taken out of its trash bin openly.
      scheduleDelete(call, target.collection, target.object);
    }
    return empty(204);
  }
  if (target.kind !== 'collection') {
    if ('path' in target) throw refuse(403, element(DAV, 'need-privileges'), 'This cannot be deleted.');
    checkConditions(site, exchange, undefined);
    throw refusePlain(404, 'There is nothing here.');
  }
  const { collection } = target;
  if (collection.kind === 'folder') {
    site.store.remove(collection);
    return empty(204);
  }
  if (collection.kind !== 'calendar') throw refuse(403, element(DAV, 'need-privileges'), 'This cannot be deleted.');
  if (collection.slug === DEFAULT_CALENDAR) {
    throw refuse(403, element(CALDAV, 'default-calendar-needed'), 'The default calendar cannot be deleted.');
  }
  for (const object of [...collection.objects.values()]) {
    site.store.delete(collection, object.name);
    if (site.personality.cancelsWithCalendar) scheduleDelete(call, collection, object);
  }
  site.store.remove(collection);
  return empty(204);
}
