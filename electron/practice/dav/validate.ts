import { refuse, refusePlain } from '../http/answer.ts';
import type { Exchange } from '../http/exchange.ts';
import { IcalendarError, parseCalendar, properties, property, type Component } from '../ical/reader.ts';
import type { Collection, Valid } from '../store/model.ts';
import { mainComponents } from '../store/index-object.ts';
import { normalAddress } from '../store/store.ts';
import { CALDAV, element } from '../xml/names.ts';
import { MAX_ATTENDEES } from './properties.ts';
import type { Site } from '../site.ts';

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
const no = (name: string, reason: string): Error => refuse(403, element(CALDAV, name), reason);

function decode(exchange: Exchange): string {
  const type = exchange.header('content-type');
  if (type !== undefined && !/^\s*text\/calendar\s*(;|$)/i.test(type)) {
    throw no('supported-calendar-data', `Only text/calendar is stored here, not ${type}.`);
  }
  const charset = /charset\s*=\s*"?([^";\s]+)/i.exec(type ?? '')?.[1];
  if (charset !== undefined && !/^(utf-8|us-ascii)$/i.test(charset)) {
    throw no('supported-calendar-data', `Only UTF-8 is stored here, not ${charset}.`);
  }
  try {
    return utf8.decode(exchange.body);
  } catch {
    throw no('valid-calendar-data', 'The body is not UTF-8.');
  }
}

function parse(text: string): Component {
  if (text.includes('\0')) throw no('valid-calendar-data', 'The body holds a NUL character.');
  try {
    return parseCalendar(text);
  } catch (error) {
    if (error instanceof IcalendarError) throw no('valid-calendar-data', `This is not iCalendar: ${error.message}.`);
    throw error;
  }
}

const DATE = /^\d{8}$/;
const DATE_TIME = /^\d{8}T\d{6}Z?$/;

/** RFC 4791 §5.2.6 to §5.2.8, by the start of a component and the COUNT of its rules. */
function checkLimits({ personality }: Site, main: Component): void {
  const start = property(main, 'DTSTART')?.value.trim() ?? '';
  const { minDateTime, maxDateTime, maxInstances } = personality;
  // Written alike, they compare as texts; the zone does not matter here.
  if (DATE.test(start) || DATE_TIME.test(start)) {
    if (start < minDateTime.slice(0, start.length)) throw no('min-date-time', `It begins before ${minDateTime}.`);
    if (start > maxDateTime.slice(0, start.length)) throw no('max-date-time', `It begins after ${maxDateTime}.`);
  }
  const counts = properties(main, 'RRULE').map(({ value }) => Number(/\bCOUNT=(\d+)/i.exec(value)?.[1] ?? '0'));
  if (maxInstances !== null && counts.some((count) => count > maxInstances)) {
    throw no('max-instances', `It repeats more than ${String(maxInstances)} times.`);
  }
}

function checkDates(main: Component): void {
  for (const name of ['DTSTART', 'DTEND', 'DUE', 'RECURRENCE-ID']) {
    const all = properties(main, name);
    if (all.length > 1) throw no('valid-calendar-data', `${name} occurs ${String(all.length)} times in one component.`);
    const value = all[0]?.value.trim();
    if (value !== undefined && !DATE.test(value) && !DATE_TIME.test(value)) {
      throw no('valid-calendar-data', `${name} is not a date: "${value}".`);
    }
    if (value?.startsWith('0000') === true) throw no('min-date-time', `${name} lies before the year 1.`);
  }
  if (main.name === 'VEVENT' && property(main, 'DTSTART') === undefined) {
    throw no('valid-calendar-data', 'A VEVENT needs a DTSTART.');
  }
}

function checkOneUid(main: readonly Component[], mixes: boolean): { uid: string; component: string } {
  const first = main[0];
  if (first === undefined) throw no('valid-calendar-object-resource', 'There is no event, task or journal in it.');
  const uid = property(first, 'UID')?.value ?? '';
  if (uid === '') throw no('valid-calendar-object-resource', 'There is no UID.');
  if (mixes) return { uid, component: first.name };
  const masters = new Set<string>();
  for (const component of main) {
    if (component.name !== first.name) {
      throw no('valid-calendar-object-resource', `${first.name} and ${component.name} are in one object.`);
    }
    if (property(component, 'UID')?.value !== uid) {
      throw no('valid-calendar-object-resource', 'There is more than one UID in one object.');
    }
    const instance = property(component, 'RECURRENCE-ID')?.value ?? '';
    if (masters.has(instance)) {
      throw no('valid-calendar-object-resource', `The instance "${instance}" is there twice.`);
    }
    masters.add(instance);
  }
  return { uid, component: first.name };
}

function checkScheduling(main: readonly Component[]): void {
  const organizers = new Set(main.map((c) => normalAddress(property(c, 'ORGANIZER')?.value ?? '')));
  if (organizers.size > 1) {
    throw no('same-organizer-in-all-components', 'The components name different organizers.');
  }
  if (main.some((c) => properties(c, 'ATTENDEE').length > MAX_ATTENDEES)) {
    throw no('max-attendees-per-instance', `There are more than ${String(MAX_ATTENDEES)} guests.`);
  }
}

/** Checks a body against the preconditions of RFC 4791 §5.3.2.1 and RFC 6638 §3.2.4. Throws 403 with the element. */
export function validate(site: Site, exchange: Exchange, collection: Collection): Valid {
  if (exchange.header('content-range') !== undefined) throw refusePlain(400, 'Content-Range is not accepted on PUT.');
  const limit = site.personality.maxResourceSize;
  if (exchange.body.length > limit) {
    throw no(
      'max-resource-size',
      `The object has ${String(exchange.body.length)} octets, the limit is ${String(limit)}.`,
    );
  }
  const text = decode(exchange);
  const calendar = parse(text);
  if (property(calendar, 'METHOD') !== undefined) {
    throw no('valid-calendar-object-resource', 'A stored object may not carry METHOD.');
  }
  const main = mainComponents(calendar);
  const facts = checkOneUid(main, site.personality.mixesUids);
  if (!collection.components.includes(facts.component)) {
    throw no('supported-calendar-component', `This calendar does not take ${facts.component}.`);
  }
  main.forEach(checkDates);
  for (const component of main) checkLimits(site, component);
  checkScheduling(main);
  return { text, calendar, ...facts };
}
