import { addProperty, copyComponent, line, removeProperties, setProperty, withParameter } from '../ical/edit.ts';
import { properties, property, type Component } from '../ical/reader.ts';
import { mainComponents } from '../store/index-object.ts';
import { attendeeOf, byServer, exclusionOf, instanceKey, type Addresses } from './parts.ts';

const PRIVATE = ['SCHEDULE-STATUS', 'SCHEDULE-FORCE-SEND', 'SCHEDULE-AGENT'];

/** A copy that may be shown to other people: no alarms, nothing of the server's bookkeeping. */
export function forOthers(component: Component): Component {
  const copy = copyComponent(component);
  copy.items = copy.items
    .filter((i) => i.kind === 'property' || i.name !== 'VALARM')
    .map((i) => {
      if (i.kind === 'component' || (i.name !== 'ATTENDEE' && i.name !== 'ORGANIZER')) return i;
      return PRIVATE.reduce((l, name) => withParameter(l, name, null), i);
    });
  removeProperties(copy, 'REQUEST-STATUS');
  return copy;
}

const invited = (component: Component, who: Addresses): boolean => {
  const attendee = attendeeOf(component, who);
  return attendee !== undefined && byServer(attendee);
};

/**
 * What one attendee sees of an organizer's object (RFC 6638 §3.2.6): the instances the person is invited to; those the
 * person is not invited to are excluded from the series. Null when there is none.
 */
export function viewFor(
  calendar: Component | null,
  who: Addresses,
  invites: (component: Component, who: Addresses) => boolean = invited,
): Component | null {
  if (calendar === null) return null;
  const all = mainComponents(calendar);
  const mine = all.filter((c) => invites(c, who));
  if (mine.length === 0) return null;
  const others = all.filter((c) => !mine.includes(c));
  const view = withMain(
    calendar,
    mine.map((component) => {
      const copy = forOthers(component);
      if (instanceKey(component) === '') for (const other of others) addProperty(copy, line(exclusionOf(other)));
      return copy;
    }),
  );
  return view;
}

/** The same VCALENDAR (zones included) with other main components. */
export function withMain(calendar: Component, main: readonly Component[]): Component {
  const frame = calendar.items.filter((i) => i.kind === 'property' || i.name === 'VTIMEZONE');
  return { ...calendar, items: [...frame, ...main] };
}

/** A scheduling message: the object with its METHOD (RFC 5546 §1.4). */
export function asMessage(calendar: Component, method: string): Component {
  const message = copyComponent(calendar);
  setProperty(message, line(`METHOD:${method}`));
  return message;
}

/** The components of a CANCEL: cancelled, their SEQUENCE raised (RFC 5546 §3.2.5). */
export function asCancelled(component: Component): Component {
  const copy = forOthers(component);
  setProperty(copy, line('STATUS:CANCELLED'));
  const sequence = Number(property(copy, 'SEQUENCE')?.value ?? '0');
  setProperty(copy, line(`SEQUENCE:${String((Number.isInteger(sequence) ? sequence : 0) + 1)}`));
  return copy;
}

/** An override of one instance of a series, as the master has it. `exclusion` is the EXDATE line that names it. */
export function instanceOf(master: Component, exclusion: string): Component {
  const copy = copyComponent(master);
  const old = properties(copy, 'DTSTART')[0];
  for (const name of ['RRULE', 'RDATE', 'EXDATE', 'EXRULE']) removeProperties(copy, name);
  const at = exclusion.slice('EXDATE'.length);
  setProperty(copy, line(`DTSTART${at}`));
  setProperty(copy, line(`RECURRENCE-ID${at}`));
  const end = property(copy, 'DTEND');
  if (old !== undefined && end !== undefined) moveEnd(copy, old.value, end.value, end.head, at);
  return copy;
}

function moveEnd(copy: Component, start: string, end: string, head: string, at: string): void {
  const value = at.slice(at.lastIndexOf(':') + 1);
  const shifted = shift(end, start, value);
  if (shifted !== null) setProperty(copy, line(`${head}:${shifted}`));
}

/** `end` moved by as much as `to` is after `from`; null when one of them is no time. */
function shift(end: string, from: string, to: string): string | null {
  const parse = (value: string): number => {
    const m = /^(\d{4})(\d\d)(\d\d)(?:T(\d\d)(\d\d)(\d\d))?/.exec(value);
    if (m === null) return NaN;
    const n = (i: number): number => Number(m[i] ?? '0');
    return Date.UTC(n(1), n(2) - 1, n(3), n(4), n(5), n(6));
  };
  const at = parse(end) + parse(to) - parse(from);
  if (Number.isNaN(at)) return null;
  const text = new Date(at).toISOString().replace(/[-:]|\.\d+Z/g, '');
  return end.includes('T') ? text + (end.endsWith('Z') ? 'Z' : '') : text.slice(0, 8);
}
