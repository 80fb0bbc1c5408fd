import { splitOutsideQuotes, unescapeText } from '../lines.ts';

const TIMES = [
  'DTSTART',
  'DTEND',
  'DUE',
  'RECURRENCE-ID',
  'EXDATE',
  'RDATE',
  'COMPLETED',
  'ACKNOWLEDGED',
  'FREEBUSY',
  'DURATION',
  'TRIGGER',
  'REFRESH-INTERVAL',
  'POLL-INTERVAL',
];
const NUMBERS = ['PRIORITY', 'SEQUENCE', 'PERCENT-COMPLETE', 'REPEAT'];
const RULES = ['RRULE', 'EXRULE'];
const WORDS = ['STATUS', 'TRANSP', 'CLASS', 'ACTION', 'BUSYTYPE'];
const PEOPLE = ['ORGANIZER', 'ATTENDEE'];
const LISTS = new Set(['CATEGORIES', 'RESOURCES', 'EXDATE', 'RDATE', 'FREEBUSY']);

/** The single values of a property: servers split and join these lists at will. */
export function valuesOf(name: string, value: string): string[] {
  return LISTS.has(name) ? splitList(value) : [value];
}

/** One form for values that mean the same: `05` and `5`, `\N` and `\n`, `P1W` and `P7D`, `MAILTO:A@B` and `mailto:a@b`. */
export function canonicalValue(name: string, value: string): string {
  return (FORMS.get(name) ?? canonicalText)(value);
}

const FORMS: ReadonlyMap<string, (value: string) => string> = new Map([
  ...RULES.map((name) => [name, canonicalRule] as const),
  ...NUMBERS.map((name) => [name, canonicalNumber] as const),
  ...TIMES.map((name) => [name, canonicalTime] as const),
  ...WORDS.map((name) => [name, (value: string) => value.trim().toUpperCase()] as const),
  ...PEOPLE.map((name) => [name, (value: string) => value.trim().toLowerCase()] as const),
  ['GEO', (value) => value.split(';').map(canonicalNumber).join(';')],
]);

function canonicalText(value: string): string {
  // Some programs escape what needs no escaping; servers undo it.
  const plain = value.includes('\\') ? unescapeText(value.replace(/(?<!\\)((?:\\\\)*)\\(["':])/g, '$1$2')) : value;
  return (plain.includes('\r') ? plain.replace(/\r\n?/g, '\n') : plain).trim();
}

function splitList(value: string): string[] {
  const parts: string[] = [];
  let start = 0;
  for (let at = 0; at < value.length; at += 1) {
    if (value[at] === '\\') at += 1;
    else if (value[at] === ',') {
      parts.push(value.slice(start, at));
      start = at + 1;
    }
  }
  parts.push(value.slice(start));
  return parts;
}

function canonicalNumber(value: string): string {
  const number = Number(value.trim());
  return value.trim() === '' || Number.isNaN(number) ? value.trim() : String(number);
}

function canonicalTime(value: string): string {
  return value.trim().toUpperCase().split('/').map(canonicalDuration).join('/');
}

const DURATION = /^([+-]?)P(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?$/;

/** `-P0DT0H30M0S` and `-PT30M` are one duration; days are kept apart from hours (RFC 5545 §3.3.6). */
function canonicalDuration(value: string): string {
  const match = DURATION.exec(value);
  if (match === null) return value;
  const part = (at: number): number => Number(match[at] ?? 0);
  const days = part(2) * 7 + part(3);
  const seconds = part(4) * 3600 + part(5) * 60 + part(6);
  const sign = match[1] === '-' && days + seconds > 0 ? '-' : '';
  return `${sign}${String(days)}d${String(seconds)}s`;
}

/** Parts in a fixed order without those that say the default (RFC 5545 §3.3.10). */
function canonicalRule(value: string): string {
  return splitOutsideQuotes(value.trim().toUpperCase(), ';')
    .filter((part) => part !== '')
    .map((part) => {
      const [key = '', list = ''] = part.split('=', 2);
      const values = list
        .split(',')
        .map((one) => one.trim().replace(/^([+-]?)0*(?=\d)(\d{1,6}[A-Z]*)$/, canonicalPart));
      return `${key.trim()}=${values.sort().join(',')}`;
    })
    .filter(
      (part) => part !== 'INTERVAL=1' && part !== 'WKST=MO' && part !== 'RSCALE=GREGORIAN' && part !== 'SKIP=OMIT',
    )
    .sort()
    .join(';');
}

function canonicalPart(_all: string, sign: string, rest: string): string {
  return (sign === '-' ? '-' : '') + rest;
}
