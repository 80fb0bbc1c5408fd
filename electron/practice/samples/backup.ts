import { componentLines, joinLines, ZONE_LINES, type Sample } from './write.ts';
import { clockAt, shared, type Clock } from './week.ts';

const id = (name: string): string => `${name}@samples.hushcal.example`;

/** Meetings that were lost: alice organizes, bob and carol are inside, eve and pat outside. */
function lostMeetings({ at, weekday }: Clock): Sample[] {
  const guests = { bob: 'ACCEPTED', carol: 'ACCEPTED', eve: 'ACCEPTED', pat: 'TENTATIVE' };
  const meeting = (name: string, summary: string, days: number, hour: number, more: Partial<Sample> = {}): Sample => ({
    uid: id(name),
    summary,
    start: at(days, hour),
    end: at(days, hour + 1),
    organizer: 'alice',
    guests,
    ...more,
  });
  const series = weekday(3, -3);
  const moved = weekday(3, 2);
  const monthly = weekday(2, -8);
  return [
    meeting('kickoff', 'Project kick-off', weekday(2, 1), 10, {
      location: 'Room Aspen',
      description: 'Agenda:\n1. Goals\n2. Roles\n3. Dates',
    }),
    meeting('partner-review', 'Partner review', weekday(4, 1), 14, { location: 'Video call' }),
    meeting('contract', 'Contract talks', weekday(5, 1), 9, {
      guests: { bob: 'ACCEPTED', eve: 'NEEDS-ACTION', pat: 'ACCEPTED' },
    }),
    meeting('workshop', 'Workshop: new help desk', weekday(2, 2), 13, {
      guests: { bob: 'NEEDS-ACTION', carol: 'ACCEPTED', eve: 'ACCEPTED', pat: 'ACCEPTED' },
      alarmMinutes: 60,
    }),
    meeting('roadmap', 'Roadmap', weekday(4, 3), 11, {
      guests: { bob: 'ACCEPTED', carol: 'DECLINED', eve: 'ACCEPTED', pat: 'ACCEPTED' },
    }),
    meeting('standup', 'Project stand-up', series, 9, {
      end: at(series, 9, 15),
      lines: ['RRULE:FREQ=WEEKLY;BYDAY=WE', `EXDATE;TZID=Europe/Berlin:${at(weekday(3, 1), 9)}`],
      overrides: [
        { at: at(moved, 9), start: at(moved, 11), end: at(moved, 11, 15), summary: 'Project stand-up (later)' },
      ],
    }),
    meeting('steering', 'Steering committee', monthly, 16, {
      lines: ['RRULE:FREQ=WEEKLY;INTERVAL=4;COUNT=8'],
      overrides: [
        { at: at(monthly + 28, 16), start: at(monthly + 29, 16), end: at(monthly + 29, 17) },
        {
          at: at(monthly + 84, 16),
          start: at(monthly + 84, 15),
          end: at(monthly + 84, 17),
          summary: 'Steering committee (long)',
        },
      ],
    }),
    meeting('launch-party', 'Launch party', weekday(5, -3), 17, { location: 'Roof' }),
    meeting('lessons', 'Lessons learned', weekday(1, -2), 10),
    meeting('audit', 'Audit', weekday(3, -5), 13, { guests: { carol: 'ACCEPTED', pat: 'ACCEPTED' } }),
    meeting('handover', 'Handover', weekday(4, -4), 15, { guests: { bob: 'ACCEPTED', eve: 'DECLINED' } }),
    meeting('alias-lunch', 'Lunch with the board', weekday(4, 2), 12, {
      organizer: 'alice.archer',
      guests: { bob: 'ACCEPTED', pat: 'ACCEPTED' },
    }),
  ];
}

/** Meetings of other people. */
function asGuest({ at, weekday }: Clock): Sample[] {
  return [
    {
      uid: id('bob-offsite'),
      summary: 'Team day',
      start: at(weekday(5, 2), 9),
      end: at(weekday(5, 2), 17),
      location: 'Lake house',
      organizer: 'bob',
      guests: { alice: 'ACCEPTED', carol: 'NEEDS-ACTION' },
    },
    {
      uid: id('olga-demo'),
      summary: 'Demo of the new release',
      start: at(weekday(2, 3), 15),
      end: at(weekday(2, 3), 16),
      location: 'https://meet.elsewhere.test/demo',
      organizer: 'olga',
      guests: { alice: 'TENTATIVE', pat: 'ACCEPTED' },
    },
  ];
}

const PLAIN: readonly (readonly [string, string, number, number, number])[] = [
  ['haircut', 'Haircut', 2, 1, 17],
  ['parents', 'Dinner with my parents', 6, 1, 18],
  ['car', 'Car inspection', 1, 2, 8],
  ['choir', 'Choir', 4, -1, 19],
  ['choir-2', 'Choir', 4, -2, 19],
  ['choir-3', 'Choir', 4, -3, 19],
  ['physio', 'Physiotherapy', 1, -1, 7],
  ['physio-2', 'Physiotherapy', 1, 1, 7],
  ['cinema', 'Cinema', 6, -1, 20],
  ['library', 'Return the books', 3, 1, 16],
  ['bank', 'Bank', 2, 2, 9],
  ['moving', 'Help Nora move', 6, 2, 10],
];

/** What has nobody else in it. */
function ownThings({ at, day, weekday }: Clock): Sample[] {
  const plain = PLAIN.map(([name, summary, weekdayNumber, weeks, hour]): Sample => {
    const days = weekday(weekdayNumber, weeks);
    return { uid: id(name), summary, start: at(days, hour), end: at(days, hour + 1) };
  });
  return [
    ...plain,
    {
      uid: id('holiday'),
      summary: 'Holiday',
      start: day(weekday(1, 5)),
      end: day(weekday(1, 6)),
      lines: ['TRANSP:OPAQUE'],
    },
    {
      uid: id('birthday'),
      summary: 'Birthday of Zoë',
      start: day(weekday(3, -20)),
      end: day(weekday(3, -20) + 1),
      lines: ['RRULE:FREQ=YEARLY'],
    },
    {
      uid: id('tax'),
      kind: 'VTODO',
      summary: 'Tax return',
      end: day(weekday(5, 4)),
      lines: ['STATUS:NEEDS-ACTION', 'PRIORITY:1'],
    },
    {
      uid: id('visa'),
      kind: 'VTODO',
      summary: 'Renew the passport',
      end: at(weekday(3, 2), 12),
      lines: ['STATUS:IN-PROCESS', 'PERCENT-COMPLETE:20'],
    },
    {
      uid: id('guitar'),
      summary: 'Guitar lesson',
      start: at(weekday(2, -9), 18),
      end: at(weekday(2, -9), 19),
      lines: ['RRULE:FREQ=WEEKLY;COUNT=20'],
      alarmMinutes: 15,
    },
  ];
}

/** What is in the calendar too: two objects were other in the backup, the rest is the same. */
function alsoThere(clock: Clock): Sample[] {
  return shared(clock).map((sample) => {
    if (sample.uid === id('budget-round'))
      return { ...sample, summary: 'Budget round (first date)', location: 'Room Aspen' };
    if (sample.uid === id('dentist'))
      return { ...sample, start: clock.at(clock.weekday(3), 10), end: clock.at(clock.weekday(3), 11) };
    return sample;
  });
}

/** An event that was cut off in the middle: its END is missing. */
const BROKEN = (clock: Clock): string[] => [
  'BEGIN:VEVENT',
  `UID:${id('broken')}`,
  `DTSTAMP:${clock.stamp}`,
  `DTSTART;TZID=Europe/Berlin:${clock.at(3, 9)}`,
  'SUMMARY:This one was cut off',
];

/** All that is in the sample backup. */
export function backupSamples(clock: Clock): readonly Sample[] {
  return [...lostMeetings(clock), ...asGuest(clock), ...alsoThere(clock), ...ownThings(clock)];
}

/** A backup as a calendar app exports it; the lines of `broken` stand in the middle. */
export function backupText(clock: Clock, samples: readonly Sample[], broken: readonly string[] = []): string {
  const cut = Math.floor(samples.length * 0.7);
  const lines = (part: readonly Sample[]): string[] => part.flatMap((sample) => componentLines(sample, clock.stamp));
  return joinLines([
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Hushcal//Sample backup//EN',
    'METHOD:PUBLISH',
    'X-WR-CALNAME:Alice',
    ...ZONE_LINES,
    ...lines(samples.slice(0, cut)),
    ...broken,
    ...lines(samples.slice(cut)),
    'END:VCALENDAR',
  ]);
}

/** The name of a backup made so many days from today. */
export function backupName(clock: Clock, days: number): string {
  const date = clock.day(days);
  return `alice-${date.slice(0, 4)}-${date.slice(4, 6)}-${date.slice(6)}.ics`;
}

/**
 * The sample backup of a first start: alice's calendar as it was, about 40 objects in one file. Against her sample
 * calendar a restore of it creates most, finds some unchanged and some changed, and rejects a broken one.
 */
export function sampleBackup(now: Date): { name: string; text: string } {
  const clock = clockAt(now);
  return { name: backupName(clock, 0), text: backupText(clock, backupSamples(clock), BROKEN(clock)) };
}
