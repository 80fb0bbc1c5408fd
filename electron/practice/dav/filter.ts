import { components, parameter, parseCalendar, properties, type Component, type Property } from '../ical/reader.ts';
import { refuse } from '../http/answer.ts';
import type { Collection, StoredObject } from '../store/model.ts';
import { objectByUid } from '../store/store.ts';
import { CALDAV, element } from '../xml/names.ts';
import { childOf, childrenOf, type XmlElement } from '../xml/parse.ts';
import { overlaps, type TimeRange } from '../ical/occurrences.ts';
import { parseUtc } from '../ical/times.ts';

/** Which objects a calendar-query asks for, lazily. */
type Matches = () => Iterable<StoredObject>;

function rangeOf(parent: XmlElement): TimeRange | null {
  const range = childOf(parent, CALDAV, 'time-range');
  if (range === undefined) return null;
  const { start, end } = range.attributes;
  const from = start === undefined ? -Infinity : parseUtc(start);
  const to = end === undefined ? Infinity : parseUtc(end);
  if (from === null || to === null || (start === undefined && end === undefined)) {
    throw refuse(403, element(CALDAV, 'valid-filter'), 'A time-range needs UTC times.');
  }
  return { start: from, end: to };
}

function textMatches(value: string, match: XmlElement): boolean {
  const sought = match.text;
  const octets = match.attributes['collation'] === 'i;octet';
  const [a, b] = octets ? [value, sought] : [value.toLowerCase(), sought.toLowerCase()];
  const type = match.attributes['match-type'] ?? 'contains';
  const hit =
    type === 'equals'
      ? a === b
      : type === 'starts-with'
        ? a.startsWith(b)
        : type === 'ends-with'
          ? a.endsWith(b)
          : a.includes(b);
  return hit !== (match.attributes['negate-condition'] === 'yes');
}

function propertyMatches(line: Property, filter: XmlElement): boolean {
  const match = childOf(filter, CALDAV, 'text-match');
  if (match !== undefined && !textMatches(line.value, match)) return false;
  return childrenOf(filter, CALDAV, 'param-filter').every((f) => {
    const value = parameter(line, (f.attributes['name'] ?? '').toUpperCase());
    if (childOf(f, CALDAV, 'is-not-defined') !== undefined) return value === undefined;
    const text = childOf(f, CALDAV, 'text-match');
    return value !== undefined && (text === undefined || textMatches(value, text));
  });
}

function holdsProperty(component: Component, filter: XmlElement): boolean {
  const lines = properties(component, (filter.attributes['name'] ?? '').toUpperCase());
  if (childOf(filter, CALDAV, 'is-not-defined') !== undefined) return lines.length === 0;
  const range = rangeOf(filter);
  return lines.some((line) => {
    if (range !== null) {
      const at = parseUtc(line.value);
      if (at === null || at < range.start || at >= range.end) return false;
    }
    return propertyMatches(line, filter);
  });
}

function holdsComponent(parent: Component, filter: XmlElement, calendar: Component): boolean {
  const name = (filter.attributes['name'] ?? '').toUpperCase();
  const found = components(parent, name);
  if (childOf(filter, CALDAV, 'is-not-defined') !== undefined) return found.length === 0;
  if (found.length === 0) return false;
  const range = rangeOf(filter);
  if (range !== null && name !== 'VALARM' && !overlaps(calendar, name, range)) return false;
  return found.some((component) => holdsInside(component, filter, calendar));
}

const holdsInside = (component: Component, filter: XmlElement, calendar: Component): boolean =>
  childrenOf(filter, CALDAV, 'prop-filter').every((f) => holdsProperty(component, f)) &&
  childrenOf(filter, CALDAV, 'comp-filter').every((f) => holdsComponent(component, f, calendar));

/** The UID that the filter asks for exactly, so that one look into the index answers it; null when it asks for more. */
function exactUid(filter: XmlElement): string | null {
  for (const inner of childrenOf(filter, CALDAV, 'comp-filter')) {
    for (const prop of childrenOf(inner, CALDAV, 'prop-filter')) {
      const match = childOf(prop, CALDAV, 'text-match');
      if (prop.attributes['name']?.toUpperCase() === 'UID' && match?.attributes['negate-condition'] !== 'yes') {
        if (match?.attributes['match-type'] === 'equals') return match.text;
      }
    }
  }
  return null;
}

/** Whether only the kind of component is asked for: answered without reading any object. */
function onlyKind(filter: XmlElement): string | null {
  const [inner, ...more] = childrenOf(filter, CALDAV, 'comp-filter');
  if (inner === undefined || more.length > 0 || inner.children.length > 0) return null;
  return childrenOf(filter, CALDAV, 'prop-filter').length > 0 ? null : (inner.attributes['name'] ?? '').toUpperCase();
}

/** Reads a CALDAV:filter (RFC 4791 §9.7). Throws 403 valid-filter. */
export function compileFilter(filter: XmlElement, collection: Collection): Matches {
  const outer = childOf(filter, CALDAV, 'comp-filter');
  if (outer?.attributes['name']?.toUpperCase() !== 'VCALENDAR') {
    throw refuse(403, element(CALDAV, 'valid-filter'), 'The filter must start with VCALENDAR.');
  }
  for (const inner of childrenOf(outer, CALDAV, 'comp-filter')) rangeOf(inner);
  const uid = exactUid(outer);
  const kind = onlyKind(outer);
  return function* () {
    const one = uid === null ? undefined : objectByUid(collection, uid);
    const indexed = one !== undefined && collection.kind === 'calendar';
    for (const object of indexed ? [one] : [...collection.objects.values()]) {
      if (kind !== null) {
        if (object.component === kind) yield object;
        continue;
      }
      const calendar = parseCalendar(object.text);
      if (holdsInside(calendar, outer, calendar)) yield object;
    }
  };
}
