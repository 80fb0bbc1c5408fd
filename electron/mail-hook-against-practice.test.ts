import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PREDICTION_EVENTS } from '../e2e/servers/prediction-events.ts';
import { openStore } from './engine/caldav/objects/store.ts';
import type { CalendarStore } from './engine/caldav/types.ts';
import { summarise } from './engine/icalendar/summary/summarise.ts';
import type { ResourceSummary } from './engine/icalendar/types.ts';
import { notifiedContext } from './engine/jobs/target/message-context.ts';
import { notifiedBy } from './engine/scheduling/notified/notified.ts';
import { sumNotified } from './engine/scheduling/notified/testing/sum-notified.ts';
import type { NotifiedContext, NotifiedItem } from './engine/scheduling/types.ts';
import { startPractice, type PracticeServer } from './practice/server.ts';

/* Whom a Radicale with its mail hook writes to is what was predicted from what it answers. */

let practice: PracticeServer;
let store: CalendarStore;
let context: NotifiedContext;

beforeAll(async () => {
  practice = await startPractice({ samples: false, personality: 'radicale-hook-like' });
  const [alice] = practice.info.users;
  if (alice === undefined) throw new Error('There is no user.');
  const url = new URL(alice.calendar, practice.info.base_url).href;
  store = openStore(url, { url, user: alice.user, password: () => Promise.resolve(alice.password), concurrency: 1 });
  const { ownerAddresses, evidence } = await store.properties();
  context = notifiedContext({}, ownerAddresses, evidence, new Date());
});
afterAll(async () => {
  await store.close();
  await practice.close();
});

const event = (...lines: readonly string[]): string =>
  [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Hushcal//hook//EN',
    'BEGIN:VEVENT',
    'UID:UID',
    'DTSTAMP:20260101T000000Z',
  ]
    .concat(lines, ['END:VEVENT', 'END:VCALENDAR', ''])
    .join('\r\n');
const WHO = [
  'ORGANIZER:mailto:alice@example.com',
  'ATTENDEE;PARTSTAT=ACCEPTED:mailto:alice@example.com',
  'ATTENDEE;SCHEDULE-AGENT=NONE;ROLE=NON-PARTICIPANT:mailto:Bob@example.com',
  'ATTENDEE:urn:uuid:0f6e8f5a-5d0e-4d3b-9d7a-0a3f4f1d2c11',
  'ATTENDEE:mailto:ext@other.test',
];
const AHEAD = ['DTSTART:20990101T100000Z', 'DTEND:20990101T110000Z'];
const OVER = ['DTSTART:20200101T100000Z', 'DTEND:20200101T110000Z'];

interface Case {
  readonly name: string;
  readonly first: string;
  readonly second: string;
}

const CASES: readonly Case[] = [
  { name: 'to come', first: event(...AHEAD, ...WHO), second: event(...AHEAD, 'SUMMARY:Moved', ...WHO) },
  { name: 'over', first: event(...OVER, ...WHO), second: event(...OVER, 'SUMMARY:Moved', ...WHO) },
  {
    name: 'over, with a duration',
    first: event('DTSTART:20200101T100000Z', 'DURATION:PT1H', ...WHO),
    second: event('DTSTART:20200101T100000Z', 'DURATION:PT2H', ...WHO),
  },
  { name: 'without organizer', first: event(...AHEAD, ...WHO.slice(1)), second: event(...OVER, ...WHO.slice(1)) },
  { name: 'a guest less', first: event(...AHEAD, ...WHO), second: event(...AHEAD, 'SUMMARY:Less', ...WHO.slice(0, 3)) },
  ...PREDICTION_EVENTS,
];

/** It compares a few properties of the first component, and nobody who stays a guest hears of another change. */
const COMPARED: readonly string[] = [
  'update: organizer adds somebody inside',
  'update: organizer adds somebody outside',
  'update: organizer takes one outside off',
  'update: organizer takes one inside off',
  'update: organizer swaps the guests',
  'update: organizer takes everybody off',
  'update: organizer gives it a category',
  'update: organizer changes the own alarm',
  'update: organizer raises SEQUENCE only',
  'update: series',
  'update: series that never ends',
  'update: series: one instance is taken out',
  'update: series: one instance is moved',
  'update: series: the moved instance is moved again',
  'update: series: an instance with one guest more',
  'update: series: an instance with one guest less',
  'update: series: a guest joins one instance',
  'update: series: one instance is cancelled',
  'update: series on named days',
  'update: guest answers',
  'update: guest without PARTSTAT answers',
  'update: guest changes the answer',
  'update: guest changes a note',
  'update: guest changes the own alarm',
  'update: guest by the other address',
  'update: guest: the organizer schedules by NONE',
  'update: guest: the organizer schedules by CLIENT',
  'update: guest among others',
  'update: guest of a series',
  'update: guest of a series declines one instance',
  'update: guest of a series takes one instance out',
  'update: guest of bob answers',
  'update: guest of bob, accepted, declines',
];
/** It reads the guests of the first component alone. */
const FIRST_ALONE: readonly string[] = [
  'create: series: an instance with one guest more',
  'delete: series: an instance with one guest more',
  'delete: series: a guest joins one instance',
];
/** It looks at the end of the first instance. */
const FIRST_END: readonly string[] = [
  'create: a series that began long ago and goes on',
  'update: a series that began long ago and goes on',
];
/** Where the hook writes to fewer than the most that can happen. */
const FEWER = new Set([...COMPARED, ...FIRST_ALONE, ...FIRST_END]);

function summaryOf(text: string | null): ResourceSummary | null {
  return text === null ? null : (summarise(text)[0] ?? null);
}

interface Held {
  /** `METHOD address`, in the order in which they went out. */
  readonly mailed: readonly string[];
  /** Addresses that were to be written to. */
  readonly people: readonly string[];
  readonly notified: NotifiedItem;
}

let nth = 0;

/** Writes it, and gives who was written to and who was to be. */
async function write(uid: string, before: string | null, after: string | null): Promise<Held> {
  const [was, is] = [before, after].map((text) => text?.replaceAll('UID:UID', `UID:${uid}`) ?? null);
  const href = store.newHref(uid);
  practice.clearMessages();
  const there = (await store.get(href))?.etag ?? null;
  const quiet = { Scheduling: 'none', 'Schedule-Reply': 'F', 'Scheduling-Enabled': 'F' };
  const answer =
    typeof is === 'string'
      ? await store.put(
          href,
          Buffer.from(is),
          there === null ? { kind: 'absent' } : { kind: 'etag', etag: there },
          quiet,
        )
      : there === null
        ? null
        : await store.remove(href, there, quiet);
  if (answer?.kind !== 'done') throw new Error(JSON.stringify(answer));
  const change = typeof is !== 'string' ? 'delete' : typeof was !== 'string' ? 'create' : 'update';
  const notified = notifiedBy(change, summaryOf(is ?? null), summaryOf(was ?? null), context);
  return {
    mailed: practice.messages().map(({ method, to }) => `${method} ${to}`),
    people: [...notified.inside, ...notified.outside].map((address) => address.replace('mailto:', '')).sort(),
    notified,
  };
}

describe.each(CASES)('$name', ({ name, first, second }) => {
  it('mails those who were counted, when created, changed and deleted', async () => {
    const uid = `hook-${(nth += 1)}`;
    const steps = [
      ['create', await write(uid, null, first)],
      ['update', await write(uid, first, second)],
      ['delete', await write(uid, second, null)],
    ] as const;
    for (const [step, { mailed, people, notified }] of steps) {
      const to = mailed.map((line) => line.split(' ')[1] ?? '').sort();
      expect(notified.perMode.all).toMatchObject({ messages: people.length, calendars: 0 });
      if (!FEWER.has(`${step}: ${name}`)) expect([step, to]).toEqual([step, people]);
      else expect([to.length < people.length, to.every((one) => people.includes(one))]).toEqual([true, true]);
    }
  });
});

describe('the owner', () => {
  it('is mailed and counted like any guest, and no calendar changes', async () => {
    const { mailed, people, notified } = await write('hook-owner', null, event(...AHEAD, ...WHO));
    expect(mailed).toEqual(['REQUEST alice@example.com', 'REQUEST bob@example.com', 'REQUEST ext@other.test']);
    expect(people).toEqual(['alice@example.com', 'bob@example.com', 'ext@other.test']);
    expect(sumNotified([notified]).all).toMatchObject({ people: 3, messages: 3, calendars: 0 });
  });
});
