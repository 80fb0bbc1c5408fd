import { canonicalValue, valuesOf } from './canonical-value.ts';
import type { ContentLine } from '../lines.ts';
import { decode, parameters, valueStart } from '../lines.ts';

/** A component in a form that is the same for texts that mean the same. Strings are ordinary text. */
export interface CanonicalComponent {
  readonly name: string;
  readonly properties: readonly CanonicalProperty[];
  readonly components: readonly CanonicalComponent[];
}

interface CanonicalProperty {
  readonly name: string;
  /** Name, parameters and value in one string. */
  readonly key: string;
}

/** Bookkeeping that programs set anew whenever they touch an event; it says nothing about the event. */
const IGNORED = new Set(['DTSTAMP', 'PRODID', 'LAST-MODIFIED', 'CREATED', 'VERSION', 'CALSCALE', 'METHOD']);
/** Properties by which servers keep their own books. */
const SERVER_OWN = /^X-(?:RADICALE|LIC|CALENDARSERVER|CYRUS|SOGO|BEDEWORK|NC)-/;
/** What a missing property means (RFC 5545 §3.8). */
const DEFAULT_VALUES: ReadonlyMap<string, string> = new Map([
  ['CLASS', 'PUBLIC'],
  ['TRANSP', 'OPAQUE'],
  ['PRIORITY', '0'],
  ['SEQUENCE', '0'],
]);
/** What a missing parameter means (RFC 5545 §3.2, RFC 6638 §7.1). */
const DEFAULT_PARAMETERS = new Set([
  'ROLE=REQ-PARTICIPANT',
  'PARTSTAT=NEEDS-ACTION',
  'RSVP=FALSE',
  'CUTYPE=INDIVIDUAL',
  'RELATED=START',
  'RELTYPE=PARENT',
  'FBTYPE=BUSY',
  'ENCODING=8BIT',
  'SCHEDULE-AGENT=SERVER',
]);
const IGNORED_PARAMETERS = new Set(['SCHEDULE-STATUS', 'SCHEDULE-FORCE-SEND']);
const WORD_PARAMETERS = new Set([
  'ROLE',
  'PARTSTAT',
  'RSVP',
  'CUTYPE',
  'RELATED',
  'RELTYPE',
  'FBTYPE',
  'ENCODING',
  'SCHEDULE-AGENT',
  'VALUE',
  'RANGE',
  'DISPLAY',
  'FEATURE',
]);
const DATED = new Set(['DTSTART', 'DTEND', 'DUE', 'RECURRENCE-ID', 'EXDATE', 'RDATE']);
/** Components inside each other that are told apart. */
const DEEPEST = 100;
const UTC_ZONE = /^(?:\/.*\/)?(?:Etc\/)?(?:UTC|GMT|Zulu|UCT|Universal)$/i;

/** Reads components out of lines, VTIMEZONEs left out: a server may write its own. Ill-nested ENDs are passed over. */
export function canonicalComponents(lines: readonly ContentLine[]): CanonicalComponent[] {
  interface Open {
    name: string;
    properties: CanonicalProperty[];
    components: CanonicalComponent[];
  }
  const root: Open = { name: '', properties: [], components: [] };
  const open: Open[] = [root];
  for (const line of lines) {
    const top = open[open.length - 1] ?? root;
    if (line.name === 'BEGIN' && open.length < DEEPEST) {
      open.push({ name: blockName(line.text), properties: [], components: [] });
    } else if (line.name === 'END') {
      if (open.length === 1 || blockName(line.text) !== top.name) continue;
      open.pop();
      const outer = open[open.length - 1] ?? root;
      if (top.name === 'VCALENDAR') outer.components.push(...top.components);
      else if (top.name !== 'VTIMEZONE') outer.components.push(top);
    } else if (line.name === 'BEGIN') {
      // Nobody means that: it is compared as it stands, without going deeper.
      top.properties.push({ name: 'BEGIN', key: decode(line.text) });
    } else if (top.name !== 'VCALENDAR' && top.name !== '') {
      addProperties(line, top.properties);
    }
  }
  return root.components;
}

function blockName(text: string): string {
  return text.slice(valueStart(text)).trim().toUpperCase();
}

function addProperties(line: ContentLine, found: CanonicalProperty[]): void {
  const name = line.name;
  if (IGNORED.has(name) || (name.startsWith('X-') && SERVER_OWN.test(name))) return;
  if (name === '') {
    if (line.text.trim() !== '') found.push({ name: '', key: decode(line.text) });
    return;
  }
  const start = valueStart(line.text);
  const written = start < 0 ? '' : line.text.slice(start);
  for (const one of valuesOf(name, written)) {
    let value = canonicalValue(name, one);
    if (value === '') continue;
    const plain = start === name.length + 1;
    let head = plain ? '' : canonicalParameters(name, line.text, value);
    if (head === ';UTC' && DATED.has(name)) {
      head = '';
      if (!value.endsWith('Z') && value.includes('T')) value += 'Z';
    }
    if (head === '' && DEFAULT_VALUES.get(name) === value) continue;
    found.push({ name, key: decode(`${name}${head}:${value}`) });
  }
}

function canonicalParameters(name: string, text: string, value: string): string {
  const kept: string[] = [];
  for (const one of parameters(text)) {
    if (one.name === '' || IGNORED_PARAMETERS.has(one.name)) continue;
    // The values of dates show their type themselves; a server writes VALUE or leaves it.
    if (one.name === 'VALUE' && redundantValueType(name, (one.values[0] ?? '').toUpperCase())) continue;
    if (one.name === 'CN' && name === 'ORGANIZER') continue;
    if (one.name === 'TZID') {
      const zone = one.values[0] ?? '';
      if (value.endsWith('Z') && DATED.has(name)) continue;
      kept.push(UTC_ZONE.test(zone) && DATED.has(name) ? 'UTC' : `TZID=${zone}`);
      continue;
    }
    // Words hold no commas: one quoted list of them is the same as several.
    const values = WORD_PARAMETERS.has(one.name)
      ? one.values.flatMap((each) => each.toUpperCase().split(','))
      : one.values;
    const written = `${one.name}=${values.map(decodeCaret).sort().join(',')}`;
    if (!DEFAULT_PARAMETERS.has(written)) kept.push(written);
  }
  return kept
    .sort()
    .map((one) => `;${one}`)
    .join('');
}

const OWN_TYPES: ReadonlyMap<string, string> = new Map([
  ['ATTACH', 'URI'],
  ['TRIGGER', 'DURATION'],
  ['DURATION', 'DURATION'],
  ['URL', 'URI'],
  ['ORGANIZER', 'CAL-ADDRESS'],
  ['ATTENDEE', 'CAL-ADDRESS'],
  ['RRULE', 'RECUR'],
  ['GEO', 'FLOAT'],
]);

function redundantValueType(name: string, type: string): boolean {
  if (DATED.has(name)) return type === 'DATE' || type === 'DATE-TIME' || type === 'PERIOD';
  return type === 'TEXT' ? !name.startsWith('X-') : OWN_TYPES.get(name) === type;
}

/** RFC 6868. */
function decodeCaret(value: string): string {
  if (!value.includes('^')) return value;
  return value.replace(/\^([n'^])/g, (_all, one: string) => (one === 'n' ? '\n' : one === "'" ? '"' : '^'));
}
