import type { Sample } from './write.ts';

/** Reads and writes days around a day: `at(1, 10, 30)` is tomorrow at half past ten. */
export interface Clock {
  readonly at: (days: number, hour: number, minute?: number) => string;
  readonly day: (days: number) => string;
  /** The nearest weekday (1 = Monday) at or before today, moved by so many weeks; in days from today. */
  readonly weekday: (weekday: number, weeks?: number) => number;
  /** For DTSTAMP. */
  readonly stamp: string;
}

const DAY = 86_400_000;
const two = (n: number): string => String(n).padStart(2, '0');

export function clockAt(now: Date): Clock {
  const midnight = Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), now.getUTCDate());
  const day = (days: number): string => new Date(midnight + days * DAY).toISOString().slice(0, 10).replace(/-/g, '');
  const today = new Date(midnight).getUTCDay();
  return {
    day,
    at: (days, hour, minute = 0) => `${day(days)}T${two(hour)}${two(minute)}00`,
    weekday: (weekday, weeks = 0) => weekday - ((today + 6) % 7) - 1 + weeks * 7,
    stamp: `${day(-30)}T080000Z`,
  };
}

/** A meeting with its owner's calendar; the guests inside have the same object. */
export interface Placed {
  readonly owner: string;
  readonly sample: Sample;
}

const one = (owner: string, sample: Sample): Placed => ({ owner, sample });

/** Meetings that alice's sample calendar and the sample backup share, as they are in the calendar now. */
export function shared(clock: Clock): Sample[] {
  const { at, day, weekday } = clock;
  const monday = weekday(1, -6);
  const override = weekday(1, 1);
  return [
    {
      uid: 'weekly-team@samples.hushcal.example',
      summary: 'Weekly team meeting',
      start: at(monday, 9, 30),
      end: at(monday, 10, 15),
      location: 'Room Aspen',
      lines: ['RRULE:FREQ=WEEKLY;BYDAY=MO'],
      organizer: 'alice',
      guests: { bob: 'ACCEPTED', carol: 'TENTATIVE' },
      overrides: [
        {
          at: at(override, 9, 30),
          start: at(override, 14),
          end: at(override, 14, 45),
          summary: 'Weekly team meeting (afternoon)',
        },
      ],
    },
    {
      uid: 'dentist@samples.hushcal.example',
      summary: 'Dentist',
      start: at(weekday(3), 8),
      end: at(weekday(3), 9),
      location: 'Main Street 12',
      alarmMinutes: 30,
    },
    {
      uid: 'school-holiday@samples.hushcal.example',
      summary: 'School holiday',
      start: day(weekday(5)),
      end: day(weekday(5) + 1),
    },
    {
      uid: 'expenses@samples.hushcal.example',
      kind: 'VTODO',
      summary: 'Send in travel expenses',
      end: day(weekday(5)),
      lines: ['STATUS:NEEDS-ACTION', 'PRIORITY:5'],
    },
    {
      uid: 'retro@samples.hushcal.example',
      summary: 'Retrospective',
      start: at(weekday(5, -1), 15),
      end: at(weekday(5, -1), 16),
      organizer: 'alice',
      guests: { bob: 'ACCEPTED', carol: 'ACCEPTED' },
    },
    {
      uid: 'budget-round@samples.hushcal.example',
      summary: 'Budget round',
      start: at(weekday(2, 1), 13),
      end: at(weekday(2, 1), 14, 30),
      location: 'Room Birch',
      description: 'Second draft of the budget.\nBring the numbers of your team.',
      organizer: 'alice',
      guests: { bob: 'ACCEPTED', carol: 'NEEDS-ACTION', pat: 'ACCEPTED' },
    },
    {
      uid: 'bob-one-to-one@samples.hushcal.example',
      summary: 'One to one with Bob',
      start: at(weekday(4), 11),
      end: at(weekday(4), 11, 45),
      organizer: 'bob',
      guests: { alice: 'ACCEPTED' },
    },
  ];
}

/** Everything that lies in the sample calendars, a lived-in week around today. */
export function week(clock: Clock): Placed[] {
  const { at, day, weekday } = clock;
  const more: Placed[] = [
    one('alice', {
      uid: 'running@samples.hushcal.example',
      summary: 'Running',
      start: at(weekday(6), 9),
      end: at(weekday(6), 10),
    }),
    one('bob', {
      uid: 'vendor-call@samples.hushcal.example',
      summary: 'Call with the vendor',
      start: at(weekday(3), 16),
      end: at(weekday(3), 17),
      organizer: 'bob',
      guests: { carol: 'ACCEPTED', pat: 'NEEDS-ACTION' },
    }),
    one('bob', {
      uid: 'bob-holiday@samples.hushcal.example',
      summary: 'Day off',
      start: day(weekday(5, 2)),
      end: day(weekday(5, 2) + 1),
    }),
    one('bob', {
      uid: 'bob-review@samples.hushcal.example',
      summary: 'Read the contract',
      kind: 'VTODO',
      end: day(weekday(4)),
      lines: ['STATUS:IN-PROCESS', 'PERCENT-COMPLETE:40'],
    }),
    one('carol', {
      uid: 'interview@samples.hushcal.example',
      summary: 'Interview: support engineer',
      start: at(weekday(2), 10),
      end: at(weekday(2), 11),
      location: 'Room Cedar',
      organizer: 'carol',
      guests: { bob: 'ACCEPTED', eve: 'ACCEPTED' },
    }),
    one('carol', {
      uid: 'yoga@samples.hushcal.example',
      summary: 'Yoga',
      start: at(weekday(4, -4), 18),
      end: at(weekday(4, -4), 19),
      lines: ['RRULE:FREQ=WEEKLY'],
    }),
    one('carol', {
      uid: 'carol-conference@samples.hushcal.example',
      summary: 'Conference',
      start: day(weekday(1, 3)),
      end: day(weekday(4, 3)),
      location: 'Lisbon',
    }),
  ];
  return [...shared(clock).map((sample) => one(sample.organizer ?? 'alice', sample)), ...more];
}
