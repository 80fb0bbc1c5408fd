import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { filled, hushcal, targetOf, type CommandResult } from './command-line.ts';
import { useServer } from './harness.ts';
import { emptyEverything } from './observe.ts';
import { plainClient, type PlainClient } from './plain-http.ts';

/** Cyrus takes a UID once per user: an event that another calendar holds is a conflict before anything is written. */
const work = mkdtempSync(path.join(tmpdir(), 'hushcal-elsewhere.'));
afterAll(() => rmSync(work, { recursive: true, force: true }));

function event(uid: string, summary: string): string {
  return [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//test//EN',
    'BEGIN:VEVENT',
    `UID:${uid}`,
    'DTSTAMP:20260101T000000Z',
    'DTSTART:20370105T090000Z',
    'DTEND:20370105T100000Z',
    `SUMMARY:${summary}`,
    'ORGANIZER:mailto:alice@example.com',
    'ATTENDEE;PARTSTAT=ACCEPTED:mailto:alice@example.com',
    'ATTENDEE;PARTSTAT=NEEDS-ACTION:mailto:ext@other.test',
    'BEGIN:VALARM',
    'UID:of-the-alarm',
    'ACTION:DISPLAY',
    'DESCRIPTION:soon',
    'TRIGGER:-PT5M',
    'END:VALARM',
    'END:VEVENT',
    'END:VCALENDAR',
    '',
  ].join('\r\n');
}

describe('cyrus', () => {
  const server = useServer('cyrus');
  const client = (): PlainClient => plainClient(server(), server().user('alice'));
  const other = (): string => `${server().user('alice').calendar_home}elsewhere/`;
  const quiet = { 'Scheduling-Enabled': 'F', 'Content-Type': 'text/calendar; charset=utf-8' };

  // Once: Cyrus sometimes refuses (403) to make a calendar again that was deleted a moment ago.
  beforeAll(async () => {
    expect((await client().request('MKCALENDAR', other())).status).toBe(201);
  });
  beforeEach(async () => {
    await emptyEverything(server());
    for (const href of await client().list(other())) await client().request('DELETE', href, { headers: quiet });
    const put = await client().request('PUT', `${other()}x.ics`, { body: event('there', 'Moved'), headers: quiet });
    expect(put.status).toBe(201);
    await server().clearMail();
  });

  async function restore(...flags: readonly string[]): Promise<CommandResult> {
    const files = ['there', 'new'].map((uid) => {
      const file = path.join(work, `${uid}.ics`);
      writeFileSync(file, event(uid, 'Backup'));
      return file;
    });
    const { calendar, user, password } = targetOf(server(), 'alice');
    const where = ['--calendar', calendar, '--user', user, '--scheduling', 'none', '--runs', path.join(work, 'runs')];
    return hushcal(['restore', ...files, ...where, ...flags], password ?? '');
  }

  const planned = ({ items }: CommandResult): unknown => items.map(({ uid, action }) => [uid, action]);

  it('gives UIDs alone when it is asked for them alone (RFC 4791 §9.6)', async () => {
    const body =
      '<C:calendar-query xmlns:D="DAV:" xmlns:C="urn:ietf:params:xml:ns:caldav"><D:prop><D:getetag/><C:calendar-data>' +
      '<C:comp name="VCALENDAR"><C:comp name="VEVENT"><C:prop name="UID"/></C:comp></C:comp></C:calendar-data></D:prop>' +
      '<C:filter><C:comp-filter name="VCALENDAR"/></C:filter></C:calendar-query>';
    const answer = await client().request('REPORT', other(), {
      body,
      headers: { Depth: '1', 'Content-Type': 'text/xml' },
    });
    expect(answer.status).toBe(207);
    const text = answer.body.toString('utf8');
    expect(text).toContain('UID:there');
    expect(text).not.toMatch(/SUMMARY|DTSTART|of-the-alarm/);
  });

  it('shows the conflict in the plan, with the name of the other calendar, and writes nothing', async () => {
    const dry = await restore('--dry-run');
    expect([dry.code, planned(dry), dry.stderr]).toEqual([
      0,
      [
        ['there', 'conflict'],
        ['new', 'create'],
      ],
      expect.any(String),
    ]);
    expect(dry.items[0]?.reason).toMatch(/Another calendar of this user.*It is in "elsewhere"\./);
    expect(await client().list(server().user('alice').calendar)).toEqual([]);
    expect(await server().mail()).toEqual([]);
  });

  it.each([
    ['skip', { conflict: 1, created: 1 }, 1],
    ['replace', { conflict: 1, created: 1 }, 1],
    ['newer', { conflict: 1, created: 1 }, 1],
    ['copy', { created: 2 }, 0],
  ] as const)('%s: leaves the other calendar as it is', async (policy, totals, code) => {
    const run = await restore('--on-conflict', policy, '--yes');
    expect([run.code, filled(run.settled?.totals), run.stderr]).toEqual([code, totals, expect.any(String)]);
    expect(run.settled?.verified).toBe(totals.created);
    const kept = await client().request('GET', `${other()}x.ics`);
    expect(kept.body.toString('utf8')).toContain('SUMMARY:Moved');
    expect(await server().mail()).toEqual([]);
  });

  it('is settled by a person: kept there, or added as a copy', async () => {
    const kept = await restore('--resolve', 'server:there', '--yes');
    expect([kept.code, filled(kept.settled?.totals)]).toEqual([0, { skipped: 1, created: 1 }]);
    const copied = await restore('--resolve', 'copy:there', '--yes');
    expect([copied.code, filled(copied.settled?.totals)]).toEqual([0, { created: 1, unchanged: 1 }]);
  });
});
