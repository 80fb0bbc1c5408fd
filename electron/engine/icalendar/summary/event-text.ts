import { decode, encode, rawValue, splitLines, unescapeText, type ContentLine } from '../lines.ts';
import { normaliseText } from '../repairs/line-ends.ts';
import { whenOf } from '../zones/when.ts';
import { topComponents } from './summarise.ts';

/** One event as a person reads it, line by line; nothing in it is rendered, nothing is fetched. */
interface EventText {
  readonly lines: readonly string[];
  /** What the first component says, without markup; empty when it says nothing. */
  readonly description: string;
}

/** In characters: markup of that length says enough of an event. */
const LONGEST_MARKUP = 20_000;

const LABELS: readonly (readonly [name: string, label: string])[] = [
  ['SUMMARY', 'Title'],
  ['DTSTART', 'Starts'],
  ['DTEND', 'Ends'],
  ['DUE', 'Due'],
  ['RRULE', 'Repeats'],
  ['RECURRENCE-ID', 'Instance of'],
  ['LOCATION', 'Location'],
  ['ORGANIZER', 'Organizer'],
  ['ATTENDEE', 'Guest'],
  ['STATUS', 'Status'],
  ['URL', 'Link'],
  ['ATTACH', 'Attachment'],
  ['CONFERENCE', 'Conference'],
];

/** @param raw a whole iCalendar object, or the unfolded lines of one */
export function eventText(raw: string): EventText {
  const lines: string[] = [];
  let description = '';
  for (const component of topComponents(splitLines(normaliseText(encode(raw))))) {
    const [begin] = component;
    const kind = begin === undefined ? '' : rawValue(begin.text).trim().toUpperCase();
    if (kind === 'VTIMEZONE') continue;
    const own = ownLines(component);
    if (lines.length > 0) lines.push('');
    for (const [name, label] of LABELS) {
      for (const line of own.filter((one) => one.name === name)) lines.push(`${label}: ${oneLine(shownOf(line))}`);
    }
    const said = saidBy(own);
    if (said !== '') lines.push('', ...said.split('\n'));
    if (description === '') description = said;
  }
  return { lines, description };
}

/** The lines of a component that do not belong to an alarm in it. */
export function ownLines(component: readonly ContentLine[]): readonly ContentLine[] {
  let depth = 0;
  return component.filter(({ name }) => {
    if (name === 'BEGIN') depth += 1;
    const own = depth === 1 && name !== 'BEGIN' && name !== 'END';
    if (name === 'END') depth -= 1;
    return own;
  });
}

/** The description; where there is only HTML, the words in it. */
export function saidBy(own: readonly ContentLine[]): string {
  const plain = own.filter(({ name }) => name === 'DESCRIPTION' || name === 'COMMENT').map(valueOf);
  const text = plain.join('\n').trim();
  const html =
    text === ''
      ? own
          .filter(({ name }) => name === 'X-ALT-DESC')
          .map(valueOf)
          .join('\n')
      : text;
  return withoutMarkup(html).trim();
}

/** A time in ISO 8601 with its zone named, everything else as it is written. */
function shownOf(line: ContentLine): string {
  const when = TIMES.test(line.name) ? whenOf(line) : null;
  if (when === null) return valueOf(line);
  const [date = '', time = ''] = when.text.split('T');
  if (time === '') return date;
  const zone = when.text.endsWith('Z') ? 'UTC' : (when.tzid ?? '(no time zone)');
  return `${date} ${time.slice(0, 5)} ${zone}`;
}

const TIMES = /^(?:DTSTART|DTEND|DUE|RECURRENCE-ID)$/;

function valueOf({ text }: ContentLine): string {
  return decode(unescapeText(rawValue(text)));
}

/** Markup shown as what it says: a link keeps its address, everything else its words. */
function withoutMarkup(text: string): string {
  if (!/<[a-z!/]/i.test(text)) return visible(text);
  const words = text
    .slice(0, LONGEST_MARKUP)
    .replace(/<(script|style|head)\b[^<>]*>[\s\S]*?(?:<\/\1\s*>|$)/gi, ' ')
    .replace(/<a\b[^<>]*>/gi, linkAddress)
    .replace(/<(?:br|\/p|\/div|\/tr|\/li|\/h[1-6])\b[^<>]*>/gi, '\n')
    .replace(/<[a-z!/][^<>]*>?/gi, ' ')
    .replace(/&(nbsp|amp|lt|gt|quot);/gi, (_all, name: string) => ENTITIES[name.toLowerCase()] ?? ' ');
  return visible(words.replace(/[ \t]+/g, ' '));
}

/** A link's tag as its address; as nothing where it has none. */
function linkAddress(tag: string): string {
  const address = /href\s*=\s*["']?(https?:[^"'\s>]+)/i.exec(tag)?.[1];
  return address === undefined ? ' ' : ` [${address}] `;
}

const ENTITIES: Readonly<Record<string, string>> = { nbsp: ' ', amp: '&', lt: '<', gt: '>', quot: '"' };

/** Line ends stay; what cannot be seen, or turns letters around, goes. */
function visible(text: string): string {
  return text
    .replace(/\r\n?/g, '\n')
    .replace(/[^\P{Cc}\n\t]|[\p{Cf}\p{Zl}\p{Zp}]/gu, '')
    .replace(/\n{3,}/g, '\n\n');
}

function oneLine(text: string): string {
  return visible(text).replace(/\s+/g, ' ').trim();
}
