import { removeProperties } from '../ical/edit.ts';
import { parameter, parameters, properties, property, type Component, type Property } from '../ical/reader.ts';
import { instantOf, parseTime } from '../ical/times.ts';
import { mainComponents } from '../store/index-object.ts';
import { normalAddress } from '../store/store.ts';

/** Normalised calendar user addresses. */
export type Addresses = ReadonlySet<string>;

/** Names an instance whatever form its time is written in; '' is the master. */
export type InstanceKey = string;

const timeKey = (line: Property, value: string): string => {
  const time = parseTime(value);
  if (time === null) return value;
  return String(instantOf(time.wall, time.utc || time.date ? null : (parameter(line, 'TZID') ?? null)));
};

export function instanceKey(component: Component): InstanceKey {
  const line = property(component, 'RECURRENCE-ID');
  return line === undefined ? '' : timeKey(line, line.value);
}

/** The components of an object by instance, the master first when there is one. */
export function byInstance(calendar: Component | null): Map<InstanceKey, Component> {
  const all = calendar === null ? [] : mainComponents(calendar);
  return new Map(all.map((c): [string, Component] => [instanceKey(c), c]).sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** Instances excluded from a component: key → the line to write when it is taken over elsewhere. */
export function exclusions(component: Component): Map<InstanceKey, string> {
  const out = new Map<InstanceKey, string>();
  for (const line of properties(component, 'EXDATE')) {
    for (const value of line.value.split(',')) out.set(timeKey(line, value), `${line.head}:${value}`);
  }
  return out;
}

/** The EXDATE line that excludes the instance of an override. */
export function exclusionOf(override: Component): string {
  const line = property(override, 'RECURRENCE-ID');
  if (line === undefined) return '';
  const kept = parameters(line).filter(([name]) => name === 'TZID' || name === 'VALUE');
  const quoted = kept.map(([name, value]) => `;${name}=${/[:;,]/.test(value) ? `"${value}"` : value}`).join('');
  return `EXDATE${quoted}:${line.value}`;
}

export const organizerOf = (calendar: Component | null): Property | undefined => {
  const first = calendar === null ? undefined : mainComponents(calendar)[0];
  return first === undefined ? undefined : property(first, 'ORGANIZER');
};

export const isAddress = (line: Property | undefined, addresses: Addresses): line is Property =>
  line !== undefined && addresses.has(normalAddress(line.value));

export const attendeeOf = (component: Component, addresses: Addresses): Property | undefined =>
  properties(component, 'ATTENDEE').find((line) => isAddress(line, addresses));

/** SCHEDULE-AGENT (RFC 6638 §7.1): whether the server is to send for this person. */
export const byServer = (line: Property): boolean =>
  (parameter(line, 'SCHEDULE-AGENT') ?? 'SERVER').toUpperCase() === 'SERVER';

export const partstat = (line: Property | undefined): string =>
  (line === undefined ? undefined : parameter(line, 'PARTSTAT')?.toUpperCase()) ?? 'NEEDS-ACTION';

export const cancelled = (component: Component): boolean =>
  property(component, 'STATUS')?.value.toUpperCase() === 'CANCELLED';

/** Puts a line in the place of another. */
export function replaceLine(component: Component, from: Property, to: Property): void {
  component.items = component.items.map((item) => (item === from ? to : item));
}

/** A recurrence rule whatever order its parts are written in. */
const ruleKey = (value: string): string =>
  value
    .toUpperCase()
    .split(';')
    .filter((part) => part !== 'INTERVAL=1' && part !== 'WKST=MO')
    .sort()
    .join(';');

/** When a component takes place, in a form that compares instants. */
export function timing(component: Component): string {
  const parts = ['DTSTART', 'DTEND', 'DUE', 'DURATION', 'RRULE', 'RDATE'].flatMap((name) =>
    properties(component, name).map((line) => {
      const value = name === 'RRULE' ? ruleKey(line.value) : timeKey(line, line.value);
      return `${name}:${value}`;
    }),
  );
  return parts.sort().join('\n');
}

const QUIET: ReadonlySet<string> = new Set([
  '',
  'DTSTAMP',
  'CREATED',
  'LAST-MODIFIED',
  'SEQUENCE',
  'REQUEST-STATUS',
  'COMPLETED',
  'PERCENT-COMPLETE',
]);

function significant(line: Property): string | null {
  if (QUIET.has(line.name) || line.name.startsWith('X-')) return null;
  if (line.name === 'ORGANIZER') return `ORGANIZER:${normalAddress(line.value)}`;
  if (line.name === 'ATTENDEE') {
    const role = (parameter(line, 'ROLE') ?? 'REQ-PARTICIPANT').toUpperCase();
    return `ATTENDEE;${role}:${normalAddress(line.value)}`;
  }
  if (line.name === 'RRULE') return `RRULE:${ruleKey(line.value)}`;
  if (parseTime(line.value) !== null) return `${line.name}:${timeKey(line, line.value)}`;
  const parameterText = parameters(line)
    .map(([name, value]) => `${name}=${value}`)
    .sort();
  return [line.name, ...parameterText].join(';') + `:${line.value}`;
}

/** What of a component other people would see change: no time stamps, no answers, no alarms, no X- properties. */
export function essence(component: Component): string {
  const lines = component.items.flatMap((i) => (i.kind === 'property' ? (significant(i) ?? []) : []));
  return lines.sort().join('\n');
}

/** `essence` without the exclusions. */
export function essenceOfOccurrences(component: Component): string {
  const copy = { ...component, items: [...component.items] };
  removeProperties(copy, 'EXDATE');
  return essence(copy);
}

const UNESCAPE: Readonly<Record<string, string>> = { '\\n': '\n', '\\N': '\n' };

/** The SUMMARY in plain text. */
export function summaryOf(calendar: Component): string {
  const first = mainComponents(calendar)[0];
  const value = first === undefined ? '' : (property(first, 'SUMMARY')?.value ?? '');
  return value.replace(/\\[nN,;\\]/g, (escaped) => UNESCAPE[escaped] ?? escaped.slice(1));
}

export const uidOf = (calendar: Component): string => {
  const first = mainComponents(calendar)[0];
  return first === undefined ? '' : (property(first, 'UID')?.value ?? '');
};
