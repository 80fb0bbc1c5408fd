import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { itemsOf, openWorld, type Finished, type World } from './testing/world.ts';

let world: World;
beforeEach(async () => {
  world = await openWorld();
});
afterEach(() => world.close());

const ALICE = 'ATTENDEE:mailto:Alice@example.com';
const BOB = 'ATTENDEE:mailto:bob@example.com';
const PEOPLE = ['ORGANIZER:mailto:org@outside.test', ALICE, BOB];
const WHEN = ['DTSTART:20370105T090000Z', 'DTEND:20370105T100000Z'];

function message(method: string | null, lines: readonly string[], uid = 'm'): string {
  const head = ['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//t//EN', ...(method === null ? [] : [`METHOD:${method}`])];
  const stamp = lines.some((line) => line.startsWith('DTSTAMP')) ? [] : ['DTSTAMP:20260101T000000Z'];
  return [...head, 'BEGIN:VEVENT', `UID:${uid}`, ...stamp, ...lines, 'END:VEVENT', 'END:VCALENDAR', ''].join('\r\n');
}

const REQUEST = message('REQUEST', [...PEOPLE, ...WHEN, 'SUMMARY:Meeting', 'STATUS:CONFIRMED', 'SEQUENCE:0']);
const SERIES = message('REQUEST', [...PEOPLE, ...WHEN, 'SUMMARY:Series', 'SEQUENCE:0', 'RRULE:FREQ=DAILY;COUNT=5']);
const ORGANIZER = 'ORGANIZER:mailto:org@outside.test';

async function restore(texts: readonly string[], consent = false): Promise<Finished> {
  const sources = await Promise.all(texts.map((text, at) => world.source(`${String(at + 1)}.ics`, text)));
  return world.restore({ sources, ...(consent ? { rewrites: { cancellations: true } } : {}) });
}

async function stored(): Promise<string> {
  return [...(await world.objects()).values()].join('');
}

describe('a cancellation without STATUS (RFC 5546 §3.2.5)', () => {
  const cancel = message('CANCEL', [ORGANIZER, ALICE, ...WHEN, 'SUMMARY:Cancelled: Meeting', 'SEQUENCE:1']);

  it.each([
    ['before', [cancel, REQUEST]],
    ['after', [REQUEST, cancel]],
  ])('that names the owner, %s its event: the event is left out, and both are accounted for', async (_where, texts) => {
    const run = await restore(texts);
    expect(itemsOf(run)).toHaveLength(1);
    expect(itemsOf(run)[0]).toMatchObject({ outcome: 'skipped', title: 'Meeting' });
    expect(itemsOf(run)[0]?.reason).toMatch(
      /cancelled for the owner.*“Restore meetings that were cancelled for this user as cancelled”/,
    );
    expect(itemsOf(run)[0]?.warnings?.join()).toMatch(/for Alice@example.com: .*\.ics, line 5\./);
    expect(await stored()).toBe('');
    const plan = run.events.find((one) => one.kind === 'plan');
    expect(plan?.summary).toMatchObject({ resources: 1, components: 2, wants: { cancellations: 1 } });
  });

  it('with consent it is stored as cancelled, and only so', async () => {
    const run = await restore([REQUEST, cancel], true);
    expect(run.settled).toMatchObject({ status: 'complete', totals: { created: 1 } });
    expect(await stored()).toMatch(/STATUS:CANCELLED/);
    expect(await stored()).toMatch(/SEQUENCE:1/);
    expect(await stored()).not.toMatch(/CONFIRMED/);
  });

  it('that names others leaves the meeting, and the row says so', async () => {
    const run = await restore([REQUEST, message('CANCEL', [ORGANIZER, BOB, ...WHEN, 'SEQUENCE:1'])]);
    expect(run.settled).toMatchObject({ status: 'complete', totals: { created: 1 } });
    expect(itemsOf(run)[0]?.warnings?.join()).toContain('takes it back for bob@example.com');
    expect(await stored()).toContain('STATUS:CONFIRMED');
  });

  it('that names nobody, or has no start, cancels for everybody', async () => {
    const nobody = await restore([REQUEST, message('CANCEL', [ORGANIZER, 'SEQUENCE:1'])]);
    expect(itemsOf(nobody)[0]?.outcome).toBe('skipped');
    const whole = await restore([REQUEST, message('CANCEL', [ORGANIZER, BOB, 'STATUS:CANCELLED', 'SEQUENCE:1'])]);
    expect(itemsOf(whole)[0]?.outcome).toBe('skipped');
    expect(await stored()).toBe('');
  });

  it('is superseded by a newer version of its event', async () => {
    const again = message('REQUEST', [...PEOPLE, ...WHEN, 'SUMMARY:Again', 'SEQUENCE:2']);
    const run = await restore([cancel, again]);
    expect(run.settled).toMatchObject({ status: 'complete', totals: { created: 1, superseded: 1 } });
    expect(await stored()).toContain('SUMMARY:Again');
  });

  it('twice is a duplicate', async () => {
    const run = await restore([REQUEST, cancel, cancel]);
    expect(itemsOf(run).map(({ outcome }) => outcome)).toEqual(['skipped']);
  });

  it('alone is never a live meeting, whoever it names', async () => {
    for (const guest of [ALICE, BOB]) {
      const run = await restore([message('CANCEL', [ORGANIZER, guest, ...WHEN, 'SUMMARY:Meeting', 'SEQUENCE:1'])]);
      expect(itemsOf(run)[0]?.outcome).toBe('skipped');
    }
    const others = await restore([message('CANCEL', [ORGANIZER, BOB, ...WHEN, 'SEQUENCE:1'])], true);
    expect(itemsOf(others)[0]?.outcome).toBe('skipped');
    expect(await stored()).toBe('');
  });

  it('says who organizes it keeps the meeting of the organizer', async () => {
    const own = (text: string): string => text.replaceAll('org@outside.test', 'alice@example.com');
    const run = await restore([
      own(REQUEST.replace(`${ALICE}\r\n`, '')),
      own(message('CANCEL', [ORGANIZER, BOB, ...WHEN, 'SEQUENCE:1'])),
    ]);
    expect(run.settled.totals).toMatchObject({ created: 1 });
  });
});

describe('a cancellation of one instance', () => {
  const instance = ['RECURRENCE-ID:20370106T090000Z', 'DTSTART:20370106T090000Z', 'DTEND:20370106T100000Z'];
  const cancel = message('CANCEL', [ORGANIZER, ALICE, ...instance, 'SEQUENCE:1']);

  it('is a conflict; with consent the series is stored with that instance cancelled', async () => {
    const refused = await restore([SERIES, cancel]);
    expect(itemsOf(refused)[0]).toMatchObject({ outcome: 'conflict' });
    expect(itemsOf(refused)[0]?.reason).toContain('“Restore meetings that were cancelled for this user as cancelled”');
    const run = await restore([SERIES, cancel], true);
    expect(run.settled).toMatchObject({ status: 'complete', totals: { created: 1 } });
    expect(await stored()).toMatch(/RRULE[^]*RECURRENCE-ID[^]*STATUS:CANCELLED/);
  });

  it('takes the place of what stands for that instance, in another spelling and without a start, too', async () => {
    const changed = message('REQUEST', [...PEOPLE, ...instance, 'SUMMARY:Later', 'STATUS:CONFIRMED', 'SEQUENCE:0']);
    const short = message('CANCEL', [
      ORGANIZER,
      ALICE,
      'RECURRENCE-ID;TZID=Europe/Vienna:20370106T100000',
      'SEQUENCE:1',
    ]);
    const run = await restore([SERIES, changed, short], true);
    expect(run.settled).toMatchObject({ status: 'complete', totals: { created: 1 } });
    const text = await stored();
    expect(text.match(/RECURRENCE-ID/g)).toHaveLength(1);
    expect(text).toMatch(/SUMMARY:Later[^]*STATUS:CANCELLED|STATUS:CANCELLED[^]*SUMMARY:Later/);
    const plan = run.events.find((one) => one.kind === 'plan');
    expect(plan?.summary).toMatchObject({ resources: 1, components: 3 });
  });

  it('told twice, one newer than the other, is one instance', async () => {
    const other = message('CANCEL', [
      ORGANIZER,
      ALICE,
      'RECURRENCE-ID;TZID=Europe/Vienna:20370106T100000',
      'SEQUENCE:2',
    ]);
    const run = await restore([SERIES, cancel, other], true);
    expect(run.settled).toMatchObject({ status: 'complete', totals: { created: 1 } });
    expect((await stored()).match(/RECURRENCE-ID/g)).toHaveLength(1);
    expect(run.events.find((one) => one.kind === 'plan')?.summary).toMatchObject({ resources: 1, components: 3 });
  });

  it('without its series, told twice, is left out, or put into the series that is there', async () => {
    const left = await restore([cancel, cancel.replace('SEQUENCE:1', 'SEQUENCE:2')]);
    expect(left.settled.totals).toMatchObject({ skipped: 1, superseded: 1 });
    await restore([SERIES]);
    const run = await restore([cancel], true);
    expect(run.settled).toMatchObject({ status: 'complete', totals: { updated: 1 } });
    expect(await stored()).toMatch(/RRULE[^]*RECURRENCE-ID[^]*STATUS:CANCELLED/);
  });

  it('that names others leaves the series', async () => {
    const run = await restore([SERIES, message('CANCEL', [ORGANIZER, BOB, ...instance, 'SEQUENCE:1'])]);
    expect(run.settled.totals).toMatchObject({ created: 1 });
    expect(await stored()).not.toContain('RECURRENCE-ID');
  });

  it('and all that follow is never guessed at', async () => {
    const future = message('CANCEL', [
      ORGANIZER,
      ALICE,
      'RECURRENCE-ID;RANGE=THISANDFUTURE:20370106T090000Z',
      'SEQUENCE:1',
    ]);
    const run = await restore([SERIES, future], true);
    expect(itemsOf(run)[0]?.outcome).toBe('conflict');
  });
});

it('a series that is cancelled for everybody leaves no changed instance live', async () => {
  const instance = ['RECURRENCE-ID:20370106T090000Z', 'DTSTART:20370106T120000Z', 'SUMMARY:Later', 'SEQUENCE:0'];
  const changed = message('REQUEST', [...PEOPLE, ...instance]);
  const cancel = message('CANCEL', [...PEOPLE, ...WHEN, 'RRULE:FREQ=DAILY;COUNT=5', 'STATUS:CANCELLED', 'SEQUENCE:1']);
  const left = await restore([SERIES, changed, cancel]);
  expect(left.settled.totals).toMatchObject({ skipped: 1, superseded: 1, created: 0 });
  const run = await restore([SERIES, changed, cancel], true);
  expect(run.settled.totals).toMatchObject({ created: 1 });
  expect((await stored()).match(/STATUS:CANCELLED/g)).toHaveLength(2);
});

it('a series that is cancelled for everybody, with nothing else beside it, is stored as it says', async () => {
  const cancel = message('CANCEL', [...PEOPLE, ...WHEN, 'STATUS:CANCELLED', 'SEQUENCE:1']);
  const run = await restore([REQUEST, cancel]);
  expect(run.settled).toMatchObject({ status: 'complete', totals: { created: 1, superseded: 1 } });
  expect(await stored()).toContain('STATUS:CANCELLED');
});

it('a thousand cancellations of one series are done with', async () => {
  const day = (at: number): string => new Date(Date.UTC(2037, 0, 5 + at, 9)).toISOString().replace(/[-:]|\.000/g, '');
  const all = Array.from({ length: 1000 }, (_, at) =>
    message('CANCEL', [ORGANIZER, ALICE, `RECURRENCE-ID:${day(at)}`, 'SEQUENCE:1']),
  ).join('');
  const run = await restore([SERIES.replace('COUNT=5', 'COUNT=1000') + all], true);
  expect(run.settled.totals).toMatchObject({ created: 1 });
  expect((await stored()).match(/STATUS:CANCELLED/g)).toHaveLength(1000);
});
