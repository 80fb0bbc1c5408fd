import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Harness, type Headers } from '../testing/harness.ts';
import { meeting, type Meeting } from '../testing/events.ts';

/* More of what restoring and cleaning up can set off, after the groups of scheduling-scenarios.md. Fresh server each time. */

let h: Harness;
beforeEach(async () => {
  h = await Harness.start();
});
afterEach(() => h.close());

const BOB = 'bob@example.com';
const CAROL = 'carol@example.com';
const EVE = 'eve@elsewhere.test';
const ICS = { 'content-type': 'text/calendar' };
const NONE = { scheduling: 'none' };
const WEEKLY = ['RRULE:FREQ=WEEKLY;COUNT=6'];
const SECOND = '20270308T100000Z';
const THIRD = '20270315T100000Z';
const by = (m: Meeting = {}): string => meeting({ organizer: 'alice@example.com', guests: [BOB, CAROL, EVE], ...m });
const foreign = (m: Meeting = {}): string => meeting({ organizer: 'olga@elsewhere.test', guests: [BOB], ...m });
const REQUESTS = [
  'REQUEST imip eve@elsewhere.test',
  'REQUEST inbox bob@example.com',
  'REQUEST inbox carol@example.com',
];
const CANCELS = REQUESTS.map((line) => line.replace('REQUEST', 'CANCEL'));
const REPLY = ['REPLY inbox alice@example.com'];
const REPLY_OUT = ['REPLY imip olga@elsewhere.test'];

const invite = async (m: Meeting = {}): Promise<void> => {
  expect((await h.put('alice', 'm.ics', by(m))).status).toBe(201);
  h.clear();
};
const change = async (m: Meeting, headers: Headers = {}): Promise<void> => {
  h.clear();
  expect((await h.put('alice', 'm.ics', by(m), headers)).status).toBe(204);
};
const copyName = async (user: string): Promise<string> => (await h.members(user))[0] ?? 'none';
const bobs = (): Promise<string> => h.copy('bob', 'meeting');
const alices = (): Promise<string> => h.copy('alice', 'meeting');
const bobPuts = async (edit: (text: string) => string, headers: Headers = {}) =>
  h.put('bob', await copyName('bob'), edit(await bobs()), headers);
const answer =
  (status: string) =>
  (text: string): string =>
    text.replace(/ATTENDEE[^\r]*:mailto:bob@example.com/g, `ATTENDEE;PARTSTAT=${status}:mailto:bob@example.com`);
async function calendar(user: string, slug: string): Promise<string> {
  const path = `${h.home(user)}${slug}/`;
  expect((await h.send(user, 'MKCALENDAR', path)).status).toBe(201);
  return path;
}

describe('sequence', () => {
  it('a change with a lower SEQUENCE: everybody hears, the copies follow, the number stays as sent', async () => {
    await invite({ lines: ['SEQUENCE:5'] });
    await change({ start: '20270302T100000Z', lines: ['SEQUENCE:0'] });
    expect(h.notified()).toEqual(REQUESTS);
    expect(await alices()).toContain('SEQUENCE:0\r\n');
    expect(await bobs()).toMatch(/DTSTART:20270302[\s\S]*SEQUENCE:0\r\n/);
  });
  it('a CANCEL carries a SEQUENCE one higher than the meeting had', async () => {
    await invite({ lines: ['SEQUENCE:5'] });
    await h.delete('alice', 'm.ics');
    const items = await h.copies('bob', 'meeting', 'inbox');
    expect(items.find((text) => text.includes('METHOD:CANCEL'))).toContain('SEQUENCE:6\r\n');
  });
  it('a new SEQUENCE alone tells nobody', async () => {
    await invite({ lines: ['SEQUENCE:1'] });
    await change({ lines: ['SEQUENCE:2'] });
    expect(h.notified()).toEqual([]);
  });
});

describe('meetings from outside', () => {
  it('stored without the user among the guests, then with: only the answer is told', async () => {
    await h.put('bob', 'o.ics', foreign({ guests: [CAROL] }));
    expect(h.notified()).toEqual([]);
    await h.put('bob', 'o.ics', foreign({ guests: [CAROL, `${BOB} PARTSTAT=ACCEPTED`] }));
    expect(h.notified()).toEqual(REPLY_OUT);
  });
  it('stored with SCHEDULE-AGENT=CLIENT, answered and deleted: nobody hears', async () => {
    const organizer = 'olga@elsewhere.test SCHEDULE-AGENT=CLIENT';
    for (const status of ['NEEDS-ACTION', 'ACCEPTED']) {
      await h.put('bob', 'o.ics', foreign({ organizer, guests: [`${BOB} PARTSTAT=${status}`] }));
    }
    await h.delete('bob', 'o.ics');
    expect(h.notified()).toEqual([]);
  });
  it('SCHEDULE-AGENT of the organizer goes from CLIENT to SERVER: nobody hears of the answer given before', async () => {
    const guests = [`${BOB} PARTSTAT=ACCEPTED`];
    await h.put('bob', 'o.ics', foreign({ organizer: 'olga@elsewhere.test SCHEDULE-AGENT=CLIENT', guests }));
    await h.put('bob', 'o.ics', foreign({ guests }));
    expect(h.notified()).toEqual([]);
  });
  it('moved by hand in the own copy: refused, and stored by a restore in mode none', async () => {
    await h.put('bob', 'o.ics', foreign());
    expect((await h.put('bob', 'o.ics', foreign({ start: '20270303T100000Z' }))).status).toBe(403);
    expect((await h.put('bob', 'o.ics', foreign({ start: '20270303T100000Z' }), NONE)).status).toBe(204);
  });
});

describe('the same UID, met again', () => {
  it('an own event without organizer stays; the invitation lies in the inbox', async () => {
    await h.put('bob', 'own.ics', meeting({ summary: 'Mine' }));
    await h.put('alice', 'm.ics', by());
    expect(await bobs()).toContain('SUMMARY:Mine');
    expect(await h.copies('bob', 'meeting', 'inbox')).toHaveLength(1);
  });
  it('a restored copy with SCHEDULE-AGENT=NONE is taken over by the organizer’s invitation', async () => {
    await h.put('bob', 'own.ics', by({ organizer: 'alice@example.com SCHEDULE-AGENT=NONE', summary: 'Old' }));
    await h.put('alice', 'm.ics', by({ summary: 'New' }));
    expect(await h.members('bob')).toEqual(['own.ics']);
    expect(await bobs()).toContain('SUMMARY:New');
  });
  it('a guest’s copy restored first keeps its answer when the organizer’s event follows', async () => {
    await h.put('bob', 'own.ics', by({ guests: [`${BOB} PARTSTAT=ACCEPTED`, CAROL] }));
    expect(h.notified()).toEqual(REPLY);
    await h.put('alice', 'm.ics', by({ guests: [BOB, CAROL] }));
    expect(await h.members('bob')).toEqual(['own.ics']);
    expect(await bobs()).toMatch(/PARTSTAT=ACCEPTED[^\r]*bob@/);
  });
  it('both restored in mode none, in any order: the very bytes, nobody hears', async () => {
    const mine = by({ guests: [`${BOB} PARTSTAT=ACCEPTED`] });
    await h.put('bob', 'own.ics', mine, NONE);
    await h.put('alice', 'm.ics', by(), NONE);
    expect([(await h.get('bob', 'own.ics')).text, (await h.get('alice', 'm.ics')).text]).toEqual([mine, by()]);
    expect(h.notified()).toEqual([]);
  });
  it('an uninvited user answers: the organizer’s event stays as it was', async () => {
    await invite({ guests: [BOB] });
    const before = await alices();
    await h.put('carol', 'crash.ics', by({ guests: [BOB, `${CAROL} PARTSTAT=ACCEPTED`] }));
    expect(await alices()).toBe(before);
  });
  it('plain events may share a UID over two calendars; the second of them cannot become a meeting too', async () => {
    const second = await calendar('alice', 'second');
    await h.put('alice', 'm.ics', meeting());
    expect((await h.send('alice', 'PUT', `${second}m.ics`, meeting(), ICS)).status).toBe(201);
    expect((await h.put('alice', 'm.ics', by())).status).toBe(204);
    const refused = await h.send('alice', 'PUT', `${second}m.ics`, by(), ICS);
    expect([refused.status, refused.text.includes('unique-scheduling-object-resource')]).toEqual([403, true]);
  });
});

describe('SCHEDULE-AGENT', () => {
  it('a guest invited by hand is taken off: only the others hear', async () => {
    await invite({ guests: [`${BOB} SCHEDULE-AGENT=CLIENT`, CAROL] });
    await change({ guests: [CAROL] });
    expect(h.notified()).toEqual(['REQUEST inbox carol@example.com']);
  });
  it('a meeting restored with SCHEDULE-AGENT=CLIENT on all: silent to create, to change and to delete', async () => {
    const guests = [BOB, CAROL, EVE].map((guest) => `${guest} SCHEDULE-AGENT=CLIENT`);
    await h.put('alice', 'm.ics', by({ guests }));
    await h.put('alice', 'm.ics', by({ guests, start: '20270302T100000Z' }));
    await h.delete('alice', 'm.ics');
    expect(h.notified()).toEqual([]);
  });
});

describe('calendars', () => {
  const stored = async (path: string, text: string): Promise<void> => {
    expect((await h.send('alice', 'PUT', `${path}m.ics`, text, ICS)).status).toBe(201);
    h.clear();
  };
  it('an empty one is deleted: nobody hears', async () => {
    expect((await h.send('alice', 'DELETE', await calendar('alice', 'old'))).status).toBe(204);
    expect(h.notified()).toEqual([]);
  });
  it('one with plain events and a meeting is deleted: the guests of the meeting hear', async () => {
    const path = await calendar('alice', 'old');
    await h.send('alice', 'PUT', `${path}plain.ics`, meeting({ uid: 'plain' }), ICS);
    await stored(path, by());
    await h.send('alice', 'DELETE', path);
    expect(h.notified()).toEqual(CANCELS);
    expect(await bobs()).toContain('STATUS:CANCELLED');
  });
  it('one with accepted invitations is deleted: declined, unless Schedule-Reply is F', async () => {
    for (const [headers, notified] of [
      [{}, REPLY_OUT],
      [{ 'schedule-reply': 'F' }, []],
    ] as const) {
      const path = await calendar('bob', 'old');
      const text = foreign({ uid: `o${String(notified.length)}`, guests: [`${BOB} PARTSTAT=ACCEPTED`] });
      await h.send('bob', 'PUT', `${path}o.ics`, text, ICS);
      h.clear();
      expect((await h.send('bob', 'DELETE', path, undefined, headers)).status).toBe(204);
      expect(h.notified()).toEqual(notified);
    }
  });
  it('one is renamed by MOVE: nobody hears, the meetings in it live on', async () => {
    const path = await calendar('alice', 'old');
    await stored(path, by());
    const moved = `${h.home('alice')}new/`;
    expect((await h.send('alice', 'MOVE', path, undefined, { destination: moved })).status).toBe(201);
    expect(h.notified()).toEqual([]);
    await h.send('alice', 'DELETE', `${moved}m.ics`);
    expect(h.notified()).toEqual(CANCELS);
  });
  it('a COPY of one that holds a meeting is refused, and nothing is made', async () => {
    const path = await calendar('alice', 'old');
    await stored(path, by());
    const copied = await h.send('alice', 'COPY', path, undefined, { destination: `${h.home('alice')}new/` });
    expect([copied.status, copied.text.includes('unique-scheduling-object-resource')]).toEqual([403, true]);
    expect((await h.send('alice', 'GET', `${h.home('alice')}new/`)).status).toBe(404);
  });
  it('a meeting is moved to another calendar and deleted there: the guests hear of the deletion', async () => {
    await invite();
    const destination = `${await calendar('alice', 'other')}m.ics`;
    await h.send('alice', 'MOVE', `${h.calendar('alice')}m.ics`, undefined, { destination });
    expect(h.notified()).toEqual([]);
    await h.send('alice', 'DELETE', destination);
    expect(h.notified()).toEqual(CANCELS);
  });
  it('a guest keeps the copy in another calendar: changes follow it there', async () => {
    await invite();
    const path = await calendar('bob', 'other');
    const source = h.calendar('bob') + (await copyName('bob'));
    await h.send('bob', 'MOVE', source, undefined, { destination: `${path}kept.ics` });
    await change({ summary: 'New' });
    expect((await h.send('bob', 'GET', `${path}kept.ics`)).text).toContain('SUMMARY:New');
    expect(await h.members('bob')).toEqual([]);
  });
});

describe('clients that do not do well', () => {
  it('a guest is listed twice: one message', async () => {
    await h.put('alice', 'm.ics', by({ guests: [BOB, BOB, EVE] }));
    expect(h.notified()).toEqual(['REQUEST imip eve@elsewhere.test', 'REQUEST inbox bob@example.com']);
  });
  it('exclusions come in another order: nobody hears', async () => {
    await invite({ lines: [...WEEKLY, `EXDATE:${SECOND}`, `EXDATE:${THIRD}`] });
    await change({ lines: [...WEEKLY, `EXDATE:${THIRD}`, `EXDATE:${SECOND}`] });
    expect(h.notified()).toEqual([]);
  });
  it('a guest’s client drops an override: nobody hears and the organizer’s stays', async () => {
    await invite({ lines: WEEKLY, overrides: [{ at: SECOND, summary: 'Special' }] });
    await bobPuts((text) =>
      text.replace(/BEGIN:VEVENT(?:(?!END:VEVENT)[\s\S])*RECURRENCE-ID[\s\S]*?END:VEVENT\r\n/, ''),
    );
    expect(h.notified()).toEqual([]);
    expect(await alices()).toContain('SUMMARY:Special');
  });
  it('a guest takes the own name off the list: declined', async () => {
    await invite();
    await bobPuts((text) => text.replace(/ATTENDEE[^\r]*bob@example.com\r\n/, ''));
    expect(h.notified()).toEqual(REPLY);
    expect(await alices()).toMatch(/PARTSTAT=DECLINED[^\r]*bob@/);
  });
  it('the organizer takes the ORGANIZER away and leaves the guests: a CANCEL to each', async () => {
    await invite();
    await h.put('alice', 'm.ics', meeting({ guests: [BOB, CAROL, EVE] }));
    expect(h.notified()).toEqual(CANCELS);
  });
  it('a guest of one instance is added to all: the whole series arrives', async () => {
    await invite({ lines: WEEKLY, guests: [CAROL], overrides: [{ at: SECOND, guests: [BOB, CAROL] }] });
    await change({ lines: WEEKLY, guests: [BOB, CAROL], overrides: [{ at: SECOND, guests: [BOB, CAROL] }] });
    expect(await bobs()).toContain('RRULE');
  });
  it('a guest writes the same time in another zone: an answer, not a move', async () => {
    await invite();
    const zone = (text: string): string =>
      answer('ACCEPTED')(text)
        .replace('DTSTART:20270301T100000Z', 'DTSTART;TZID=Europe/Berlin:20270301T110000')
        .replace('DTEND:20270301T110000Z', 'DTEND;TZID=Europe/Berlin:20270301T120000');
    expect((await bobPuts(zone)).status).toBe(204);
    expect(h.notified()).toEqual(REPLY);
  });
});

describe('tags and conditions', () => {
  it('a wrong ETag or Schedule-Tag on DELETE: nothing goes and nobody hears', async () => {
    await invite();
    for (const name of ['if-match', 'if-schedule-tag-match']) {
      expect((await h.delete('alice', 'm.ics', { [name]: '"wrong"' })).status).toBe(412);
    }
    expect(h.notified()).toEqual([]);
    expect((await h.get('alice', 'm.ics')).status).toBe(200);
  });
  it('a guest answers with an old Schedule-Tag: 412, nobody hears', async () => {
    await invite();
    const tag = String((await h.get('bob', await copyName('bob'))).headers['schedule-tag']);
    await change({ summary: 'New' });
    h.clear();
    expect((await bobPuts(answer('ACCEPTED'), { 'if-schedule-tag-match': tag })).status).toBe(412);
    expect(h.notified()).toEqual([]);
  });
  it('a meeting becomes a plain event: no Schedule-Tag any more', async () => {
    await invite();
    expect((await h.put('alice', 'm.ics', meeting())).headers['schedule-tag']).toBeUndefined();
  });
});

describe('the three jobs', () => {
  it('spam in three calendars is cleaned up in mode none: nobody hears; in mode all each deletion declines', async () => {
    for (const [scheduling, notified] of [
      ['none', []],
      ['all', ['REPLY imip spam@spam.test', 'REPLY imip spam@spam.test', 'REPLY imip spam@spam.test']],
    ] as const) {
      for (const user of ['alice', 'bob', 'carol']) {
        const spam = meeting({
          uid: `spam-${scheduling}`,
          organizer: 'spam@spam.test',
          guests: [`${user}@example.com`],
        });
        await h.put(user, 'spam.ics', spam, NONE);
        await h.delete(user, 'spam.ics', { scheduling });
      }
      expect(h.notified()).toEqual(notified);
      h.clear();
    }
  });
  it('a silent deletion is undone silently: the bytes are back, the guests’ copies were never touched', async () => {
    await invite();
    const [before, guest] = [(await h.get('alice', 'm.ics')).text, await bobs()];
    await h.delete('alice', 'm.ics', NONE);
    await h.put('alice', 'm.ics', before, NONE);
    expect([(await h.get('alice', 'm.ics')).text, await bobs(), h.notified()]).toEqual([before, guest, []]);
  });
  it('a meeting restored silently is live: the next ordinary change tells everybody', async () => {
    await h.put('alice', 'm.ics', by(), NONE);
    await change({ summary: 'Edited' });
    expect(h.notified()).toEqual(REQUESTS);
  });
  it('a meeting restored silently and deleted by hand: everybody gets a CANCEL of what they may never have seen', async () => {
    await h.put('alice', 'm.ics', by(), NONE);
    await h.delete('alice', 'm.ics');
    expect(h.notified()).toEqual(CANCELS);
  });
  it('a meeting of the past is scheduled like any other', async () => {
    await h.put('alice', 'm.ics', by({ start: '20200301T100000Z' }));
    expect(h.notified()).toEqual(REQUESTS);
  });
  it('a hundred guests outside: a hundred messages of one write, none in mode internal-only', async () => {
    const guests = Array.from({ length: 100 }, (_, i) => `g${String(i)}@elsewhere.test`);
    await h.put('alice', 'm.ics', by({ guests }));
    expect(h.notified()).toHaveLength(100);
    await change({ guests, summary: 'New' }, { scheduling: 'internal-only' });
    expect(h.notified()).toEqual([]);
  });
  it('a task is answered as done: the organizer hears', async () => {
    await invite({ component: 'VTODO' });
    await bobPuts(answer('COMPLETED'));
    expect(h.notified()).toEqual(REPLY);
    expect(await alices()).toMatch(/PARTSTAT=COMPLETED[^\r]*bob@/);
  });
  it('a day of an all-day series is taken out by a guest: declined for that day', async () => {
    const allDay = { start: '20270301', end: '20270302', lines: WEEKLY };
    await invite(allDay);
    await bobPuts((text) => text.replace('END:VEVENT', 'EXDATE;VALUE=DATE:20270308\r\nEND:VEVENT'));
    expect(h.notified()).toEqual(REPLY);
    expect(await alices()).toMatch(/RECURRENCE-ID;VALUE=DATE:20270308/);
  });
});
