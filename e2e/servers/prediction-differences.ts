import type { Change } from './prediction.ts';
import type { ServerName } from './harness.ts';

/** Where a server tells fewer people than the plan said, and why. The plan's number is the most that can happen. */
export interface Difference {
  readonly server: ServerName;
  readonly reason: string;
  /** Names of events; all when left out. */
  readonly events?: readonly string[];
  readonly changes: readonly Change[];
  /** How many fewer, exactly; `inside` are those to people inside. */
  readonly messages: number | 'inside' | 'all';
  readonly calendars: number | 'all';
  /** The messages are of this method instead. */
  readonly as?: 'REQUEST' | 'CANCEL';
}

const ALWAYS: readonly Change[] = ['create', 'delete', 'create again', 'update', 'undo of the update'];
const CREATES: readonly Change[] = ['create', 'create again'];
const UPDATES: readonly Change[] = ['update', 'undo of the update'];
const UNDO: readonly Change[] = ['undo of the update'];

const LONG_OVER = [
  'over for years',
  'over for years, outside only',
  'over for ten days',
  'a series that is over',
  'guest of what is over',
];
const SMALL = ['organizer gives it a category', 'organizer changes the own alarm'];

const cyrus = (reason: string, row: Omit<Difference, 'server' | 'reason'>): Difference => ({
  server: 'cyrus',
  reason,
  ...row,
});
const sogo = (reason: string, row: Omit<Difference, 'server' | 'reason'>): Difference => ({
  server: 'sogo',
  reason,
  ...row,
});

const NOT_HERE = 'the domain is inside, but nobody of that address has a calendar here';
const COME_AND_GO = 'only those who come or go are told, not the other guests';
const NO_ITEM =
  'a copy that knows this SEQUENCE or a higher one is changed without an item in the inbox; mail goes out all the same';

const CYRUS: readonly Difference[] = [
  cyrus('silent about what ended more than a week ago (caldav_historical_age: 7d)', {
    events: LONG_OVER,
    changes: ALWAYS,
    messages: 'all',
    calendars: 'all',
  }),
  cyrus(`${NOT_HERE}; mail is sent instead`, {
    events: ['organizer: own other address is a guest'],
    changes: ALWAYS,
    messages: 0,
    calendars: 'all',
  }),
  cyrus('only time, rule, title, place and description count as a change', {
    events: [...SMALL, 'organizer raises SEQUENCE only'],
    changes: UPDATES,
    messages: 'all',
    calendars: 'all',
  }),
  cyrus(COME_AND_GO, {
    events: ['organizer adds somebody inside', 'organizer takes one inside off'],
    changes: UPDATES,
    messages: 1,
    calendars: 0,
  }),
  cyrus(COME_AND_GO, {
    events: ['organizer adds somebody outside', 'organizer takes one outside off'],
    changes: UPDATES,
    messages: 1,
    calendars: 1,
  }),
  cyrus(`${COME_AND_GO}; and ${NO_ITEM}`, {
    events: ['organizer takes one inside off'],
    changes: UNDO,
    messages: 2,
    calendars: 0,
  }),
  cyrus(NO_ITEM, { events: ['organizer swaps the guests'], changes: UNDO, messages: 1, calendars: 0 }),
  cyrus('guests and status of a single instance do not count as a change', {
    events: ['series: a guest joins one instance', 'series: one instance is cancelled'],
    changes: UPDATES,
    messages: 'all',
    calendars: 'all',
  }),
  cyrus('an instance that goes back to its series does not count as a change', {
    events: ['series: one instance is moved'],
    changes: UNDO,
    messages: 'all',
    calendars: 'all',
  }),
  cyrus(`only guests of the changed instance are told; and ${NO_ITEM}`, {
    events: ['series: an instance with one guest less'],
    changes: ['update'],
    messages: 2,
    calendars: 0,
  }),
  cyrus('only guests of the changed instance are told', {
    events: ['series: an instance with one guest less'],
    changes: UNDO,
    messages: 1,
    calendars: 0,
  }),
  cyrus('a meeting without its ORGANIZER is just stored', {
    events: ['plain event becomes a meeting'],
    changes: UNDO,
    messages: 'all',
    calendars: 'all',
  }),
  cyrus(NO_ITEM, { changes: ['create again', 'update', 'undo of the update'], messages: 'inside', calendars: 0 }),
];

const SOGO: readonly Difference[] = [
  sogo('sends no mail about what is over; calendars change all the same', {
    events: [...LONG_OVER, 'over for three days'],
    changes: ALWAYS,
    messages: 'all',
    calendars: 0,
  }),
  sogo(`${NOT_HERE}; mail is sent instead`, {
    events: ['organizer: own other address is a guest'],
    changes: ALWAYS,
    messages: 0,
    calendars: 'all',
  }),
  sogo('cancels what was never in the calendars of those guests', {
    events: [
      'organizer by the other address',
      'guest by the other address',
      'guests without an organizer',
      'a meeting of others inside',
    ],
    changes: ['delete'],
    messages: 0,
    calendars: 'all',
  }),
  sogo('writes no copies of single instances without their series', {
    events: ['single instances without a series'],
    changes: ALWAYS,
    messages: 0,
    calendars: 'all',
  }),
  sogo('a NON-PARTICIPANT is not told', {
    events: ['organizer: an optional guest'],
    changes: ALWAYS,
    messages: 1,
    calendars: 0,
  }),
  sogo('who comes to one instance only is not told when the series is new', {
    events: ['series: an instance with one guest more'],
    changes: CREATES,
    messages: 1,
    calendars: 0,
  }),
  sogo('who declined is not told of the cancellation', {
    events: ['organizer: answers in the backup'],
    changes: ['delete'],
    messages: 1,
    calendars: 0,
  }),
  sogo(COME_AND_GO, {
    events: [
      'organizer adds somebody inside',
      'organizer takes one inside off',
      'series: an instance with one guest less',
    ],
    changes: UPDATES,
    messages: 1,
    calendars: 0,
  }),
  sogo(COME_AND_GO, {
    events: ['organizer adds somebody outside', 'organizer takes one outside off'],
    changes: UPDATES,
    messages: 1,
    calendars: 1,
  }),
  sogo(COME_AND_GO, {
    events: ['series: a guest joins one instance'],
    changes: UPDATES,
    messages: 2,
    calendars: 1,
  }),
  sogo('a description or a SEQUENCE alone reaches the calendars without a mail', {
    events: ['organizer writes a description', 'organizer raises SEQUENCE only'],
    changes: UPDATES,
    messages: 'all',
    calendars: 0,
  }),
  sogo('categories, alarms and RDATE do not count as a change', {
    events: [...SMALL, 'series on named days'],
    changes: UPDATES,
    messages: 'all',
    calendars: 'all',
  }),
  sogo('the same again: its own copy differs only because SOGo took the organizer from the guests', {
    events: ['organizer stores the same'],
    changes: ['update'],
    messages: 'all',
    calendars: 'all',
  }),
  sogo('refuses the copy of a guest whose organizer is here and has no such event (412)', {
    events: ['guest of bob answers', 'guest of bob, accepted, declines'],
    changes: ['create', 'create again', 'update'],
    messages: 'all',
    calendars: 'all',
  }),
  sogo('refuses a lower SEQUENCE where the organizer is gone (409)', {
    events: ['plain event becomes a meeting'],
    changes: UNDO,
    messages: 'all',
    calendars: 'all',
  }),
  sogo('STATUS:CANCELLED goes out as a REQUEST', {
    events: ['organizer cancels it'],
    changes: ['update'],
    messages: 0,
    calendars: 0,
    as: 'REQUEST',
  }),
  sogo('STATUS:CANCELLED goes out as a REQUEST', {
    events: ['cancelled already', 'organizer brings back what was cancelled'],
    changes: CREATES,
    messages: 0,
    calendars: 0,
    as: 'REQUEST',
  }),
  sogo('STATUS:CANCELLED goes out as a REQUEST', {
    events: ['organizer brings back what was cancelled'],
    changes: UNDO,
    messages: 0,
    calendars: 0,
    as: 'REQUEST',
  }),
  sogo('an instance that goes back to its series is cancelled', {
    events: ['series: one instance is moved', 'series: one instance is cancelled'],
    changes: UNDO,
    messages: 0,
    calendars: 0,
    as: 'CANCEL',
  }),
];

export const DIFFERENCES: readonly Difference[] = [...CYRUS, ...SOGO];
