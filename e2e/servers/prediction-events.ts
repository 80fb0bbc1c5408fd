import {
  alarm,
  ALICE,
  ASKED,
  BERLIN,
  BOB,
  BOSS,
  BOTH,
  by,
  calendar,
  CAROL,
  changed,
  CLIENT,
  daysAgo,
  EXT,
  EXT2,
  from,
  inBerlin,
  instance,
  late,
  MAIL_ALARM,
  MAYBE,
  MINE,
  moved,
  NO,
  NONE,
  one,
  OTHER,
  PAST,
  PAST_LATER,
  SECOND_WEEK,
  series,
  span,
  TITLE,
  to,
  vevent,
  WEEKLY,
  YES,
  type PredictionEvent,
} from './prediction-build.ts';

const ORGANIZED: readonly PredictionEvent[] = [
  moved('organizer: one inside', ...MINE, to(BOB)),
  moved('organizer: one outside', ...MINE, to(EXT)),
  moved('organizer: inside and outside', ...BOTH),
  moved('organizer: two inside, two outside', ...BOTH, to(CAROL), to(EXT2)),
  moved('organizer is no guest', by(ALICE), to(BOB), to(EXT)),
  moved('organizer by the other address', by(OTHER), to(OTHER, YES), to(BOB), to(EXT)),
  moved('organizer: own other address is a guest', by(ALICE), to(OTHER, YES), to(EXT)),
  moved('organizer in upper case', `ORGANIZER:MAILTO:ALICE@EXAMPLE.COM`, to(BOB), to(EXT)),
  moved('organizer alone', ...MINE),
  moved('organizer with names', by(ALICE, ';CN=Alice'), to(BOB, ';CN="Berg, Bob";RSVP=TRUE'), to(EXT, ';CN=Ext')),
  moved('organizer: an optional guest', ...MINE, to(BOB, ';ROLE=OPT-PARTICIPANT'), to(EXT, ';ROLE=NON-PARTICIPANT')),
  moved('organizer: one guest NONE', ...MINE, to(BOB, NONE), to(EXT)),
  moved('organizer: one guest CLIENT', ...MINE, to(BOB), to(EXT, CLIENT)),
  moved('organizer: everybody CLIENT', ...MINE, to(BOB, CLIENT), to(EXT, CLIENT)),
  moved('organizer: SERVER said', ...MINE, to(BOB, ';SCHEDULE-AGENT=SERVER'), to(EXT, ';SCHEDULE-AGENT=SERVER')),
  moved('organizer: answers in the backup', ...MINE, to(BOB, YES), to(EXT, NO), to(EXT2, MAYBE)),
  changed(
    'organizer: a whole day',
    calendar(vevent('DTSTART;VALUE=DATE:20310107', TITLE, ...BOTH)),
    calendar(vevent('DTSTART;VALUE=DATE:20310108', TITLE, ...BOTH)),
  ),
  changed(
    'organizer: in a time zone',
    calendar(BERLIN, vevent(...inBerlin(10), TITLE, ...BOTH)),
    calendar(BERLIN, vevent(...inBerlin(15), TITLE, ...BOTH)),
  ),
  changed(
    'organizer: floating time',
    calendar(vevent('DTSTART:20310107T100000', 'DURATION:PT1H', TITLE, ...BOTH)),
    calendar(vevent('DTSTART:20310107T150000', 'DURATION:PT1H', TITLE, ...BOTH)),
  ),
  moved('organizer: with an alarm by mail', ...BOTH, ...MAIL_ALARM),
  changed('organizer adds somebody inside', one(...MINE, to(EXT)), one(...BOTH)),
  changed('organizer adds somebody outside', one(...MINE, to(BOB)), one(...BOTH)),
  changed('organizer takes one outside off', one(...BOTH), one(...MINE, to(BOB))),
  changed('organizer takes one inside off', one(...BOTH), one(...MINE, to(EXT))),
  changed('organizer swaps the guests', one(...BOTH), one(...MINE, to(CAROL), to(EXT2))),
  changed('organizer takes everybody off', one(...BOTH), one(...MINE)),
  changed('organizer renames it', one(...BOTH), one(...BOTH).replace('Budget', 'Holiday')),
  changed('organizer gives it a place', one(...BOTH), one(...BOTH, 'LOCATION:Hall 3')),
  changed('organizer writes a description', one(...BOTH), one(...BOTH, 'DESCRIPTION:Bring the numbers')),
  changed('organizer gives it a category', one(...BOTH), one(...BOTH, 'CATEGORIES:Money')),
  changed('organizer changes the own alarm', one(...BOTH, ...alarm(10)), one(...BOTH, ...alarm(30))),
  changed('organizer raises SEQUENCE only', one(...BOTH, 'SEQUENCE:1'), one(...BOTH, 'SEQUENCE:2')),
  changed('organizer stores the same', one(...BOTH), one(...BOTH)),
  changed('plain event becomes a meeting', one(), one(...BOTH)),
  changed('organizer cancels it', one(...BOTH), one(...BOTH, 'STATUS:CANCELLED')),
  moved('cancelled already', ...BOTH, 'STATUS:CANCELLED'),
  changed('organizer brings back what was cancelled', one(...BOTH, 'STATUS:CANCELLED'), one(...BOTH)),
  moved('organizer: tentative', ...BOTH, 'STATUS:TENTATIVE'),
];

const SERIES: readonly PredictionEvent[] = [
  changed('series', series(BOTH), series(BOTH).replace('COUNT=5', 'COUNT=7')),
  changed('series that never ends', series(BOTH).replace(';COUNT=5', ''), series(BOTH)),
  changed('series: one instance is taken out', series(BOTH), series(BOTH, [`EXDATE:${SECOND_WEEK}T100000Z`])),
  changed(
    'series: one instance is moved',
    series(BOTH),
    series(BOTH, [], instance(SECOND_WEEK, span(SECOND_WEEK, 14), ...BOTH)),
  ),
  changed(
    'series: the moved instance is moved again',
    series(BOTH, [], instance(SECOND_WEEK, span(SECOND_WEEK, 14), ...BOTH)),
    series(BOTH, [], instance(SECOND_WEEK, span(SECOND_WEEK, 16), ...BOTH)),
  ),
  changed(
    'series: an instance with one guest more',
    series(BOTH, [], instance(SECOND_WEEK, span(SECOND_WEEK), ...BOTH, to(EXT2))),
    series(BOTH, [], instance(SECOND_WEEK, span(SECOND_WEEK, 14), ...BOTH, to(EXT2))),
  ),
  changed(
    'series: an instance with one guest less',
    series(BOTH, [], instance(SECOND_WEEK, span(SECOND_WEEK), ...MINE, to(BOB))),
    series(BOTH, [], instance(SECOND_WEEK, span(SECOND_WEEK, 14), ...MINE, to(BOB))),
  ),
  changed(
    'series: a guest joins one instance',
    series(BOTH, [], instance(SECOND_WEEK, span(SECOND_WEEK, 14), ...BOTH)),
    series(BOTH, [], instance(SECOND_WEEK, span(SECOND_WEEK, 14), ...BOTH, to(CAROL))),
  ),
  changed(
    'series: one instance is cancelled',
    series(BOTH),
    series(BOTH, [], instance(SECOND_WEEK, span(SECOND_WEEK), 'STATUS:CANCELLED', ...BOTH)),
  ),
  changed(
    'single instances without a series',
    calendar(instance(SECOND_WEEK, span(SECOND_WEEK), ...BOTH), instance('20310121', span('20310121'), ...BOTH)),
    calendar(instance(SECOND_WEEK, span(SECOND_WEEK, 14), ...BOTH), instance('20310121', span('20310121'), ...BOTH)),
  ),
  changed('series on named days', series(BOTH, ['RDATE:20310110T100000Z']), series(BOTH)),
];

const OVER: readonly PredictionEvent[] = [
  changed('over for years', calendar(vevent(...PAST, ...BOTH)), calendar(vevent(...PAST_LATER, ...BOTH))),
  changed(
    'over for years, outside only',
    calendar(vevent(...PAST, ...MINE, to(EXT), to(EXT2))),
    calendar(vevent(...PAST_LATER, ...MINE, to(EXT), to(EXT2))),
  ),
  changed(
    'over for three days',
    calendar(vevent(...span(daysAgo(3)), TITLE, ...BOTH)),
    calendar(vevent(...span(daysAgo(3), 15), TITLE, ...BOTH)),
  ),
  changed(
    'over for ten days',
    calendar(vevent(...span(daysAgo(10)), TITLE, ...BOTH)),
    calendar(vevent(...span(daysAgo(10), 15), TITLE, ...BOTH)),
  ),
  changed(
    'a series that is over',
    calendar(vevent(...PAST, WEEKLY, ...BOTH)),
    calendar(vevent(...PAST_LATER, WEEKLY, ...BOTH)),
  ),
  changed(
    'a series that began long ago and goes on',
    calendar(vevent(...PAST, 'RRULE:FREQ=WEEKLY', ...BOTH)),
    calendar(vevent(...PAST_LATER, 'RRULE:FREQ=WEEKLY', ...BOTH)),
  ),
  changed('guest of what is over', calendar(vevent(...PAST, ...from(YES))), calendar(vevent(...PAST, ...from(NO)))),
];

const INVITED: readonly PredictionEvent[] = [
  changed('guest answers', one(...from(ASKED)), one(...from(YES))),
  changed('guest without PARTSTAT answers', one(...from('')), one(...from(MAYBE))),
  changed('guest changes the answer', one(...from(YES)), one(...from(NO))),
  changed('guest declined, and stays so', one(...from(NO)), one(...from(NO))),
  changed('guest changes a note', one(...from(YES)), one(...from(YES), 'COMMENT:mine')),
  changed('guest changes the own alarm', one(...from(YES), ...alarm(10)), one(...from(YES), ...alarm(30))),
  changed('guest by the other address', one(by(BOSS), to(OTHER, MAYBE)), one(by(BOSS), to(OTHER, YES))),
  changed(
    'guest: the organizer schedules by NONE',
    one(by(BOSS, NONE), to(ALICE, YES)),
    one(by(BOSS, NONE), to(ALICE, NO)),
  ),
  changed(
    'guest: the organizer schedules by CLIENT',
    one(by(BOSS, CLIENT), to(ALICE, YES)),
    one(by(BOSS, CLIENT), to(ALICE, NO)),
  ),
  changed('guest among others', one(...from(YES, to(BOB), to(EXT2))), one(...from(NO, to(BOB), to(EXT2)))),
  changed('guest of a series', series(from(YES)), series(from(NO))),
  changed(
    'guest of a series declines one instance',
    series(from(YES)),
    series(from(YES), [], instance(SECOND_WEEK, span(SECOND_WEEK), ...from(NO))),
  ),
  changed(
    'guest of a series takes one instance out',
    series(from(YES)),
    series(from(YES), [`EXDATE:${SECOND_WEEK}T100000Z`]),
  ),
  changed('guest of what is cancelled', one(...from(YES), 'STATUS:CANCELLED'), one(...from(YES), 'STATUS:CANCELLED')),
  {
    name: 'guest of bob answers',
    first: one(by(BOB), to(BOB, YES), to(ALICE, ASKED)),
    second: one(by(BOB), to(BOB, YES), to(ALICE, YES)),
    atBob: one(by(BOB), to(BOB, YES), to(ALICE, ASKED)),
  },
  {
    name: 'guest of bob, accepted, declines',
    first: one(by(BOB), to(BOB, YES), to(ALICE, YES)),
    second: one(by(BOB), to(BOB, YES), to(ALICE, NO)),
    atBob: one(by(BOB), to(BOB, YES), to(ALICE, ASKED)),
  },
];

const APART: readonly PredictionEvent[] = [
  changed('plain event', one(), late()),
  changed('plain series', series([]), series([], [`EXDATE:${SECOND_WEEK}T100000Z`])),
  moved('guests without an organizer', to(BOB), to(EXT)),
  moved('a meeting of others outside', by(BOSS), to(BOSS, YES), to(EXT)),
  moved('a meeting of others inside', by(BOB), to(BOB, YES), to(CAROL)),
];

/**
 * Events of alice for holding the prediction against what servers do: each is created, changed and deleted again.
 * Inside are alice, bob and carol of example.com; everybody else is outside. There is no code of the app in it, so that
 * its tests and the real servers can use the same table.
 */
export const PREDICTION_EVENTS: readonly PredictionEvent[] = [...ORGANIZED, ...SERIES, ...OVER, ...INVITED, ...APART];
