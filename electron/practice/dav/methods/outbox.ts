import { refuse, Refusal, xmlAnswer, type Answer } from '../../http/answer.ts';
import type { TimeRange } from '../../ical/occurrences.ts';
import { components, IcalendarError, parameter, parseCalendar, properties, property } from '../../ical/reader.ts';
import type { Component } from '../../ical/reader.ts';
import { instantOf, parseTime, utcStamp } from '../../ical/times.ts';
import type { Principal } from '../../store/model.ts';
import { normalAddress } from '../../store/store.ts';
import { CALDAV, DECLARATIONS, element, escapeData, escapeXml, href } from '../../xml/names.ts';
import { busyLines, freeBusyText, isOpaque } from './free-busy.ts';
import { METHODS } from './options.ts';
import { principalPath, type Missing, type Resource } from '../../paths.ts';
import type { Call, Site } from '../../site.ts';

const no = (name: string, reason: string): Error => refuse(403, element(CALDAV, name), reason);

function messageOf(text: string): Component {
  let calendar: Component;
  try {
    calendar = parseCalendar(text);
  } catch (error) {
    if (error instanceof IcalendarError) throw no('valid-calendar-data', `This is not iCalendar: ${error.message}.`);
    throw error;
  }
  const [asked, ...more] = components(calendar, 'VFREEBUSY');
  if (property(calendar, 'METHOD')?.value.toUpperCase() !== 'REQUEST' || asked === undefined || more.length > 0) {
    throw no(
      'valid-scheduling-message',
      'Only a REQUEST with one VFREEBUSY is taken; meetings are stored, not posted.',
    );
  }
  return asked;
}

function instant(asked: Component, name: string): number | null {
  const line = property(asked, name);
  const time = line === undefined ? null : parseTime(line.value);
  if (line === undefined || time === null) return null;
  return instantOf(time.wall, time.utc || time.date ? null : (parameter(line, 'TZID') ?? null));
}

function rangeOf(asked: Component): TimeRange {
  const [start, end] = [instant(asked, 'DTSTART'), instant(asked, 'DTEND')];
  if (start === null || end === null || end <= start) {
    throw no('valid-scheduling-message', 'The VFREEBUSY needs DTSTART and a later DTEND.');
  }
  return { start, end };
}

/** What one person's calendars say about a range, as the reply to the question. */
function reply(site: Site, asked: Component, range: TimeRange, principal: Principal, attendee: string): string {
  const busy = site.store.collections(principal.user).filter(isOpaque);
  const copied = ['UID', 'ORGANIZER'].flatMap((name) => properties(asked, name).map((l) => `${l.head}:${l.value}`));
  const lines = [...copied, `DTSTAMP:${utcStamp(site.now().getTime())}`, `ATTENDEE:${attendee}`];
  return freeBusyText(range, ['METHOD:REPLY'], [...lines, ...busy.flatMap((c) => busyLines(c, range))]);
}

/**
 * POST to a scheduling outbox: the free-busy request of RFC 6638 §5, answered for people inside; others are
 * `3.7;Invalid calendar user`. Nobody is told. Anywhere else POST is refused with 405.
 */
export function post(call: Call, target: Resource | Missing): Answer {
  if (target.kind !== 'collection' || target.collection.kind !== 'outbox') {
    const headers = {
      'Content-Type': 'text/plain; charset=utf-8',
      Allow: METHODS.filter((m) => m !== 'POST').join(', '),
    };
    const reason = 'POST is for the outbox: calendars take PUT.';
    throw new Refusal({ status: 405, headers, body: `${reason}\n` }, reason);
  }
  const { owner } = target.collection;
  const asked = messageOf(call.exchange.body.toString('utf8'));
  const organizer = normalAddress(property(asked, 'ORGANIZER')?.value ?? '');
  if (![...owner.addresses, principalPath(owner)].some((address) => normalAddress(address) === organizer)) {
    throw no('organizer-allowed', `The ORGANIZER must be an address of ${owner.user}.`);
  }
  const range = rangeOf(asked);
  const responses = properties(asked, 'ATTENDEE').map(({ value }) => {
    const principal = call.site.store.principalOf(value);
    const known = principal !== undefined;
    const data = known
      ? element(CALDAV, 'calendar-data', escapeData(reply(call.site, asked, range, principal, value)))
      : '';
    const status = element(CALDAV, 'request-status', escapeXml(known ? '2.0;Success' : '3.7;Invalid calendar user'));
    return element(CALDAV, 'response', element(CALDAV, 'recipient', href(value)) + status + data);
  });
  return xmlAnswer(200, `<C:schedule-response ${DECLARATIONS}>${responses.join('')}</C:schedule-response>`);
}
