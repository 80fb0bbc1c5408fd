import type { FieldDifference } from '../../../../shared/model/plan.ts';
import { canonicalComponents } from '../meaning/canonical.ts';
import type { CanonicalComponent } from '../meaning/canonical.ts';
import type { ContentLine } from '../lines.ts';
import { decode, encode, parameter, rawValue, splitLines, unescapeText } from '../lines.ts';
import { meaningOfComponents } from '../meaning/meaning.ts';
import { normaliseText } from '../repairs/line-ends.ts';
import { topComponents } from './summarise.ts';
import { whenOf } from '../zones/when.ts';

/** Fields in the order in which a person reads an event, and the properties behind each. */
const FIELDS: readonly (readonly [field: string, names: readonly string[]])[] = [
  ['Title', ['SUMMARY']],
  ['Start', ['DTSTART']],
  ['End', ['DTEND', 'DUE', 'DURATION']],
  ['Repeats', ['RRULE', 'RDATE', 'EXDATE', 'EXRULE']],
  ['Location', ['LOCATION']],
  ['Organizer', ['ORGANIZER']],
  ['Guests', ['ATTENDEE']],
  ['Description', ['DESCRIPTION']],
  ['Status', ['STATUS']],
  ['Shown as', ['TRANSP']],
  ['Privacy', ['CLASS']],
  ['Categories', ['CATEGORIES']],
  ['Attachments', ['ATTACH']],
  ['Link', ['URL', 'CONFERENCE']],
  ['Completed', ['COMPLETED', 'PERCENT-COMPLETE']],
  ['Priority', ['PRIORITY']],
  ['Sequence', ['SEQUENCE']],
];

interface Side {
  readonly lines: readonly ContentLine[];
  readonly canonical: CanonicalComponent | undefined;
}

/**
 * What differs between the server's object and the backup's, field by field, for a person. Instances that differ from
 * their series and fields nobody reads are summed up in one row each.
 */
export function fieldDifferences(server: string, backup: string): FieldDifference[] {
  const left = sideOf(server);
  const right = sideOf(backup);
  const found: FieldDifference[] = [];
  for (const [field, names] of FIELDS) {
    if (keys(left.main, names) === keys(right.main, names)) continue;
    found.push(row(field, left.main, right.main, names));
  }
  const known = new Set(FIELDS.flatMap(([, names]) => names));
  if (alarms(left.main) !== alarms(right.main)) {
    found.push({ field: 'Alarms', server: shownAlarms(left.main.lines), backup: shownAlarms(right.main.lines) });
  }
  if (left.others !== right.others) {
    found.push({ field: 'Changed instances', server: String(left.otherCount), backup: String(right.otherCount) });
  }
  const rest = otherNames(left.main, right.main, known);
  if (rest.length > 0) {
    found.push(row('Other properties', left.main, right.main, rest));
  }
  return found;
}

function sideOf(text: string): { main: Side; others: string; otherCount: number } {
  const lines = splitLines(normaliseText(encode(text)));
  const components = topComponents(lines).filter((one) => componentName(one) !== 'VTIMEZONE');
  const at = Math.max(
    components.findIndex((one) => !one.some((line) => line.name === 'RECURRENCE-ID')),
    0,
  );
  const main = components[at] ?? [];
  const others = components.filter((_one, index) => index !== at);
  return {
    main: { lines: ownAndInner(main), canonical: canonicalComponents(main)[0] },
    others: meaningOfComponents(canonicalComponents(others.flat())),
    otherCount: others.length,
  };
}

function componentName(lines: readonly ContentLine[]): string {
  return rawValue(lines[0]?.text ?? '')
    .trim()
    .toUpperCase();
}

function ownAndInner(lines: readonly ContentLine[]): readonly ContentLine[] {
  return lines.slice(1, -1);
}

function keys(side: Side, names: readonly string[]): string {
  const own = side.canonical?.properties.filter((one) => names.includes(one.name)) ?? [];
  return own
    .map((one) => one.key)
    .sort()
    .join('\n');
}

function alarms(side: Side): string {
  return meaningOfComponents(side.canonical?.components ?? []);
}

function otherNames(left: Side, right: Side, known: ReadonlySet<string>): string[] {
  const names = new Set(
    [...(left.canonical?.properties ?? []), ...(right.canonical?.properties ?? [])].map((one) => one.name),
  );
  return [...names].filter((name) => !known.has(name) && keys(left, [name]) !== keys(right, [name])).sort();
}

/** Where both sides read the same, the difference is in the parameters: then the lines themselves are shown. */
function row(field: string, left: Side, right: Side, names: readonly string[]): FieldDifference {
  const [server, backup] = [shown(left.lines, names), shown(right.lines, names)];
  if (server !== backup) return { field, server, backup };
  const whole = (line: ContentLine): string => decode(line.text);
  return { field, server: shown(left.lines, names, whole), backup: shown(right.lines, names, whole) };
}

function shown(lines: readonly ContentLine[], names: readonly string[], show = shownValue): string | null {
  const parts: string[] = [];
  let depth = 0;
  for (const line of lines) {
    if (line.name === 'BEGIN') depth += 1;
    else if (line.name === 'END') depth -= 1;
    else if (depth === 0 && names.includes(line.name)) parts.push(show(line));
  }
  return parts.length === 0 ? null : parts.sort().join('\n').slice(0, 4000);
}

function shownValue(line: ContentLine): string {
  const raw = rawValue(line.text);
  if (line.name === 'DTSTART' || line.name === 'DTEND' || line.name === 'DUE') {
    const when = whenOf(line);
    if (when !== null) return [when.text.replace('T', ' '), when.tzid].filter((part) => part !== null).join(' ');
  }
  if (line.name === 'ATTENDEE' || line.name === 'ORGANIZER') {
    const status = parameter(line.text, 'PARTSTAT');
    const address = decode(raw)
      .trim()
      .replace(/^mailto:/i, '');
    return status === null ? address : `${address} (${status.toLowerCase()})`;
  }
  const text = decode(unescapeText(raw));
  return /^(?:SUMMARY|LOCATION|DESCRIPTION|STATUS|TRANSP|CLASS|CATEGORIES|URL|SEQUENCE|PRIORITY)$/.test(line.name)
    ? text
    : `${line.name}: ${text}`;
}

function shownAlarms(lines: readonly ContentLine[]): string | null {
  const triggers = lines.filter((line) => line.name === 'TRIGGER').map((line) => decode(rawValue(line.text)));
  return triggers.length === 0 ? null : triggers.sort().join('\n');
}
