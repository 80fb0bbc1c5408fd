import { linksIn } from '../../icalendar/facts/links.ts';
import type { ResourceSummary } from '../../icalendar/types.ts';
import { addressKey, domainOf } from '../../scheduling/addresses.ts';
import type { CountField, DateField, FlagField, RuleField } from './rule-fields.ts';

/** What a rule looks at: the summary, and for `text` and `link` the unfolded lines of the event. */
export interface RuleSubject {
  readonly summary: ResourceSummary;
  /** Empty when no rule needs it (see `needsText`). */
  readonly text: string;
  /** The calendar owner's addresses in lower case: `answered` asks for the owner's answer where the owner is a guest. */
  readonly own: ReadonlySet<string>;
  /** Mail domains that count as inside, lower case; for `outside`. */
  readonly inside?: ReadonlySet<string>;
}

/** The words that `=` and `~` are held against; one of them is enough. */
export function valuesOf(field: RuleField, { summary, text }: RuleSubject): readonly string[] {
  switch (field) {
    case 'organizer':
      return summary.organizer === null ? [''] : namesOf(summary.organizer.address, summary.organizer.name);
    case 'title':
      return [summary.title];
    case 'location':
      return [summary.location];
    case 'uid':
      return [summary.uid];
    case 'starts':
      return [summary.start?.text ?? ''];
    case 'ends':
      return [isoOf(summary.endsMs)];
    case 'created':
      return [isoOf(summary.created)];
    case 'received':
      return [isoOf(summary.dtstamp)];
    case 'text':
      return [text];
    case 'link':
      return linksIn(text);
    case 'guests':
      return summary.attendees.flatMap((guest) => namesOf(guest.address, guest.name));
    default:
      return [];
  }
}

/** The number that `<`, `>` and `=` compare; null when a single event does not say it (see search/judge.ts). */
export function countOf(field: CountField, { summary }: RuleSubject): number | null {
  return field === 'guests' ? summary.attendees.length : null;
}

/** The moment that `<` and `>` compare, in milliseconds since 1970; null when there is none. */
export function momentOf(field: DateField, { summary }: RuleSubject): number | null {
  switch (field) {
    case 'created':
      return summary.created;
    case 'received':
      return summary.dtstamp;
    case 'starts':
      return summary.start?.ms ?? null;
    case 'ends':
      // A series without an end ends after every day.
      return summary.endsMs ?? (summary.recurring ? Infinity : null);
  }
}

/** Whether it is so; null where the question has no answer, and neither yes nor no matches. */
export function flagOf(field: FlagField, subject: RuleSubject): boolean | null {
  switch (field) {
    case 'answered':
      return isAnswered(subject);
    case 'recurring':
      return subject.summary.recurring;
    case 'outside':
      return isFromOutside(subject);
  }
}

/** The owner's answer where the owner is a guest, else that of anybody; nobody is asked about an event without guests. */
function isAnswered({ summary, own }: RuleSubject): boolean | null {
  if (summary.organizer === null && summary.attendees.length === 0) return null;
  const owners = summary.attendees.filter((guest) => own.has(guest.address.toLowerCase()));
  return (owners.length > 0 ? owners : summary.attendees).some(
    ({ partstat }) => partstat !== null && partstat !== 'NEEDS-ACTION',
  );
}

function isFromOutside({ summary, own, inside }: RuleSubject): boolean | null {
  if (inside === undefined || inside.size === 0) return null;
  if (summary.organizer === null) return false;
  const key = addressKey(summary.organizer.address);
  if (own.has(key)) return false;
  const domain = domainOf(key);
  // An address without a domain (a path, urn:uuid:…) is one that the server itself gave.
  return domain !== null && !inside.has(domain);
}

function namesOf(address: string, name: string | null): readonly string[] {
  const bare = address.replace(/^mailto:/i, '');
  return name === null ? [bare, address] : [bare, address, name];
}

function isoOf(ms: number | null): string {
  return ms === null ? '' : new Date(ms).toISOString();
}
