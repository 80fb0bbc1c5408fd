import { parameter, rawValue, toLine, unescapeText } from '../icalendar/lines.ts';

/** What of an event a person reads. */
const READ = new Set([
  'SUMMARY',
  'LOCATION',
  'DESCRIPTION',
  'COMMENT',
  'CATEGORIES',
  'CONTACT',
  'URL',
  'CONFERENCE',
  'X-ALT-DESC',
  'UID',
]);
const PEOPLE = new Set(['ORGANIZER', 'ATTENDEE']);

/** The words of a search, as `holdsWords` compares them: without regard to case and accents. */
export function searchWords(text: string): readonly string[] {
  return [...new Set(plain(text).split(/\s+/))].filter((word) => word !== '');
}

/**
 * Whether all words stand somewhere in what a person reads of an event: its title, place, text, people and UID. Alarms
 * and the names of properties are not read.
 *
 * @param words from `searchWords`
 * @param text the unfolded lines of the event
 */
export function holdsWords(words: readonly string[], text: string): boolean {
  // Most events have none of the words anywhere: those need not be taken apart.
  const whole = plain(text.replaceAll('\\', ''));
  if (!words.every((word) => whole.includes(word.replaceAll('\\', '')))) return false;
  const read = plain(readable(text).join('\n'));
  return words.every((word) => read.includes(word));
}

function readable(text: string): readonly string[] {
  const found: string[] = [];
  let alarms = 0;
  for (const line of text.split(/\r?\n/)) {
    const { name } = toLine(line, false, 0);
    if (name === 'BEGIN' && /:\s*VALARM\s*$/i.test(line)) alarms += 1;
    else if (name === 'END' && /:\s*VALARM\s*$/i.test(line)) alarms -= 1;
    else if (alarms > 0) continue;
    else if (READ.has(name)) found.push(unescapeText(rawValue(line)));
    else if (PEOPLE.has(name)) found.push(rawValue(line).replace(/^mailto:/i, ''), parameter(line, 'CN') ?? '');
  }
  return found;
}

/** Lower case, without accents: `Büro` is found by `buro`. */
function plain(text: string): string {
  const lower = text.toLowerCase();
  return NOT_ASCII.test(lower) ? lower.normalize('NFKD').replace(/\p{M}+/gu, '') : lower;
}

const NOT_ASCII = /[^\0-\x7f]/;
