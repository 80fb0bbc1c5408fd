import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { STANDARD_MODES } from '../shared/model/scheduling.ts';
import { openStore } from './engine/caldav/objects/store.ts';
import type { CalendarStore, ETag, ServerEvidence, WriteResult } from './engine/caldav/types.ts';
import { summarise } from './engine/icalendar/summary/summarise.ts';
import type { ResourceSummary } from './engine/icalendar/types.ts';
import { addressKey } from './engine/scheduling/addresses.ts';
import { QUIET_BUNDLE } from './engine/scheduling/bundle.ts';
import { deliversOf } from './engine/scheduling/notified/delivers.ts';
import { kindsByMode } from './engine/scheduling/notified/kinds.ts';
import { notifiedBy } from './engine/scheduling/notified/notified.ts';
import type { Delivers, NotifiedContext } from './engine/scheduling/types.ts';
import { PREDICTION_EVENTS } from '../e2e/servers/prediction-events.ts';
import { startPractice, type PracticeServer } from './practice/server.ts';

let practice: PracticeServer;
const stores = new Map<string, CalendarStore>();

async function open(personality: string): Promise<void> {
  practice = await startPractice({ samples: false, personality });
  for (const { user, password, calendar } of practice.info.users) {
    const url = new URL(calendar, practice.info.base_url).href;
    stores.set(user, openStore(url, { url, user, password: () => Promise.resolve(password), concurrency: 2 }));
  }
}
async function close(): Promise<void> {
  for (const store of stores.values()) await store.close();
  stores.clear();
  await practice.close();
}

function storeOf(user: string): CalendarStore {
  const store = stores.get(user);
  if (store === undefined) throw new Error(`There is no ${user}.`);
  return store;
}

/** An event in 2031 of the given content lines; `UID` stands for the case's own. */
const vevent = (...lines: readonly string[]): string =>
  ['BEGIN:VEVENT', 'UID:UID', 'DTSTAMP:20260101T000000Z', ...lines, 'END:VEVENT'].join('\r\n');
const calendar = (...components: readonly string[]): string =>
  ['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//Hushcal//told//EN', ...components, 'END:VCALENDAR', ''].join('\r\n');
const AT = ['DTSTART:20310101T100000Z', 'DTEND:20310101T110000Z', 'SUMMARY:Meeting'];
const LATER = ['DTSTART:20310101T150000Z', 'DTEND:20310101T160000Z', 'SUMMARY:Meeting'];
const by = (address: string, more = ''): string => `ORGANIZER${more}:mailto:${address}`;
const guest = (address: string, more = ''): string => `ATTENDEE${more}:mailto:${address}`;
const of = (...lines: readonly string[]): string => calendar(vevent(...AT, ...lines));

const [ALICE, OTHER, BOB, CAROL] = [
  'alice@example.com',
  'alice.archer@example.com',
  'bob@example.com',
  'carol@example.com',
];
const [EXT, EXT2, BOSS] = ['ext@other.test', 'ext2@other.test', 'boss@other.test'];
const YES = ';PARTSTAT=ACCEPTED';
const invited = (answer: string): string => of(by(BOSS), guest(BOSS, YES), guest(ALICE, answer));
const organized = of(by(ALICE), guest(ALICE, YES), guest(BOB), guest(EXT));
const series = (exdate: readonly string[] = []): string =>
  of('RRULE:FREQ=WEEKLY;COUNT=5', ...exdate, by(ALICE), guest(ALICE, YES), guest(BOB), guest(EXT));
const override = vevent(
  'RECURRENCE-ID:20310108T100000Z',
  'DTSTART:20310108T120000Z',
  'DTEND:20310108T130000Z',
  'SUMMARY:Meeting',
  by(ALICE),
  guest(ALICE, YES),
  guest(BOB),
  guest(EXT),
  guest(EXT2),
);
const withOverride = calendar(
  vevent(...AT, 'RRULE:FREQ=WEEKLY;COUNT=5', by(ALICE), guest(ALICE, YES), guest(BOB), guest(EXT)),
  override,
);

const called = (text: string): string => text.replaceAll('SUMMARY:Meeting', 'STATUS:CANCELLED\r\nSUMMARY:Meeting');
const calledOverride = calendar(
  vevent(...AT, 'RRULE:FREQ=WEEKLY;COUNT=5', by(ALICE), guest(ALICE, YES), guest(BOB), guest(EXT), guest(EXT2)),
  called(override),
);

const atBob = of(by(BOB), guest(BOB, YES), guest(ALICE));

const withCarol = (answer: string): string =>
  of(by(BOB), guest(BOB, YES), guest(ALICE, answer), guest(CAROL), guest(EXT));

/** What stands there before, what is stored; null: nothing, or it is deleted. `atBob` is what bob, and carol where she is a guest of it, have beforehand. */
type Case = readonly [name: string, before: string | null, after: string | null, atBob: string | null];

const FIRST: readonly (readonly [name: string, before: string | null, after: string | null, atBob?: string])[] = [
  ['plain event', null, of()],
  ['guests without an organizer', null, of(guest(BOB), guest(EXT))],
  ['stranger: neither organizer nor guest', null, of(by(BOSS), guest(BOSS, YES), guest(EXT))],
  ['organizer: one inside', null, of(by(ALICE), guest(BOB))],
  ['organizer: one outside', null, of(by(ALICE), guest(EXT))],
  ['organizer: inside and outside', null, organized],
  ['organizer: two inside, two outside', null, of(by(ALICE), guest(BOB), guest(CAROL), guest(EXT), guest(EXT2))],
  ['organizer by the other address', null, of(by(OTHER), guest(OTHER), guest(BOB), guest(EXT))],
  ['organizer: own other address is a guest', null, of(by(ALICE), guest(OTHER), guest(EXT))],
  ['organizer, upper case', null, of('ORGANIZER:MAILTO:ALICE@EXAMPLE.COM', guest(BOB))],
  ['organizer alone', null, of(by(ALICE), guest(ALICE, YES))],
  ['organizer: SCHEDULE-AGENT=NONE', null, of(by(ALICE), guest(BOB, ';SCHEDULE-AGENT=NONE'), guest(EXT))],
  ['organizer: SCHEDULE-AGENT=CLIENT', null, of(by(ALICE), guest(BOB), guest(EXT, ';SCHEDULE-AGENT=CLIENT'))],
  ['organizer: SCHEDULE-AGENT=SERVER', null, of(by(ALICE), guest(EXT, ';SCHEDULE-AGENT=SERVER'))],
  ['organizer: series', null, series()],
  ['organizer: override with one guest more', null, withOverride],
  ['organizer: answers in the backup', null, of(by(ALICE), guest(BOB, YES), guest(EXT, ';PARTSTAT=DECLINED'))],
  ['organizer moves it', organized, calendar(vevent(...LATER, by(ALICE), guest(ALICE, YES), guest(BOB), guest(EXT)))],
  ['organizer stores the same', organized, organized],
  ['organizer adds a guest', organized, of(by(ALICE), guest(ALICE, YES), guest(BOB), guest(EXT), guest(EXT2))],
  ['organizer takes one off', organized, of(by(ALICE), guest(ALICE, YES), guest(BOB))],
  ['organizer excludes one instance', series(), series(['EXDATE:20310115T100000Z'])],
  ['organizer deletes', organized, null],
  ['organizer deletes a series', series(), null],
  ['organizer deletes what has no guests', of(by(ALICE), guest(ALICE)), null],
  ['plain event becomes a meeting', of(), organized],
  ['plain event is changed', of(), calendar(vevent(...LATER))],
  ['plain event is deleted', of(), null],
  ['guest, not answered', null, invited(';PARTSTAT=NEEDS-ACTION')],
  ['guest, no PARTSTAT', null, invited('')],
  ['guest, accepted', null, invited(YES)],
  ['guest, declined', null, invited(';PARTSTAT=DECLINED')],
  ['guest, tentative, by the other address', null, of(by(BOSS), guest(OTHER, ';PARTSTAT=TENTATIVE'))],
  ['guest: the organizer schedules himself', null, of(by(BOSS, ';SCHEDULE-AGENT=NONE'), guest(ALICE, YES))],
  ['guest answers', invited(';PARTSTAT=NEEDS-ACTION'), invited(YES)],
  ['guest changes the answer', invited(YES), invited(';PARTSTAT=DECLINED')],
  ['guest changes a note', invited(YES), invited(YES).replace('END:VEVENT', 'COMMENT:mine\r\nEND:VEVENT')],
  ['guest deletes, not answered', invited(';PARTSTAT=NEEDS-ACTION'), null],
  ['guest deletes, accepted', invited(YES), null],
  ['guest deletes, declined', invited(';PARTSTAT=DECLINED'), null],
  ['guest of somebody inside, accepted', null, of(by(BOB), guest(BOB, YES), guest(ALICE, YES)), atBob],
  ['guest of somebody inside deletes', of(by(BOB), guest(BOB, YES), guest(ALICE, YES)), null, atBob],
  ['guest of somebody inside with another guest, accepted', null, withCarol(YES), withCarol('')],
  ['guest of somebody inside with another guest answers', withCarol(''), withCarol(YES), withCarol('')],
  ['guest of somebody inside with another guest deletes', withCarol(YES), null, withCarol(YES)],
  ['stranger deletes', of(by(BOSS), guest(EXT)), null],
  ['cancelled already: organizer creates', null, called(organized)],
  ['cancelled already: organizer deletes', called(organized), null],
  ['cancelled already: organizer changes it', called(organized), called(organized).replace('Meeting', 'Off')],
  ['cancelled already: a series with an override', null, called(withOverride)],
  ['cancelled already: guest, accepted, creates', null, called(invited(YES))],
  ['cancelled already: guest, accepted, deletes', called(invited(YES)), null],
  ['only the override is cancelled', null, calledOverride],
  ['organizer cancels', organized, called(organized)],
  ['organizer brings back what was cancelled', called(organized), organized],
];

/** The events that the real servers are held against, each created, changed and deleted. */
const CASES: readonly Case[] = [
  ...FIRST.map(([name, before, after, atBob = null]): Case => [name, before, after, atBob]),
  ...PREDICTION_EVENTS.flatMap(({ name, first, second, atBob }): readonly Case[] => {
    const there = atBob ?? null;
    return [
      [`create: ${name}`, null, first, there],
      [`update: ${name}`, first, second, there],
      [`delete: ${name}`, second, null, there],
    ];
  }),
];

/** Where the practice server tells fewer people than the most that can happen, and why; or says it in another way. */
const FEWER: ReadonlyMap<string, string> = new Map([
  ['update: organizer changes the own alarm', 'alarms are nobody else’s business'],
  ['update: organizer raises SEQUENCE only', 'a number alone says nothing'],
  ['update: series: an instance with one guest less', 'only guests of the instance are notified of its change'],
]);
const INSTANCE_CANCELLED = ['organizer excludes one instance', 'update: series: one instance is taken out'];

const context = (delivers?: Delivers): NotifiedContext => ({
  ...(delivers === undefined ? {} : { delivers }),
  ownAddresses: practice.info.users.find((one) => one.user === 'alice')?.addresses ?? [],
  insideDomains: new Set(['example.com']),
  now: Date.now(),
});

let nth = 0;

function done(result: WriteResult): ETag | null {
  if (result.kind !== 'done') throw new Error(JSON.stringify(result));
  return result.etag;
}

/** Of what alice has now, by UID. */
const etags = new Map<string, ETag | null>();

async function write(uid: string, text: string | null, mode: string): Promise<void> {
  const store = storeOf('alice');
  const href = store.newHref(uid);
  const etag = etags.get(uid) ?? null;
  const headers = { Scheduling: mode, ...(mode === 'none' ? QUIET_BUNDLE : {}) };
  if (text === null) {
    if (etag !== null) done(await store.remove(href, etag, headers));
    etags.delete(uid);
    return;
  }
  const when = etag === null ? ({ kind: 'absent' } as const) : ({ kind: 'etag', etag } as const);
  const written = done(await store.put(href, Buffer.from(text.replaceAll('UID:UID', `UID:${uid}`)), when, headers));
  etags.set(uid, written ?? (await store.get(href))?.etag ?? null);
}

type Listed = Awaited<ReturnType<CalendarStore['list']>>['objects'];

/** Everything in the calendars of the others. */
async function calendarsOfOthers(): Promise<ReadonlyMap<string, Listed>> {
  const all = new Map<string, Listed>();
  for (const user of ['bob', 'carol']) all.set(user, (await storeOf(user).list()).objects);
  return all;
}

function asText(listed: Listed = []): string {
  return listed
    .map(({ href, etag }) => `${href} ${etag ?? ''}`)
    .sort()
    .join('\n');
}

/** What a case left with the others: hundreds of them would be listed with each that follows. */
async function emptyOthers(calendars: ReadonlyMap<string, Listed>): Promise<void> {
  for (const [user, listed] of calendars) {
    for (const { href, etag } of listed) {
      if (etag === null) throw new Error(`${href} has no ETag.`);
      done(await storeOf(user).remove(href, etag, { Scheduling: 'none', ...QUIET_BUNDLE }));
    }
  }
}

function summaryOf(text: string | null): ResourceSummary | null {
  return text === null ? null : (summarise(text)[0] ?? null);
}

async function prepareOthers(uid: string, text: string | null): Promise<void> {
  if (text === null) return;
  const body = Buffer.from(text.replaceAll('UID:UID', `UID:${uid}`));
  for (const user of text.includes(CAROL) ? ['bob', 'carol'] : ['bob']) {
    const store = storeOf(user);
    done(await store.put(store.newHref(uid), body, { kind: 'absent' }, QUIET_BUNDLE));
  }
}

/** No number is higher, and where somebody was to be told one is lower. */
function fewer(captured: Readonly<Record<string, number>>, most: Readonly<Record<string, number>>): boolean {
  const names = Object.keys(most);
  const less = names.some((name) => (captured[name] ?? 0) < (most[name] ?? 0));
  return names.every((name) => (captured[name] ?? 0) <= (most[name] ?? 0)) && (less || most['outside'] === 0);
}

describe.each(STANDARD_MODES)('what the practice server captures in mode %s is what was predicted', (mode) => {
  beforeAll(() => open('default'));
  afterAll(close);
  it.each(CASES)('%s', async (name, before, after, atBob) => {
    const uid = `told-${(nth += 1)}`;
    await prepareOthers(uid, atBob);
    if (before !== null) await write(uid, before, 'all');
    const calendarsBefore = await calendarsOfOthers();
    practice.clearMessages();
    await write(uid, after, mode);
    const messages = practice.messages();
    const calendarsAfter = await calendarsOfOthers();
    const change = after === null ? 'delete' : before === null ? 'create' : 'update';
    const notified = notifiedBy(change, summaryOf(after), summaryOf(before), context());
    const to = (kind: string): number =>
      new Set(messages.filter((one) => one.kind === kind).map((one) => addressKey(one.to))).size;
    const { inside, outside, messages: count, calendars: predicted } = notified.perMode[mode];
    const { invitation, update, cancellation, reply } = kindsByMode([notified])[mode];
    const by = (method: string): number => messages.filter((one) => one.method === method).length;
    const changed = [...calendarsAfter].filter(
      ([user, listed]) => asText(calendarsBefore.get(user)) !== asText(listed),
    ).length;
    const captured = {
      inside: to('inbox'),
      outside: to('imip'),
      messages: messages.length,
      calendars: changed,
      REQUEST: by('REQUEST'),
      CANCEL: by('CANCEL'),
      REPLY: by('REPLY'),
    };
    const methods = INSTANCE_CANCELLED.includes(name)
      ? { REQUEST: invitation, CANCEL: update + cancellation, REPLY: reply }
      : { REQUEST: invitation + update, CANCEL: cancellation, REPLY: reply };
    const most = { inside, outside, messages: count, calendars: predicted, ...methods };
    if (FEWER.has(name)) expect(fewer(captured, most)).toBe(true);
    else expect(captured).toEqual(most);
    await write(uid, null, 'none');
    await emptyOthers(calendarsAfter);
  });
});

/** A version of each broker of the sabre family, and by what it is known. */
const BROKERS: readonly (readonly [personality: string, known: Partial<ServerEvidence>])[] = [
  ['sabre-like', { headers: { 'x-sabre-version': '4.7.0' } }],
  ['nextcloud-31-like', { statusPage: { product: 'Nextcloud', version: '31.0.11' } }],
  ['nextcloud-33-like', { statusPage: { product: 'Nextcloud', version: '33.0.3' } }],
  ['nextcloud-34-like', { statusPage: { product: 'Nextcloud', version: '34.0.1' } }],
];

/** Updates that these brokers think insignificant: they mail nobody of them, and deliver them to people inside. */
const INSIGNIFICANT = [
  'organizer stores the same',
  'update: organizer stores the same',
  'organizer adds a guest',
  'update: organizer adds somebody inside',
  'update: organizer takes one inside off',
  'update: organizer changes the own alarm',
  'update: organizer raises SEQUENCE only',
  'update: organizer gives it a category',
  'update: series: a guest joins one instance',
];
/** No mail to an external guest who is taken off. */
const TAKEN_OFF = [
  'organizer takes one off',
  'update: organizer takes one outside off',
  'update: organizer takes everybody off',
  'update: organizer swaps the guests',
];
/** Where a broker tells fewer people outside than the most that can happen. */
const FEWER_OUTSIDE: Readonly<Record<string, readonly string[]>> = {
  'sabre-like': [
    ...INSIGNIFICANT,
    'update: organizer renames it',
    'update: organizer gives it a place',
    'update: organizer writes a description',
  ],
  'nextcloud-31-like': INSIGNIFICANT,
  'nextcloud-33-like': INSIGNIFICANT,
  'nextcloud-34-like': TAKEN_OFF,
};

let stamp = 0;

/** As calendar programs write it: the mail plugin of Nextcloud asks what was changed. */
function stamped(text: string): string {
  const time = new Date(Date.UTC(2026, 1, 1) + (stamp += 1) * 1000).toISOString().replace(/[-:]|\.\d+/g, '');
  return text.replaceAll(/^(DTSTAMP:.*)$/gm, `$1\nLAST-MODIFIED:${time}`).replaceAll(/\r?\n/g, '\r\n');
}

/** How many messages each person got, or is to get. */
function countsOf(people: Iterable<readonly [address: string, messages: number]>): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const [address, messages] of people) counts[address] = (counts[address] ?? 0) + messages;
  return Object.fromEntries(Object.entries(counts).sort());
}

describe.each(BROKERS)('what %s captures is what was predicted', (name, known) => {
  const server: ServerEvidence = {
    davTokens: new Set(name.startsWith('nextcloud') ? ['nc-calendar-trashbin'] : ['calendar-auto-schedule']),
    allow: new Set(),
    headers: {},
    checkedAt: '2026-11-28T00:00:00Z',
    ...known,
  };
  const delivers = deliversOf(server);
  beforeAll(() => open(name));
  afterAll(close);

  it('is known by what it delivers', () => {
    const apart = name === 'nextcloud-34-like' ? { cancelsApart: true } : {};
    expect(delivers).toMatchObject({ everyUpdate: true, cancelled: true, ownGuests: true, ...apart });
  });

  it.each(CASES)('%s', async (title, before, after, atBob) => {
    const uid = `told-${(nth += 1)}`;
    await prepareOthers(uid, atBob);
    if (before !== null) await write(uid, stamped(before), 'none');
    practice.clearMessages();
    await write(uid, after === null ? null : stamped(after), 'all');
    const messages = practice.messages();
    const change = after === null ? 'delete' : before === null ? 'create' : 'update';
    const notified = notifiedBy(change, summaryOf(after), summaryOf(before), context(delivers));
    const { inside, outside, several, perMode } = notified;
    const most = countsOf([...inside, ...outside].map((one) => [one, several?.get(one) ?? 1]));
    const captured = countsOf(messages.map(({ to }) => [addressKey(to), 1]));
    const over = Object.entries(captured).filter(([one, count]) => count > (most[one] ?? 0));
    expect(over).toEqual([]);
    expect(Object.values(most).reduce((sum, count) => sum + count, 0)).toBe(perMode.all.messages);
    // A guest's answers are those of RFC 6638 here: the family gives more of them, and the number counts these.
    const { reply } = kindsByMode([notified]).all;
    if (reply > 0) expect(messages.map(({ method }) => method)).toEqual(messages.length === 0 ? [] : ['REPLY']);
    else if (FEWER_OUTSIDE[name]?.includes(title) === true) {
      const fewer = Object.keys(most).filter((one) => captured[one] !== most[one]);
      expect(fewer.filter((one) => !outside.includes(one))).toEqual([]);
      expect(fewer).not.toEqual([]);
    } else expect(captured).toEqual(most);
    await write(uid, null, 'none');
  });
});
