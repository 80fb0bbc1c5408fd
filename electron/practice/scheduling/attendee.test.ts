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
const REPLY = ['REPLY inbox alice@example.com'];

describe('an attendee', () => {
  it('accepts: organizer and other guests see it, the organizer is told', async () => {
    await invite();
    expect((await bobPuts(answer('ACCEPTED'))).status).toBe(204);
    expect(h.notified()).toEqual(REPLY);
    expect(await organizers()).toMatch(
      /PARTSTAT=ACCEPTED;SCHEDULE-STATUS=2\.0[^\r]*bob@|SCHEDULE-STATUS=2\.0;PARTSTAT=ACCEPTED[^\r]*bob@/,
    );
    expect(await h.copy('carol', 'meeting')).toMatch(/PARTSTAT=ACCEPTED[^\r]*bob@/);
    expect(await bobs()).toMatch(/ORGANIZER;SCHEDULE-STATUS=1\.2/);
  });
  it('leaves the Schedule-Tag of the organizer as it was', async () => {
    await invite();
    const tag = (await h.get('alice', 'm.ics')).headers['schedule-tag'];
    const etag = (await h.get('alice', 'm.ics')).headers['etag'];
    await bobPuts(answer('ACCEPTED'));
    const after = await h.get('alice', 'm.ics');
    expect(after.headers['schedule-tag']).toBe(tag);
    expect(after.headers['etag']).not.toBe(etag);
  });
  it('answers while the organizer edits: If-Schedule-Tag-Match keeps the answer', async () => {
    await invite();
    const tag = String((await h.get('alice', 'm.ics')).headers['schedule-tag']);
    await bobPuts(answer('ACCEPTED'));
    await change({ summary: 'New' }, { 'if-schedule-tag-match': tag });
    expect(await organizers()).toMatch(/PARTSTAT=ACCEPTED[^\r]*bob@/);
  });
  it('sets an alarm: nobody hears', async () => {
    await invite();
    await bobPuts((text) =>
      text.replace('END:VEVENT', 'BEGIN:VALARM\r\nACTION:DISPLAY\r\nTRIGGER:-PT5M\r\nEND:VALARM\r\nEND:VEVENT'),
    );
    expect(h.notified()).toEqual([]);
    await change({ summary: 'New' });
    expect(await bobs()).toContain('VALARM');
  });
  it('may not move the meeting', async () => {
    await invite();
    const refused = await bobPuts((text) => text.replace('DTSTART:20270301T10', 'DTSTART:20270301T09'));
    expect(refused.status).toBe(403);
    expect(refused.text).toContain('allowed-attendee-scheduling-object-change');
    const stored = await bobPuts((text) => text.replace('DTSTART:20270301T10', 'DTSTART:20270301T09'), {
      scheduling: 'none',
    });
    expect(stored.status).toBe(204);
  });
  it('may not take the meeting over', async () => {
    await invite();
    const refused = await bobPuts((text) => text.replace(/ORGANIZER[^\r]*/, 'ORGANIZER:mailto:olga@elsewhere.test'));
    expect(refused.text).toContain('allowed-attendee-scheduling-object-change');
  });
  it('deletes: declined', async () => {
    await invite();
    await h.delete('bob', await only('bob'));
    expect(h.notified()).toEqual(REPLY);
    expect(await organizers()).toMatch(/PARTSTAT=DECLINED[^\r]*bob@/);
  });
  it('deletes with Schedule-Reply: F: the organizer does not hear', async () => {
    await invite();
    await h.delete('bob', await only('bob'), { 'schedule-reply': 'F' });
    expect(h.notified()).toEqual([]);
    expect(await organizers()).not.toContain('DECLINED');
  });
  it('deletes what was declined or cancelled: the organizer does not hear again', async () => {
    await invite();
    await bobPuts(answer('DECLINED'));
    await h.delete('alice', 'm.ics');
    h.clear();
    await h.delete('bob', await only('bob'));
    await h.delete('carol', await only('carol'));
    expect(h.notified()).toEqual([]);
  });
  it('removes one instance: declined there, the organizer gets an override', async () => {
    await invite(WEEKLY);
    await bobPuts((text) => text.replace('END:VEVENT', `EXDATE:${SECOND}\r\nEND:VEVENT`));
    expect(h.notified()).toEqual(REPLY);
    const own = await organizers();
    expect(own).toMatch(new RegExp(`PARTSTAT=DECLINED[^\\r]*bob@[\\s\\S]*RECURRENCE-ID:${SECOND}`));
    expect(own).toContain('DTEND:20270308T110000Z');
    await change({
      ...WEEKLY,
      summary: 'New',
      overrides: [{ at: SECOND, guests: [`${BOB} PARTSTAT=DECLINED`, CAROL] }],
    });
    expect(await bobs()).toContain(`EXDATE:${SECOND}`);
    expect(await bobs()).not.toContain(`RECURRENCE-ID:${SECOND}`);
  });
  it('accepts the series and declines one instance', async () => {
    await invite({ ...WEEKLY, overrides: [{ at: SECOND }] });
    await bobPuts((text) => {
      const [master = '', override = ''] = text.split(/(?=BEGIN:VEVENT\r\n(?:(?!END:VEVENT)[\s\S])*RECURRENCE-ID)/);
      return answer('ACCEPTED')(master) + answer('DECLINED')(override);
    });
    expect(h.notified()).toEqual(REPLY);
    const own = await organizers();
    expect(own).toMatch(/PARTSTAT=ACCEPTED[^\r]*bob@/);
    expect(own).toMatch(/PARTSTAT=DECLINED[^\r]*bob@/);
  });
  it('restores a lost copy: the organizer hears the answer that is in it', async () => {
    await invite();
    const text = answer('TENTATIVE')(await bobs());
    await h.delete('bob', await only('bob'), { scheduling: 'none' });
    await h.put('bob', 'again.ics', text);
    expect(h.notified()).toEqual(REPLY);
    expect(await organizers()).toMatch(/PARTSTAT=TENTATIVE[^\r]*bob@/);
  });
  it('restores a lost copy without an answer: nobody hears', async () => {
    await invite();
    const text = await bobs();
    await h.delete('bob', await only('bob'), { scheduling: 'none' });
    await h.put('bob', 'again.ics', text);
    expect(h.notified()).toEqual([]);
  });
  it('answers an outside organizer by mail', async () => {
    const text = meeting({ organizer: 'olga@elsewhere.test', guests: [`${BOB} PARTSTAT=ACCEPTED`] });
    await h.put('bob', 'o.ics', text);
    expect(h.server.messages()).toMatchObject([
      { method: 'REPLY', kind: 'imip', from: BOB, to: 'olga@elsewhere.test', uid: 'meeting', summary: 'Meeting' },
    ]);
  });
  it('does not answer when the organizer has SCHEDULE-AGENT NONE', async () => {
    const text = meeting({
      organizer: 'olga@elsewhere.test SCHEDULE-AGENT=NONE',
      guests: [`${BOB} PARTSTAT=ACCEPTED`],
    });
    await h.put('bob', 'o.ics', text);
    await h.delete('bob', 'o.ics');
    expect(h.notified()).toEqual([]);
  });
  it('deletes an inbox item: nobody hears', async () => {
    await invite();
    const [item = ''] = await h.members('bob', 'inbox');
    expect((await h.send('bob', 'DELETE', `${h.home('bob')}inbox/${item}`)).status).toBe(204);
    expect(h.notified()).toEqual([]);
    expect(await h.copies('bob', 'meeting')).toHaveLength(1);
  });
});

describe('identity and administration', () => {
  it('an administrator writing to a calendar acts for its owner', async () => {
    expect((await h.put('alice', 'm.ics', by({}), {}, 'admin')).status).toBe(201);
    expect(h.notified()).toEqual(ALL_REQUEST);
    expect(h.server.messages()[0]?.from).toBe('alice@example.com');
  });
  it('Schedule-User-Address decides as whom: organizer and attendee in one event', async () => {
    const both = by({ organizer: 'alice@example.com', guests: ['alice.archer@example.com PARTSTAT=ACCEPTED', EVE] });
    await h.put('alice', 'm.ics', both, { 'schedule-user-address': 'mailto:alice@example.com' });
    expect(h.notified()).toEqual(['REQUEST imip eve@elsewhere.test']);
  });
  it('Schedule-User-Address of an address that the event does not carry: nobody is told', async () => {
    await h.put('alice', 'm.ics', by({}), { 'schedule-user-address': 'mailto:alice.archer@example.com' });
    expect(h.notified()).toEqual([]);
  });
  it('the UID of somebody else’s meeting does not overwrite it', async () => {
    await h.put('carol', 'c.ics', meeting({ organizer: 'carol@example.com', guests: [BOB], summary: 'Real' }));
    await h.put('alice', 'm.ics', by({ summary: 'Fake', guests: [BOB] }));
    expect(await bobs()).toContain('SUMMARY:Real');
  });
  it('one scheduling object per user: the same UID in a second calendar is refused', async () => {
    await invite();
    await h.send('alice', 'MKCALENDAR', `${h.home('alice')}second/`);
    const refused = await h.send('alice', 'PUT', `${h.home('alice')}second/m.ics`, by({}), {
      'content-type': 'text/calendar',
    });
    expect(refused.text).toContain('unique-scheduling-object-resource');
    expect(refused.text).toContain('/dav/calendars/alice/default/m.ics');
  });
  it('COPY and MOVE between calendars tell nobody', async () => {
    await invite();
    await h.send('alice', 'MKCALENDAR', `${h.home('alice')}second/`);
    const destination = `${h.home('alice')}second/m.ics`;
    expect((await h.send('alice', 'COPY', `${h.calendar('alice')}m.ics`, undefined, { destination })).status).toBe(403);
    expect((await h.send('alice', 'MOVE', `${h.calendar('alice')}m.ics`, undefined, { destination })).status).toBe(201);
    expect(h.notified()).toEqual([]);
    expect((await h.get('alice', 'm.ics')).status).toBe(404);
  });
  it('internal-only in the order organizer, attendee leaves each one copy', async () => {
    const headers = { scheduling: 'internal-only' };
    await h.put('alice', 'm.ics', by({ guests: [`${BOB} PARTSTAT=ACCEPTED`, EVE] }), headers);
    const name = await only('bob');
    const again = await h.put('bob', name, by({ guests: [`${BOB} PARTSTAT=ACCEPTED`, EVE] }), headers);
    expect(again.status).toBe(204);
    expect(await h.copies('bob', 'meeting')).toHaveLength(1);
    expect(h.notified()).toEqual([]);
    expect(await h.members('bob', 'inbox')).toEqual([]);
  });
});
