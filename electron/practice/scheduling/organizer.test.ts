import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Harness } from '../testing/harness.ts';
import { meeting, type Meeting } from '../testing/events.ts';

/* RFC 6638 in mode `all`: the cases that restoring, migrating and cleaning up can set off. Fresh server each time. */

let h: Harness;
beforeEach(async () => {
  h = await Harness.start();
});
afterEach(() => h.close());

const BOB = 'bob@example.com';
const CAROL = 'carol@example.com';
const EVE = 'eve@elsewhere.test';
const by = (m: Meeting): string => meeting({ organizer: 'alice@example.com', guests: [BOB, CAROL, EVE], ...m });
const WEEKLY = { lines: ['RRULE:FREQ=WEEKLY;COUNT=6'] } as const;
const SECOND = '20270308T100000Z';
const THIRD = '20270315T100000Z';

const invite = async (m: Meeting = {}): Promise<void> => {
  expect((await h.put('alice', 'm.ics', by(m))).status).toBe(201);
  h.clear();
};
const change = async (m: Meeting, headers: Record<string, string> = {}): Promise<void> => {
  expect((await h.put('alice', 'm.ics', by(m), headers)).status).toBe(204);
};
const only = async (user: string): Promise<string> => (await h.members(user))[0] ?? 'none';
const bobs = (): Promise<string> => h.copy('bob', 'meeting');
const organizers = (): Promise<string> => h.copy('alice', 'meeting');
/** bob stores his copy with changes made to its text. */
const bobPuts = async (edit: (text: string) => string, headers: Record<string, string> = {}) =>
  h.put('bob', await only('bob'), edit(await bobs()), headers);
const answer =
  (status: string) =>
  (text: string): string =>
    text.replace(/ATTENDEE[^\r]*:mailto:bob@example.com/g, `ATTENDEE;PARTSTAT=${status}:mailto:bob@example.com`);
const ALL_REQUEST = [
  'REQUEST imip eve@elsewhere.test',
  'REQUEST inbox bob@example.com',
  'REQUEST inbox carol@example.com',
];
const ALL_CANCEL = ALL_REQUEST.map((line) => line.replace('REQUEST', 'CANCEL'));

describe('the organizer', () => {
  it('is told by SCHEDULE-STATUS what became of each message', async () => {
    await invite({ guests: [BOB, EVE, 'urn:uuid:nobody'] });
    const own = await organizers();
    expect(own).toMatch(/SCHEDULE-STATUS=1\.2:mailto:bob/);
    expect(own).toMatch(/SCHEDULE-STATUS=1\.1:mailto:eve/);
    expect(own).toMatch(/SCHEDULE-STATUS=3\.7:urn:uuid:nobody/);
  });
  it('gets no ETag when the server added to the object, and a Schedule-Tag', async () => {
    const answered = await h.put('alice', 'm.ics', by({}));
    expect(answered.headers['etag']).toBeUndefined();
    expect(answered.headers['schedule-tag']).toMatch(/^"\w+"$/);
  });
  it('tells nobody by storing the same again', async () => {
    await invite();
    await change({});
    expect(h.notified()).toEqual([]);
  });
  it('tells nobody by new time stamps, alarms and X- properties', async () => {
    await invite();
    const text = by({
      lines: [
        'LAST-MODIFIED:20270201T000000Z',
        'X-COLOUR:red',
        'BEGIN:VALARM',
        'ACTION:DISPLAY',
        'TRIGGER:-PT5M',
        'END:VALARM',
      ],
    });
    await h.put('alice', 'm.ics', text.replace('DTSTAMP:20270101', 'DTSTAMP:20270202'));
    expect(h.notified()).toEqual([]);
  });
  it('does not send alarms to the guests', async () => {
    await invite({ lines: ['BEGIN:VALARM', 'ACTION:DISPLAY', 'TRIGGER:-PT5M', 'END:VALARM'] });
    expect(await bobs()).not.toContain('VALARM');
  });
  it('adds a guest: everybody hears', async () => {
    await invite({ guests: [BOB] });
    await change({ guests: [BOB, EVE] });
    expect(h.notified()).toEqual(['REQUEST imip eve@elsewhere.test', 'REQUEST inbox bob@example.com']);
  });
  it('removes a guest: that one gets a CANCEL, the others the new list', async () => {
    await invite();
    await change({ guests: [CAROL, EVE] });
    expect(h.notified()).toEqual([
      'CANCEL inbox bob@example.com',
      'REQUEST imip eve@elsewhere.test',
      'REQUEST inbox carol@example.com',
    ]);
    expect(await bobs()).toContain('STATUS:CANCELLED');
  });
  it('removes all guests and himself: everybody gets a CANCEL', async () => {
    await invite();
    await h.put('alice', 'm.ics', meeting({}));
    expect(h.notified()).toEqual(ALL_CANCEL);
  });
  it('makes a plain event a meeting', async () => {
    await h.put('alice', 'm.ics', meeting({}));
    await h.put('alice', 'm.ics', by({}));
    expect(h.notified()).toEqual(ALL_REQUEST);
  });
  it('moves the meeting: answers are asked for again', async () => {
    await invite({ guests: [`${BOB} PARTSTAT=ACCEPTED`] });
    await change({ guests: [`${BOB} PARTSTAT=ACCEPTED`], start: '20270302T100000Z' });
    expect(await organizers()).toMatch(/PARTSTAT=NEEDS-ACTION[^\r]*bob@/);
    expect(await bobs()).toMatch(/PARTSTAT=NEEDS-ACTION[^\r]*bob@/);
  });
  it('renames the meeting: answers stay', async () => {
    await invite();
    await bobPuts(answer('ACCEPTED'));
    await change({ summary: 'New' });
    expect(await bobs()).toMatch(/SUMMARY:New[\s\S]*PARTSTAT=ACCEPTED[^\r]*bob@/);
  });
  it('sets STATUS:CANCELLED: everybody gets a CANCEL', async () => {
    await invite();
    await change({ lines: ['STATUS:CANCELLED'] });
    expect(h.notified()).toEqual(ALL_CANCEL);
  });
  it('creates a meeting that is cancelled already: nobody hears', async () => {
    await h.put('alice', 'm.ics', by({ lines: ['STATUS:CANCELLED'] }));
    expect(h.notified()).toEqual([]);
  });
  it('deletes a meeting that is cancelled already: nobody hears', async () => {
    await h.put('alice', 'm.ics', by({ lines: ['STATUS:CANCELLED'] }));
    await h.delete('alice', 'm.ics');
    expect(h.notified()).toEqual([]);
  });
  it('deletes with Schedule-Reply: F: that says nothing about an organizer, everybody hears', async () => {
    await invite();
    await h.delete('alice', 'm.ics', { 'schedule-reply': 'F' });
    expect(h.notified()).toEqual(ALL_CANCEL);
  });
  it('deletes and creates again with a lower SEQUENCE', async () => {
    await invite({ lines: ['SEQUENCE:5'] });
    await h.delete('alice', 'm.ics');
    await h.put('alice', 'm.ics', by({ summary: 'Again' }));
    const copy = await bobs();
    expect(copy).toContain('SUMMARY:Again');
    expect(copy).not.toContain('CANCELLED');
  });
  it('invites people with SCHEDULE-AGENT CLIENT or NONE by himself', async () => {
    await h.put(
      'alice',
      'm.ics',
      by({ guests: [`${BOB} SCHEDULE-AGENT=CLIENT`, `${EVE} SCHEDULE-AGENT=NONE`, CAROL] }),
    );
    expect(h.notified()).toEqual(['REQUEST inbox carol@example.com']);
    expect(await organizers()).not.toMatch(/SCHEDULE-STATUS[^\r]*(bob|eve)@/);
  });
  it('turns SCHEDULE-AGENT from SERVER to CLIENT: a CANCEL; and back: a REQUEST', async () => {
    await invite({ guests: [BOB] });
    await change({ guests: [`${BOB} SCHEDULE-AGENT=CLIENT`] });
    expect(h.notified()).toEqual(['CANCEL inbox bob@example.com']);
    h.clear();
    await change({ guests: [BOB] });
    expect(h.notified()).toEqual(['REQUEST inbox bob@example.com']);
  });
  it('forces a message with SCHEDULE-FORCE-SEND, which is not stored', async () => {
    await invite();
    await change({ guests: [`${BOB} SCHEDULE-FORCE-SEND=REQUEST`, CAROL, EVE] });
    expect(h.notified()).toEqual(['REQUEST inbox bob@example.com']);
    expect(await organizers()).not.toContain('SCHEDULE-FORCE-SEND');
  });
  it('may not hand the meeting to another organizer', async () => {
    await invite();
    const refused = await h.put('alice', 'm.ics', by({ organizer: 'olga@elsewhere.test' }));
    expect(refused.status).toBe(403);
    expect(refused.text).toContain('allowed-organizer-scheduling-object-change');
  });
  it('may in mode none: a restore stores what the backup holds', async () => {
    await invite();
    const text = by({ organizer: 'olga@elsewhere.test' });
    expect((await h.put('alice', 'm.ics', text, { scheduling: 'none' })).status).toBe(204);
    expect((await h.get('alice', 'm.ics')).text).toBe(text);
  });
  it('invites a guest under the second address', async () => {
    await h.put('alice', 'm.ics', by({ guests: ['bob.baker@example.com'] }));
    expect(await bobs()).toContain('bob.baker@example.com');
  });
  it('organizes under the second address and does not invite the first', async () => {
    await h.put('alice', 'm.ics', by({ organizer: 'alice.archer@example.com', guests: ['alice@example.com', EVE] }));
    expect(h.server.messages().map((m) => `${m.from} ${m.to}`)).toEqual([
      'alice.archer@example.com eve@elsewhere.test',
    ]);
  });
  it('invites to a task', async () => {
    await h.put('alice', 'm.ics', by({ component: 'VTODO' }));
    expect(h.notified()).toEqual(ALL_REQUEST);
    expect(await bobs()).toContain('BEGIN:VTODO');
  });
});

describe('a series', () => {
  it('loses one instance by EXDATE: a CANCEL of that one', async () => {
    await invite(WEEKLY);
    await change({ lines: [...WEEKLY.lines, `EXDATE:${SECOND}`] });
    expect(h.notified()).toEqual(ALL_CANCEL);
    expect(await bobs()).toContain(`EXDATE:${SECOND}`);
    expect(await bobs()).not.toContain('STATUS:CANCELLED');
  });
  it('gets an override: a REQUEST with it', async () => {
    await invite(WEEKLY);
    await change({ ...WEEKLY, overrides: [{ at: SECOND, start: '20270308T120000Z' }] });
    expect(h.notified()).toEqual(ALL_REQUEST);
    expect(await bobs()).toContain(`RECURRENCE-ID:${SECOND}`);
  });
  it('has an override cancelled: a CANCEL of that one', async () => {
    await invite({ ...WEEKLY, overrides: [{ at: SECOND }] });
    await change({ ...WEEKLY, overrides: [{ at: SECOND, lines: ['STATUS:CANCELLED'] }] });
    expect(h.notified()).toEqual(ALL_CANCEL);
    expect(await bobs()).toContain(`EXDATE:${SECOND}`);
  });
  it('invites somebody to one instance only', async () => {
    await h.put(
      'alice',
      'm.ics',
      by({ ...WEEKLY, guests: [CAROL], overrides: [{ at: SECOND, guests: [BOB, CAROL] }] }),
    );
    const copy = await bobs();
    expect(copy).toContain(`RECURRENCE-ID:${SECOND}`);
    expect(copy).not.toContain('RRULE');
  });
  it('takes somebody out of one instance: excluded from that copy', async () => {
    await invite(WEEKLY);
    await change({ ...WEEKLY, overrides: [{ at: SECOND, guests: [CAROL, EVE] }] });
    expect(h.notified()).toContain('CANCEL inbox bob@example.com');
    expect(await bobs()).toContain(`EXDATE:${SECOND}`);
  });
  it('takes away one of two single instances', async () => {
    await invite({ noMaster: true, overrides: [{ at: SECOND }, { at: THIRD }] });
    await change({ noMaster: true, overrides: [{ at: SECOND }] });
    expect(h.notified()).toEqual(ALL_CANCEL);
    expect(await bobs()).toMatch(new RegExp(`RECURRENCE-ID:${THIRD}[\\s\\S]*STATUS:CANCELLED`));
  });
  it('is shortened: a REQUEST with the new rule', async () => {
    await invite(WEEKLY);
    await change({ lines: ['RRULE:FREQ=WEEKLY;COUNT=3'] });
    expect(h.notified()).toEqual(ALL_REQUEST);
    expect(await bobs()).toContain('COUNT=3');
  });
  it('has its rule written in another order: nobody hears and answers stay', async () => {
    await invite({ ...WEEKLY, guests: [`${BOB} PARTSTAT=ACCEPTED`] });
    const rule = { lines: ['RRULE:COUNT=6;FREQ=WEEKLY'], guests: [`${BOB} PARTSTAT=ACCEPTED`] };
    await change(rule);
    expect(h.notified()).toEqual([]);
    expect(await organizers()).toContain('PARTSTAT=ACCEPTED');
  });
});
