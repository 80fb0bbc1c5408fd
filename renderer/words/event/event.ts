import type { ChangedInstance, EventCard, EventPerson, EventTime } from '../../../shared/model/found/event-card.ts';
import { alarmWords } from '../../../shared/words/alarm.ts';
import { formatNumber } from '../../../shared/words/format.ts';
import { recurrenceWords } from '../../../shared/words/recurrence.ts';
import { shortTime, timeWords, whenWords } from '../../../shared/words/when.ts';

/* What an event says, in words. Pure; foreign text stays as it is. */

const ANSWERS: Readonly<Record<string, string>> = {
  ACCEPTED: 'accepted',
  DECLINED: 'declined',
  TENTATIVE: 'maybe',
  DELEGATED: 'delegated',
  COMPLETED: 'completed',
  'IN-PROCESS': 'in progress',
  'NEEDS-ACTION': 'not answered',
};

/** What a guest answered; without PARTSTAT nobody has (RFC 5545 §3.2.12). */
export function answerWords({ answer }: EventPerson): string {
  return ANSWERS[answer ?? 'NEEDS-ACTION'] ?? (answer ?? '').toLowerCase();
}

/** `Anna Berg (anna@x.org)`. */
export function personWords({ name, address }: EventPerson): string {
  return name === null || name === address ? address : `${name} (${address})`;
}

const ROLES: Readonly<Record<string, string>> = {
  'OPT-PARTICIPANT': 'optional',
  'NON-PARTICIPANT': 'for information',
  CHAIR: 'chair',
};

export function roleWords({ role }: EventPerson): string {
  return ROLES[role ?? ''] ?? '';
}

/** What happened to one date of a series. */
export function instanceWords({ of, andLater, start, end, cancelled }: ChangedInstance): string {
  const date = of === null ? 'One date' : shortTime(of);
  const which = andLater ? `${date} and all later ones` : date;
  if (cancelled) return `${which}: cancelled`;
  return `${which}: ${whenWords(start, end).here}`;
}

const STATUSES: Readonly<Record<string, string>> = {
  CONFIRMED: 'Confirmed',
  TENTATIVE: 'Tentative',
  CANCELLED: 'Cancelled',
  'NEEDS-ACTION': 'Not started',
  'IN-PROCESS': 'In progress',
  COMPLETED: 'Completed',
};
const SHOWN_AS: Readonly<Record<string, string>> = { OPAQUE: 'Busy', TRANSPARENT: 'Free' };
const PRIVACY: Readonly<Record<string, string>> = {
  PUBLIC: 'Public',
  PRIVATE: 'Private',
  CONFIDENTIAL: 'Confidential',
};

/** What stands in few events, and is shown only there. */
export function rareFacts(card: EventCard): readonly (readonly [label: string, words: string])[] {
  const facts = [
    ['Status', STATUSES[card.status] ?? card.status],
    ['Shown as', SHOWN_AS[card.transparency] ?? card.transparency],
    ['Privacy', PRIVACY[card.privacy] ?? card.privacy],
    ['Categories', card.categories.join(', ')],
  ] as const;
  return facts.filter(([, words]) => words !== '');
}

/** The words of one field of a comparison, as `fieldDifferences` of the engine names them; undefined for other fields. */
export function fieldWords(card: EventCard | null, field: string): string | null | undefined {
  if (card === null) return undefined;
  const some = (text: string): string | null => (text === '' ? null : text);
  switch (field) {
    case 'Start':
      return clock(card.start);
    case 'End':
      return clock(card.end);
    case 'Repeats':
      return card.recurrence === null ? null : recurrenceWords({ ...card.recurrence, changed: 0 });
    case 'Organizer':
      return card.organizer === null ? null : personWords(card.organizer);
    case 'Guests':
      return some(guestLines(card).join('\n'));
    case 'Alarms':
      return some(card.alarms.map(alarmWords).join('\n'));
    case 'Description':
      return some(card.text);
    case 'Changed instances':
      return some(card.instances.map(instanceWords).join('\n'));
    case 'Attachments':
      return some(card.attachments.map(({ name, what }) => (name === '' ? what : `${name}: ${what}`)).join('\n'));
    case 'Shown as':
      return some(SHOWN_AS[card.transparency] ?? card.transparency);
    case 'Privacy':
      return some(PRIVACY[card.privacy] ?? card.privacy);
    case 'Status':
      return some(STATUSES[card.status] ?? card.status);
    default:
      return undefined;
  }
}

function guestLines({ guests, moreGuests }: EventCard): readonly string[] {
  const lines = guests.map((guest) => `${personWords(guest)}: ${answerWords(guest)}`).sort();
  return moreGuests === 0 ? lines : [...lines, `${formatNumber(moreGuests)} more`];
}

function clock(time: EventTime | null): string | null {
  if (time === null) return null;
  const { here, there } = timeWords(time);
  return there === null ? here : `${here} (${there})`;
}

/** A field of two versions of an event. */
export interface ComparedField {
  readonly field: string;
  readonly before: string | null;
  readonly after: string | null;
}

/** The two sides of a field in words; where these are the same, the values as they are written, which are not. */
export function comparedField(
  { field, before, after }: ComparedField,
  older: EventCard | null,
  newer: EventCard | null,
): ComparedField {
  const [left, right] = [fieldWords(older, field), fieldWords(newer, field)];
  if (left === undefined || right === undefined || left === right) return { field, before, after };
  return { field, before: left, after: right };
}
