import type { Component, Line } from './line-reader.ts';
import type { ServerName } from './harness.ts';
import { isInstant, parameter } from './valid-event.ts';

/**
 * The one table of what servers do to an event that they store. Everything else that comes back different is a
 * failure of the test. `canonical` brings one line to a form in which the source and the stored text agree; it is
 * applied to both sides. Each row is needed: `restore.test.ts` fails when a row explains nothing any more.
 *
 * The order of properties and of parameters, the case of names, and where lines are folded carry no meaning
 * (RFC 5545 §3.1, §3.2), so the comparison does not look at them.
 */
export interface Rewrite {
  readonly name: string;
  readonly servers: readonly ServerName[];
  readonly reason: string;
  /** None: the line is left out. Several: the line is split. */
  readonly canonical: (line: Line) => readonly Line[];
}

const TEXT_PROPERTIES = new Set(['SUMMARY', 'DESCRIPTION', 'LOCATION', 'COMMENT', 'CONTACT', 'STATUS', 'UID']);
const LIST_PROPERTIES = new Set(['EXDATE', 'RDATE', 'CATEGORIES', 'RESOURCES']);
const DEFAULT_TYPES: Readonly<Record<string, string>> = {
  URL: 'URI',
  ATTACH: 'URI',
  TRIGGER: 'DURATION',
  DTSTART: 'DATE-TIME',
  DTEND: 'DATE-TIME',
  DTSTAMP: 'DATE-TIME',
  'RECURRENCE-ID': 'DATE-TIME',
  EXDATE: 'DATE-TIME',
};

const REWRITES: readonly Rewrite[] = [
  {
    name: 'INTERVAL=1 and WKST=MO dropped from rules',
    servers: ['cyrus'],
    reason: 'libical keeps a rule as numbers and does not write the defaults (RFC 5545 §3.3.10)',
    canonical: (line) => ruleParts(line, (parts) => parts.filter((part) => !/^(INTERVAL=1|WKST=MO)$/.test(part))),
  },
  {
    name: 'parts of rules, and days in them, in another order',
    servers: ['cyrus'],
    reason: 'libical writes parts and lists in its own order, which has no meaning (RFC 5545 §3.3.10)',
    canonical: (line) => ruleParts(line, (parts) => parts.map(sortList).toSorted()),
  },
  {
    name: 'offsets without seconds',
    servers: ['cyrus'],
    reason: 'libical writes the seconds of an offset only when there are some',
    canonical: (line) => only(line, /^TZOFFSET/, (value) => value.replace(/^(.\d{4})00$/, '$1')),
  },
  {
    name: 'default VALUE type dropped',
    servers: ['cyrus', 'radicale'],
    reason: 'VALUE=URI on URL, VALUE=DURATION on TRIGGER and the like say what holds without them (RFC 5545 §3.2.20)',
    canonical: (line) => [
      {
        ...line,
        parameters: line.parameters.filter(
          ([name, values]) => name !== 'VALUE' || values[0]?.toUpperCase() !== DEFAULT_TYPES[line.name],
        ),
      },
    ],
  },
  {
    name: 'lists split',
    servers: ['cyrus'],
    reason: 'libical 3 holds one value per EXDATE, RDATE and CATEGORIES; several properties mean the same as one list',
    canonical: (line) =>
      LIST_PROPERTIES.has(line.name)
        ? line.value.split(/(?<!\\),/).map((value) => ({ ...line, value: value.trim() }))
        : [line],
  },
  {
    name: 'escapes in text written anew',
    servers: ['cyrus', 'radicale'],
    reason: 'both decode text and encode it again: \\N becomes \\n, \\" becomes "',
    canonical: (line) => only(line, TEXT_PROPERTIES, (value) => value.replaceAll('\\N', '\\n').replaceAll('\\"', '"')),
  },
  {
    name: 'blanks around text dropped',
    servers: ['cyrus'],
    reason: 'libical trims the ends of a text value',
    canonical: (line) => [{ ...line, value: line.value.trim() }],
  },
  {
    name: 'empty properties dropped',
    servers: ['cyrus'],
    reason: 'a property without a value is not stored; it says nothing',
    canonical: (line) => (line.value.trim() === '' ? [] : [line]),
  },
  {
    name: 'durations in another form',
    servers: ['cyrus', 'radicale'],
    reason: 'both keep a length: -P0DT0H30M0S becomes -PT30M, and Radicale makes PT86400S of a day P1D',
    canonical: (line) => only(line, /^(DURATION|TRIGGER)$/, (value) => String(seconds(value) ?? value)),
  },
  {
    name: 'GEO with six decimals',
    servers: ['cyrus'],
    reason: 'libical keeps floating-point numbers and writes six decimals',
    canonical: (line) =>
      only(line, /^GEO$/, (value) =>
        value
          .split(';')
          .map((one) => Number(one).toFixed(6))
          .join(';'),
      ),
  },
  {
    name: 'escapes in unknown properties dropped',
    servers: ['cyrus'],
    reason: 'libical decodes the text of X- properties and does not encode commas and semicolons again',
    canonical: (line) => only(line, /^X-/, (value) => value.replaceAll(/\\([,;])/g, '$1')),
  },
  {
    name: 'commas in the name of a time zone escaped',
    servers: ['cyrus'],
    reason: 'libical escapes the TZID of a VTIMEZONE as text, though not the TZID parameter that points to it',
    canonical: (line) => only(line, /^TZID$/, (value) => value.replaceAll('\\,', ',')),
  },
];

/** A valid event that a server does not keep: it refuses the event, or loses a part of it without a word. */
interface Shortcoming {
  readonly server: ServerName;
  readonly reason: string;
  readonly applies: (event: Component) => boolean;
}

/** What the comparison leaves out. A restore must report such events, which `bad-input.test.ts` looks at. */
const SHORTCOMINGS: readonly Shortcoming[] = [
  {
    server: 'cyrus',
    reason: 'refuses an event that takes no time: 403, "DTEND must occur after DTSTART" (RFC 5545 §3.6.1 allows it)',
    applies: isInstant,
  },
  {
    server: 'cyrus',
    reason: 'quotes a list of values in a parameter that it does not know, which makes one value of it (FEATURE)',
    applies: (event) =>
      event.lines.some((line) => line.parameters.some(([name, values]) => name === 'FEATURE' && values.length > 1)),
  },
  {
    server: 'radicale',
    reason: 'refuses an RDATE that is a period: 400',
    applies: (event) => event.lines.some((line) => line.name === 'RDATE' && parameter(line, 'VALUE') === 'PERIOD'),
  },
  {
    server: 'radicale',
    reason: 'drops a parameter whose value is empty, and answers 201',
    applies: (event) =>
      event.lines.some((line) => line.parameters.some(([, values]) => values.every((value) => value === ''))),
  },
  {
    server: 'radicale',
    reason: 'cuts the value of an unknown property at the first comma that is not escaped, and answers 201',
    applies: (event) => event.lines.some((line) => line.name.startsWith('X-') && /(?<!\\),/.test(line.value)),
  },
];

/** Whether a server keeps such events, as far as is known. */
export function keeps(server: ServerName, events: readonly Component[]): boolean {
  return !SHORTCOMINGS.some((one) => one.server === server && events.some(one.applies));
}

/** The rows for one server. */
export function rewritesOf(server: ServerName): readonly Rewrite[] {
  return REWRITES.filter((rewrite) => rewrite.servers.includes(server));
}

function only(line: Line, names: RegExp | ReadonlySet<string>, change: (value: string) => string): readonly Line[] {
  const isMeant = names instanceof RegExp ? names.test(line.name) : names.has(line.name);
  return [isMeant ? { ...line, value: change(line.value) } : line];
}

function ruleParts(line: Line, change: (parts: readonly string[]) => readonly string[]): readonly Line[] {
  return only(line, /^(RRULE|EXRULE)$/, (value) => change(value.toUpperCase().split(';')).join(';'));
}

function sortList(part: string): string {
  const [name = '', list = ''] = part.split('=');
  return `${name}=${list.split(',').toSorted().join(',')}`;
}

const DURATION = /^([+-]?)P(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?$/;
const UNITS = [604_800, 86_400, 3_600, 60, 1];

function seconds(duration: string): number | undefined {
  const match = DURATION.exec(duration);
  if (match === null) return undefined;
  const total = UNITS.reduce((sum, unit, index) => sum + unit * Number(match[index + 2] ?? 0), 0);
  return match[1] === '-' && total > 0 ? -total : total;
}
