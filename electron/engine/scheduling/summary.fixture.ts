import type { CalendarUser, ResourceSummary } from '../icalendar/types.ts';

/** Somebody in an event, for tests: `mailto:` is put before a bare address. */
export function person(address: string, more: Partial<CalendarUser> = {}): CalendarUser {
  const uri = /^(?:[a-z]+:|\/)/i.test(address) ? address : `mailto:${address}`;
  return { address: uri, name: null, partstat: null, scheduleAgent: null, cutype: null, ...more };
}

/** An event for tests, on 1 December 2030; `meaning` defaults to a text of what is given. */
export function event(more: Partial<ResourceSummary> = {}): ResourceSummary {
  return {
    uid: 'uid-1',
    kind: 'VEVENT',
    file: 'test.ics',
    line: 1,
    components: 1,
    hasMaster: true,
    title: 'Meeting',
    location: '',
    start: { text: '2030-12-01T10:00:00Z', tzid: null, ms: Date.UTC(2030, 11, 1, 10) },
    endsMs: Date.UTC(2030, 11, 1, 11),
    recurring: false,
    organizer: null,
    attendees: [],
    sequence: 0,
    dtstamp: null,
    cancelled: false,
    lastModified: null,
    created: null,
    meaning: JSON.stringify(more),
    bytes: 400,
    findings: [],
    ...more,
  };
}
