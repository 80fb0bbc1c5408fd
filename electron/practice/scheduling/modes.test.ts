import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Harness } from '../testing/harness.ts';
import { meeting } from '../testing/events.ts';

/*
 * The draft's modes, from the draft's text: who sees what after one write. bob and carol are inside, two guests outside.
 * all: as RFC 6638. none: just store. internal-only: other calendars are updated silently. external-only: local
 * calendars stay as they are, people outside are told.
 */

const OUTSIDE = ['eve@elsewhere.test', 'pat@partner.test'];
const GUESTS = ['alice@example.com PARTSTAT=ACCEPTED', 'bob@example.com', 'carol@example.com', ...OUTSIDE];
const INBOX = ['bob@example.com', 'carol@example.com'];
const MODES = ['all', 'none', 'internal-only', 'external-only'] as const;
type Mode = (typeof MODES)[number];

const inside = (mode: Mode): boolean => mode === 'all' || mode === 'internal-only';
const messages = (mode: Mode, method: string): string[] => [
  ...(mode === 'all' || mode === 'external-only' ? OUTSIDE.map((to) => `${method} imip ${to}`) : []),
  ...(mode === 'all' ? INBOX.map((to) => `${method} inbox ${to}`) : []),
];

let h: Harness;
let n = 0;
beforeAll(async () => {
  h = await Harness.start();
});
afterAll(() => h.close());

const invite = (uid: string, more: Parameters<typeof meeting>[0] = {}): string =>
  meeting({ uid, organizer: 'alice@example.com', guests: GUESTS, ...more });

async function arranged(): Promise<string> {
  const uid = `m${String(++n)}`;
  expect((await h.put('alice', `${uid}.ics`, invite(uid), { scheduling: 'all' })).status).toBe(201);
  h.clear();
  return uid;
}

const inboxCount = async (user: string, uid: string): Promise<number> => (await h.copies(user, uid, 'inbox')).length;

describe.each(MODES)('Scheduling: %s, the organizer', (mode) => {
  it('creates', async () => {
    const uid = `c-${mode}`;
    h.clear();
    const answer = await h.put('alice', `${uid}.ics`, invite(uid), { Scheduling: mode });
    expect(answer.status).toBe(201);
    expect(h.notified()).toEqual(messages(mode, 'REQUEST').sort());
    for (const user of ['bob', 'carol']) {
      expect(await h.copies(user, uid)).toHaveLength(inside(mode) ? 1 : 0);
      expect(await inboxCount(user, uid)).toBe(mode === 'all' ? 1 : 0);
    }
    const own = await h.copy('alice', uid);
    const status = (code: string): number => own.split(`SCHEDULE-STATUS=${code}`).length - 1;
    expect([status('1.2'), status('1.1')]).toEqual([
      inside(mode) ? 2 : 0,
      mode === 'all' || mode === 'external-only' ? 2 : 0,
    ]);
    if (mode === 'none') expect((await h.get('alice', `${uid}.ics`)).text).toBe(invite(uid));
  });

  it('changes', async () => {
    const uid = await arranged();
    const before = await inboxCount('bob', uid);
    const changed = invite(uid, { summary: 'Renamed' });
    expect((await h.put('alice', `${uid}.ics`, changed, { scheduling: mode })).status).toBe(204);
    expect(h.notified()).toEqual(messages(mode, 'REQUEST').sort());
    expect((await h.copy('bob', uid)).includes('SUMMARY:Renamed')).toBe(inside(mode));
    expect((await inboxCount('bob', uid)) - before).toBe(mode === 'all' ? 1 : 0);
  });

  it('deletes', async () => {
    const uid = await arranged();
    expect((await h.delete('alice', `${uid}.ics`, { scheduling: mode })).status).toBe(204);
    expect(h.notified()).toEqual(messages(mode, 'CANCEL').sort());
    expect((await h.copy('bob', uid)).includes('STATUS:CANCELLED')).toBe(inside(mode));
  });

  it('sets a property of the calendar and tells nobody', async () => {
    await arranged();
    const body =
      '<D:propertyupdate xmlns:D="DAV:"><D:set><D:prop><D:displayname>Work</D:displayname></D:prop></D:set></D:propertyupdate>';
    const answer = await h.send('alice', 'PROPPATCH', h.calendar('alice'), body, { scheduling: mode });
    expect(answer.status).toBe(207);
    expect(h.notified()).toEqual([]);
  });
});

describe.each(MODES)('Scheduling: %s, an attendee', (mode) => {
  const accepted = (uid: string): string =>
    invite(uid, { guests: GUESTS.map((g) => (g.startsWith('bob') ? `${g} PARTSTAT=ACCEPTED` : g)) });

  async function nameOf(user: string, uid: string): Promise<string> {
    for (const name of await h.members(user)) {
      if ((await h.get(user, name)).text.includes(`UID:${uid}\r\n`)) return name;
    }
    throw new Error(`${user} has no ${uid}`);
  }

  it('accepts a meeting of somebody inside', async () => {
    const uid = await arranged();
    const name = await nameOf('bob', uid);
    expect((await h.put('bob', name, accepted(uid), { scheduling: mode })).status).toBe(204);
    expect(h.notified()).toEqual(mode === 'all' ? ['REPLY inbox alice@example.com'] : []);
    const line = (text: string): boolean => /ATTENDEE[^\r]*PARTSTAT=ACCEPTED[^\r]*:mailto:bob@/.test(text);
    expect(line(await h.copy('alice', uid))).toBe(inside(mode));
    expect(line(await h.copy('carol', uid))).toBe(inside(mode));
  });

  it('deletes a meeting of somebody inside', async () => {
    const uid = await arranged();
    await h.delete('bob', await nameOf('bob', uid), { scheduling: mode });
    expect(h.notified()).toEqual(mode === 'all' ? ['REPLY inbox alice@example.com'] : []);
    expect(/PARTSTAT=DECLINED[^\r]*:mailto:bob@/.test(await h.copy('alice', uid))).toBe(inside(mode));
  });

  it('accepts and deletes a meeting of somebody outside', async () => {
    const uid = `o-${mode}`;
    const foreign = (answer: string): string =>
      meeting({ uid, organizer: 'olga@elsewhere.test', guests: [`bob@example.com PARTSTAT=${answer}`] });
    h.clear();
    expect((await h.put('bob', `${uid}.ics`, foreign('NEEDS-ACTION'), { scheduling: mode })).status).toBe(201);
    expect(h.notified()).toEqual([]);
    await h.put('bob', `${uid}.ics`, foreign('ACCEPTED'), { scheduling: mode });
    await h.delete('bob', `${uid}.ics`, { scheduling: mode });
    const out = mode === 'all' || mode === 'external-only';
    expect(h.notified()).toEqual(out ? ['REPLY imip olga@elsewhere.test', 'REPLY imip olga@elsewhere.test'] : []);
  });
});

describe.each(MODES)('Scheduling: %s, a stranger to the meeting', (mode) => {
  it('stores and deletes, and nobody hears', async () => {
    const uid = `s-${mode}`;
    const text = meeting({ uid, organizer: 'olga@elsewhere.test', guests: ['bob@example.com'] });
    h.clear();
    expect((await h.put('carol', `${uid}.ics`, text, { scheduling: mode })).status).toBe(201);
    expect((await h.get('carol', `${uid}.ics`)).text).toBe(text);
    await h.delete('carol', `${uid}.ics`, { scheduling: mode });
    expect(h.notified()).toEqual([]);
    expect(await h.copies('bob', uid)).toEqual([]);
  });
});

describe.each(MODES)('Scheduling: %s, a whole calendar', (mode) => {
  it('is deleted', async () => {
    const uid = `w-${mode}`;
    const path = `${h.home('alice')}old-${mode}/`;
    await h.send('alice', 'MKCALENDAR', path);
    await h.send('alice', 'PUT', `${path}a.ics`, invite(uid), { 'content-type': 'text/calendar' });
    h.clear();
    expect((await h.send('alice', 'DELETE', path, undefined, { scheduling: mode })).status).toBe(204);
    expect(h.notified()).toEqual(messages(mode, 'CANCEL').sort());
    expect((await h.copy('bob', uid)).includes('STATUS:CANCELLED')).toBe(inside(mode));
  });
});
