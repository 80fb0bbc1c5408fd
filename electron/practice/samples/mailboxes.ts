import { clockAt } from './week.ts';
import { componentLines, joinLines, ZONE_LINES, type Sample } from './write.ts';

/** A backup of one mailbox, as a file. */
interface SampleMailbox {
  readonly user: string;
  readonly name: string;
  readonly text: string;
}

const id = (name: string): string => `${name}@mailboxes.hushcal.example`;
const USERS = ['alice', 'bob', 'carol'] as const;
const PER_USER = 12;

/**
 * Three mailboxes that move together: each organizes meetings with the other two and with somebody outside, and holds
 * its own copy of theirs; some are over, some are to come.
 */
export function sampleMailboxes(now: Date): readonly SampleMailbox[] {
  const clock = clockAt(now);
  const meetings = USERS.flatMap((organizer, at) => meetingsOf(organizer, at, clock));
  return USERS.map((user) => {
    const own = meetings.filter(({ organizer, guests }) => organizer === user || guests?.[user] !== undefined);
    const lines = [...own, ...aloneOf(user, clock)].flatMap((sample) => componentLines(sample, clock.stamp));
    const calendar = [
      'BEGIN:VCALENDAR',
      'VERSION:2.0',
      'PRODID:-//Old mail//EN',
      ...ZONE_LINES,
      ...lines,
      'END:VCALENDAR',
    ];
    return { user, name: `${user}.ics`, text: joinLines(calendar) };
  });
}

type Clock = ReturnType<typeof clockAt>;

function meetingsOf(organizer: string, at: number, clock: Clock): readonly Sample[] {
  const others = USERS.filter((user) => user !== organizer);
  return Array.from({ length: PER_USER }, (_, index) => {
    const day = (index - 4) * 5 + at;
    const inside = Object.fromEntries(others.map((user, place) => [user, ANSWERS[(index + place) % 3] ?? 'ACCEPTED']));
    const outside: Readonly<Record<string, string>> =
      index % 3 === 0 ? { eve: 'ACCEPTED' } : index % 4 === 1 ? { pat: 'TENTATIVE' } : {};
    return {
      uid: id(`${organizer}-${String(index)}`),
      summary: `${TITLES[index % TITLES.length] ?? ''} (${organizer})`,
      start: clock.at(day, 9 + (index % 7)),
      end: clock.at(day, 10 + (index % 7)),
      organizer,
      guests: { ...inside, ...outside },
    };
  });
}

function aloneOf(user: string, clock: Clock): readonly Sample[] {
  return ['Dentist', 'Car to the garage', 'Holiday'].map((summary, index) => ({
    uid: id(`${user}-alone-${String(index)}`),
    summary,
    start: clock.at(index * 9 - 6, 8),
    end: clock.at(index * 9 - 6, 9),
  }));
}

const ANSWERS = ['ACCEPTED', 'TENTATIVE', 'NEEDS-ACTION'] as const;
const TITLES = ['Weekly planning', 'Budget round', 'Supplier call', 'Release meeting', 'One to one'] as const;
