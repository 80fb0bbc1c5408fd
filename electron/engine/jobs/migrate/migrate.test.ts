import { afterEach, describe, expect, it } from 'vitest';
import { followBatch, meeting, answerOf, openOffice, type Office } from './testing/office.ts';
import { consentTo } from '../testing/consent.ts';

let office: Office;
afterEach(() => office.close());

describe('a migration by itself', () => {
  it('is silent where everybody brings an own copy, and every answer survives', async () => {
    office = await openOffice(['alice', 'bob', 'carol']);
    await office.keep(
      'alice',
      'm.ics',
      meeting('m', ['alice=ACCEPTED', 'bob=DECLINED', 'carol=TENTATIVE', 'ext@other.test']),
    );
    await office.keep(
      'bob',
      'x.ics',
      meeting('m', ['alice=ACCEPTED', 'bob=DECLINED', 'carol=TENTATIVE', 'ext@other.test']),
    );
    await office.keep(
      'carol',
      'y.ics',
      meeting('m', ['alice=ACCEPTED', 'bob=DECLINED', 'carol=TENTATIVE', 'ext@other.test']),
    );

    const { settled } = await office.move(office.spec(['bob', 'alice', 'carol']));

    expect(settled).toMatchObject({ status: 'complete', verified: 3 });
    expect(settled.totals.created).toBe(3);
    expect(office.fresh.notified()).toEqual([]);
    for (const user of ['alice', 'bob', 'carol']) {
      const copy = await office.fresh.copy(user, 'm');
      expect(answerOf(copy, 'bob')).toBe('DECLINED');
      expect(answerOf(copy, 'carol')).toBe('TENTATIVE');
    }
  });

  it('lets organizers go first where a colleague is left behind; own copies take the place of what came', async () => {
    office = await openOffice(['alice', 'bob', 'dave']);
    const people = ['alice=ACCEPTED', 'bob=DECLINED', 'dave=ACCEPTED', 'ext@other.test'];
    await office.keep('alice', 'm.ics', meeting('m', ['alice', 'bob', 'dave=ACCEPTED', 'ext@other.test']));
    await office.keep('bob', 'm.ics', meeting('m', people));
    await office.keep('alice', 'own.ics', meeting('own', ['alice', 'bob=ACCEPTED']));
    await office.keep('bob', 'own.ics', meeting('own', ['alice', 'bob=ACCEPTED']));

    const batch = await office.plan(office.spec(['bob', 'alice']));
    expect(batch.members.map(({ verdict }) => verdict?.effective)).toEqual(['none', 'internal-only', 'none']);
    expect(batch.summary.notes.join(' ')).toContain('go first');
    const { settled, events } = await followBatch(await batch.start(consentTo(batch)));

    expect(events.filter(({ kind }) => kind === 'problem')).toEqual([]);
    expect(settled).toMatchObject({ status: 'complete' });
    expect(office.fresh.notified().filter((line) => line.includes('imip'))).toEqual([]);
    expect(answerOf(await office.fresh.copy('bob', 'm'), 'bob')).toBe('DECLINED');
    expect(await office.fresh.copies('dave', 'm')).toHaveLength(1);
    expect(await office.fresh.copies('dave', 'own')).toHaveLength(0);
    const replaced = events.filter((event) => event.kind === 'item' && event.outcome === 'updated');
    expect(replaced).toMatchObject([{ uid: 'm', mailbox: 'bob' }]);
  });

  it('replaces nothing but what came by itself', async () => {
    office = await openOffice(['alice', 'bob', 'dave']);
    const people = ['alice=ACCEPTED', 'bob=ACCEPTED', 'dave'];
    await office.keep('alice', 'm.ics', meeting('m', ['alice', 'bob', 'dave']));
    await office.keep('bob', 'm.ics', meeting('m', people));
    await office.keep('bob', 'plain.ics', meeting('plain', ['bob', 'ext@other.test'], ['DTSTAMP:20250101T000000Z']));
    await office.fresh.put(
      'bob',
      'plain.ics',
      meeting('plain', ['bob', 'ext@other.test'], ['SUMMARY:Newer here', 'DTSTAMP:20260601T000000Z']),
      { scheduling: 'none' },
    );
    const { settled, events } = await office.move(office.spec(['alice', 'bob']));
    expect(settled.status).toBe('incomplete');
    expect(events.flatMap((event) => (event.kind === 'item' ? [`${event.uid} ${event.outcome}`] : [])).sort()).toEqual([
      'm created',
      'm updated',
      'plain conflict',
    ]);
    expect(await office.fresh.copy('bob', 'plain')).toContain('Newer here');
  });

  it('says what stays behind', async () => {
    office = await openOffice(['alice']);
    const host = new URL(office.old.server.info.base_url).host;
    const attached = [`ATTACH:http://${host}/files/1.pdf`];
    await office.keep('alice', 'm.ics', meeting('m', ['alice'], attached));
    await office.keep('alice', 'n.ics', meeting('n', ['alice'], ['ATTACH;MANAGED-ID=7:https://x.test/7']));
    const batch = await office.plan(office.spec(['alice']));
    expect(batch.members[0]?.notCarried).toEqual([expect.stringContaining('2 events have attachments')]);
    await batch.discard();
  });

  it('takes an empty calendar for what it is', async () => {
    office = await openOffice(['alice', 'bob']);
    await office.keep('alice', 'm.ics', meeting('m', ['alice']));
    const { settled } = await office.move(office.spec(['alice', 'bob']));
    expect(settled).toMatchObject({ status: 'complete', verified: 1 });
  });

  it('names a mailbox that the old server does not give, and moves the others', async () => {
    office = await openOffice(['alice', 'bob']);
    await office.keep('alice', 'm.ics', meeting('m', ['alice']));
    await office.keep('bob', 'n.ics', meeting('n', ['bob']));
    office.old.server.setFaults([{ path: '/bob/', status: 500, count: 0 }]);
    const { settled, events } = await office.move(office.spec(['alice', 'bob']));
    expect(settled.totals.created).toBe(1);
    expect(settled.status).toBe('incomplete');
    const bob = events.findLast((event) => event.kind === 'member' && event.member.mailbox === 'bob');
    expect(JSON.stringify(bob ?? {})).toContain('source calendar could not be read');
  });

  it('is refused before any write where the new server keeps no silence', async () => {
    office = await openOffice(['alice', 'bob'], { personality: 'ignores-header' });
    await office.keep('alice', 'm.ics', meeting('m', ['alice', 'bob']));
    const batch = await office.plan(office.spec(['alice', 'bob']));
    expect(batch.summary.blocked).toBe(2);
    expect(batch.members[0]?.problem?.message).toMatch(/does not advertise/);
    await expect(batch.start({ hash: batch.summary.hash, typedMessages: null })).rejects.toThrow();
    expect(await office.fresh.members('alice')).toEqual([]);
    await batch.discard();
  });
});

describe('a migration in parts and with modes of its own', () => {
  it('takes organizers on all parts first, then the rest, as if it were one', async () => {
    const users = ['alice', 'bob', 'carol', 'erin'];
    office = await openOffice([...users, 'dave']);
    for (const organizer of users) {
      const guests = users.filter((user) => user !== organizer);
      await office.keep(organizer, `${organizer}.ics`, meeting(organizer, [organizer, ...guests, 'dave']));
      const answered = [organizer, ...guests.map((guest) => `${guest}=DECLINED`), 'dave'];
      for (const guest of guests) await office.keep(guest, `${organizer}.ics`, meeting(organizer, answered));
    }
    for (const pass of ['organizers', 'rest'] as const) {
      for (const index of [1, 2]) {
        const spec = office.spec(users, { shard: { index, of: 2 }, pass });
        const batch = await office.plan(spec);
        if (batch.members.length === 0) continue;
        const { settled } = await followBatch(await batch.start(consentTo(batch)));
        expect([pass, index, settled.status]).toEqual([pass, index, 'complete']);
      }
    }
    expect(office.fresh.notified().filter((line) => line.includes('imip'))).toEqual([]);
    for (const user of users) {
      expect(await office.fresh.members(user)).toHaveLength(users.length);
      for (const organizer of users.filter((one) => one !== user)) {
        expect(answerOf(await office.fresh.copy(user, organizer), user)).toBe('DECLINED');
      }
    }
    expect(await office.fresh.members('dave')).toHaveLength(users.length);
  });

  it('obeys the mode of a row: all colleagues hear, nobody outside does', async () => {
    office = await openOffice(['alice', 'bob', 'dave']);
    await office.keep('alice', 'm.ics', meeting('m', ['alice', 'bob', 'dave', 'ext@other.test']));
    await office.keep('bob', 'm.ics', meeting('m', ['alice', 'bob=ACCEPTED', 'dave', 'ext@other.test']));
    const moves = office.moves(['bob', 'alice'], { mode: 'internal-only' });
    const { settled } = await office.move(office.spec([], { moves, mode: 'internal-only' }));
    expect(settled.status).toBe('complete');
    expect(office.fresh.notified().filter((line) => line.includes('imip'))).toEqual([]);
    expect(answerOf(await office.fresh.copy('bob', 'm'), 'bob')).toBe('ACCEPTED');
    expect(answerOf(await office.fresh.copy('alice', 'm'), 'bob')).toBe('ACCEPTED');
    expect(await office.fresh.copies('dave', 'm')).toHaveLength(1);
  });

  it('moves people of the old domain to the new one', async () => {
    office = await openOffice(['alice', 'bob']);
    const people = ['alice@old.test=ACCEPTED', 'bob@old.test=DECLINED', 'ext@other.test'];
    const path = await office.file('alice.ics', meeting('m', people));
    const moves = office.moves(['alice'], { from: { kind: 'files', paths: [path] } });
    const rewrites = { domains: [{ from: 'old.test', to: 'example.com' }] };
    const { settled, events } = await office.move(office.spec([], { moves, rewrites }));
    expect(settled).toMatchObject({ status: 'complete', verified: 1 });
    expect(events.findLast((event) => event.kind === 'member' && event.member.calendar.includes('own'))).toBeDefined();
    const copy = await office.fresh.copy('alice', 'm');
    expect(copy).toContain('ORGANIZER:mailto:alice@example.com');
    expect(copy).not.toContain('old.test');
    expect(office.fresh.notified().filter((line) => line.includes('imip'))).toEqual([]);
  });

  it('makes a calendar as it was on the old side', async () => {
    office = await openOffice(['alice']);
    await office.keep('alice', 'm.ics', meeting('m', ['alice']));
    const NS = 'xmlns:D="DAV:" xmlns:A="http://apple.com/ns/ical/"';
    const set = '<D:set><D:prop><A:calendar-color>#123456</A:calendar-color></D:prop></D:set>';
    const body = `<D:propertyupdate ${NS}>${set}</D:propertyupdate>`;
    await office.old.send('alice', 'PROPPATCH', office.old.calendar('alice'), body);
    const calendarUrl = new URL('/dav/calendars/alice/work/', office.fresh.server.info.base_url).href;
    const moves = office.moves(['alice'], { calendarUrl, calendarName: 'Work', makes: true });
    const { settled } = await office.move(office.spec([], { moves }));
    expect(settled.status).toBe('complete');
    const { calendars } = await office.engine.discover(office.connect({ ...(moves[0]?.to ?? expect.fail()) }));
    expect(calendars.find(({ url }) => url === calendarUrl)).toMatchObject({ name: 'Work', color: '#123456' });
  });
});

describe('the final pass', () => {
  it('brings along what changed on the old side, and overwrites nothing of the new one', async () => {
    office = await openOffice(['alice']);
    for (const uid of ['same', 'old', 'new', 'both', 'gone', 'goneNew']) {
      await office.keep('alice', `${uid}.ics`, meeting(uid, ['alice', 'bob@example.com']));
    }
    const spec = office.spec(['alice']);
    const { batchId } = await office.move(spec);
    const changed = (uid: string, title: string) => meeting(uid, ['alice', 'bob@example.com'], [`SUMMARY:${title}`]);
    await office.keep('alice', 'old.ics', changed('old', 'Old side'));
    await office.keep('alice', 'both.ics', changed('both', 'Old side'));
    await office.keep('alice', 'added.ics', changed('added', 'Added'));
    await office.old.delete('alice', 'gone.ics', { scheduling: 'none' });
    for (const uid of ['new', 'both'])
      await office.fresh.put('alice', await nameOf(uid), changed(uid, 'New side'), { scheduling: 'none' });
    await office.fresh.delete('alice', await nameOf('goneNew'), { scheduling: 'none' });

    const again = await office.move({ ...spec, after: batchId });
    expect(outcomes(again.events)).toEqual({
      same: 'unchanged',
      old: 'updated',
      new: 'skipped',
      both: 'conflict',
      added: 'created',
      gone: 'skipped',
      goneNew: 'skipped',
    });
    const last = await office.move({ ...spec, after: again.batchId, deleteGone: true });
    expect(outcomes(last.events)).toMatchObject({
      gone: 'deleted',
      old: 'unchanged',
      same: 'unchanged',
      both: 'conflict',
    });
    expect(await office.fresh.copies('alice', 'gone')).toEqual([]);
    expect(await office.fresh.copy('alice', 'both')).toContain('New side');
    expect(office.fresh.notified()).toEqual([]);
  });
});

async function nameOf(uid: string): Promise<string> {
  for (const name of await office.fresh.members('alice')) {
    if ((await office.fresh.get('alice', name)).text.includes(`UID:${uid}\r\n`)) return name;
  }
  throw new Error(`no ${uid}`);
}

function outcomes(events: readonly { readonly kind: string }[]): Record<string, string> {
  const found: Record<string, string> = {};
  for (const event of events) {
    if ('uid' in event && 'outcome' in event) found[String(event.uid)] = String(event.outcome);
  }
  return found;
}
