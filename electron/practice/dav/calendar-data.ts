import { refuse } from '../http/answer.ts';
import { copyComponent, line, removeProperties, setProperty } from '../ical/edit.ts';
import { occurrences, touchesRange, type TimeRange } from '../ical/occurrences.ts';
import { components, parameter, parseCalendar, property, writeCalendar } from '../ical/reader.ts';
import type { Component, Item } from '../ical/reader.ts';
import { instantOf, parseTime, utcStamp } from '../ical/times.ts';
import { CALDAV, element } from '../xml/names.ts';
import { childOf, childrenOf, type XmlElement } from '../xml/parse.ts';

const RULES = ['RRULE', 'RDATE', 'EXDATE', 'EXRULE'];
const TIMES = ['DTSTART', 'DTEND', 'DUE', 'RECURRENCE-ID'];

function rangeOf(request: XmlElement): TimeRange {
  const [start, end] = [parseTime(request.attributes['start'] ?? ''), parseTime(request.attributes['end'] ?? '')];
  if (start?.utc !== true || end?.utc !== true || end.wall <= start.wall) {
    throw refuse(403, element(CALDAV, 'valid-filter'), `${request.name} needs a start and a later end in UTC.`);
  }
  return { start: start.wall, end: end.wall };
}

/** A time of a zone as UTC; dates and floating times stay as they are. */
function toUtc(component: Component, name: string): void {
  const written = property(component, name);
  const time = written === undefined ? null : parseTime(written.value);
  const zone = written === undefined ? undefined : parameter(written, 'TZID');
  if (time === null || time.date || zone === undefined) return;
  setProperty(component, line(`${name}:${utcStamp(instantOf(time.wall, zone))}`));
}

/** One instance of a series on its own: no rule, the time of the instance as RECURRENCE-ID. */
function instance(master: Component, start: number, end: number): Component {
  const copy = copyComponent(master);
  const from = property(copy, 'DTSTART');
  const date = from !== undefined && parseTime(from.value)?.date === true;
  const at = (milliseconds: number): string =>
    date ? `;VALUE=DATE:${utcStamp(milliseconds).slice(0, 8)}` : `:${utcStamp(milliseconds)}`;
  for (const name of RULES) removeProperties(copy, name);
  setProperty(copy, line(`DTSTART${at(start)}`));
  for (const name of ['DTEND', 'DUE']) if (property(copy, name) !== undefined) setProperty(copy, line(name + at(end)));
  setProperty(copy, line(`RECURRENCE-ID${at(start)}`));
  return copy;
}

/** The instances that touch a range, each written out, in UTC and without zones (RFC 4791 §9.6.5). */
function expand(calendar: Component, range: TimeRange): Component {
  const names = new Set(components(calendar).map((c) => c.name));
  names.delete('VTIMEZONE');
  const found = [...names].flatMap((name) =>
    [...occurrences(calendar, name, range)].map(({ start, end, of }) => {
      if (RULES.some((rule) => property(of, rule) !== undefined)) return instance(of, start, end);
      const copy = copyComponent(of);
      for (const time of TIMES) toUtc(copy, time);
      return copy;
    }),
  );
  return { ...calendar, items: [...calendar.items.filter((i) => i.kind === 'property'), ...found] };
}

/** The master and those overrides that lie, or would have lain, in a range (RFC 4791 §9.6.6). */
function limitRecurrences(calendar: Component, range: TimeRange): Component {
  const keep = (component: Component): boolean => {
    const id = property(component, 'RECURRENCE-ID');
    const time = id === undefined ? null : parseTime(id.value);
    if (id === undefined || time === null) return true;
    const at = instantOf(time.wall, time.utc || time.date ? null : (parameter(id, 'TZID') ?? null));
    return (at >= range.start && at < range.end) || touchesRange(component, range);
  };
  return { ...calendar, items: calendar.items.filter((i) => i.kind === 'property' || keep(i)) };
}

/** Only the components and properties that are named (RFC 4791 §9.6.1); an empty `comp` means the whole component. */
function pick(component: Component, wanted: XmlElement): Component {
  if (wanted.children.length === 0) return component;
  const names = new Map(childrenOf(wanted, CALDAV, 'prop').map((p) => [p.attributes['name']?.toUpperCase() ?? '', p]));
  const inner = new Map(childrenOf(wanted, CALDAV, 'comp').map((c) => [c.attributes['name']?.toUpperCase() ?? '', c]));
  const allProperties = childOf(wanted, CALDAV, 'allprop') !== undefined;
  const allComponents = childOf(wanted, CALDAV, 'allcomp') !== undefined;
  const items = component.items.flatMap((item): Item[] => {
    if (item.kind === 'component') {
      const spec = inner.get(item.name);
      return spec === undefined ? (allComponents ? [item] : []) : [pick(item, spec)];
    }
    const spec = names.get(item.name);
    if (spec?.attributes['novalue'] === 'yes') return [line(`${item.head}:`)];
    return spec !== undefined || allProperties ? [item] : [];
  });
  return { ...component, items };
}

/** The text of an object as a `calendar-data` element asks for it. Throws 403 valid-filter for a range that is none. */
export function selectData(text: string, request: XmlElement): string {
  if (request.children.length === 0) return text;
  let calendar = parseCalendar(text);
  const [expanded, limited] = [childOf(request, CALDAV, 'expand'), childOf(request, CALDAV, 'limit-recurrence-set')];
  if (expanded !== undefined) calendar = expand(calendar, rangeOf(expanded));
  else if (limited !== undefined) calendar = limitRecurrences(calendar, rangeOf(limited));
  const picked = childOf(request, CALDAV, 'comp');
  return writeCalendar(picked === undefined ? calendar : pick(calendar, picked));
}

/** Refuses a `calendar-data` element whose ranges are none, before the first response is written. */
export function checkData(request: XmlElement): void {
  const type = request.attributes['content-type'] ?? 'text/calendar';
  if (type.toLowerCase() !== 'text/calendar' || (request.attributes['version'] ?? '2.0') !== '2.0') {
    throw refuse(403, element(CALDAV, 'supported-calendar-data'), 'Calendar data is text/calendar 2.0.');
  }
  for (const name of ['expand', 'limit-recurrence-set']) {
    const range = childOf(request, CALDAV, name);
    if (range !== undefined) rangeOf(range);
  }
}
