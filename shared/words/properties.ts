import { listWords } from './format.ts';

/** What the properties of RFC 5545 are to a person; of others the name is all that is known. */
const WORDS: Readonly<Record<string, string>> = {
  ATTACH: 'attachments',
  ATTENDEE: 'guests',
  CATEGORIES: 'categories',
  CLASS: 'privacy',
  COMMENT: 'comment',
  DESCRIPTION: 'description',
  DTEND: 'end',
  DTSTART: 'start',
  DUE: 'due time',
  DURATION: 'duration',
  EXDATE: 'dates left out',
  GEO: 'location coordinates',
  LOCATION: 'location',
  ORGANIZER: 'organizer',
  PRIORITY: 'priority',
  RDATE: 'additional dates',
  'RECURRENCE-ID': 'changed dates of the series',
  RRULE: 'recurrence',
  STATUS: 'status',
  SUMMARY: 'title',
  TRANSP: 'shown as busy or free',
  URL: 'link',
  VALARM: 'alarms',
};

/** `GEO`, `EXDATE` → `location coordinates (GEO) and dates left out (EXDATE)`. */
export function propertyWords(names: readonly string[]): string {
  return listWords(names.map((name) => (WORDS[name] === undefined ? name : `${WORDS[name]} (${name})`)));
}
