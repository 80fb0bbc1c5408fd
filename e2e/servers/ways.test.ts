import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { filled, hushcal, type CommandResult } from './command-line.ts';
import { useServer, type RunningServer } from './harness.ts';
import { emptyEverything, objectsOf } from './observe.ts';
import { plainClient } from './plain-http.ts';

/** An administrator acting for a user, by each way that a server has; and the named ways to be quiet. */
const work = mkdtempSync(path.join(tmpdir(), 'hushcal-ways.'));
afterAll(() => rmSync(work, { recursive: true, force: true }));
const runs = path.join(work, 'runs');
const EXTERNAL = 'ext@other.test';

/** A meeting that `organizer` holds in 2037, with guests inside and outside. */
function meeting(uid: string, organizer: string, guests: readonly string[], prodid = '-//test//EN'): string {
  return [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    `PRODID:${prodid}`,
    'BEGIN:VEVENT',
    `UID:${uid}`,
    'DTSTAMP:20260101T000000Z',
    'DTSTART:20370105T090000Z',
    'DTEND:20370105T100000Z',
    'SUMMARY:Budget round',
    `ORGANIZER:mailto:${organizer}`,
    `ATTENDEE;PARTSTAT=ACCEPTED:mailto:${organizer}`,
    ...guests.map((guest) => `ATTENDEE;PARTSTAT=NEEDS-ACTION:mailto:${guest}`),
    'END:VEVENT',
    'END:VCALENDAR',
    '',
  ].join('\r\n');
}

let next = 0;
/** A backup of one meeting of bob, with alice and somebody outside; its UID is new each time. */
function backupOf(organizer = 'bob', guest = 'alice'): { readonly file: string; readonly uid: string } {
  next += 1;
  const uid = `ways-${next}`;
  const file = path.join(work, `${uid}.ics`);
  writeFileSync(file, meeting(uid, `${organizer}@example.com`, [`${guest}@example.com`, EXTERNAL]));
  return { file, uid };
}

interface Login {
  readonly user: string;
  readonly password: string;
  readonly flags?: readonly string[];
}

function adminOf({ description }: RunningServer, user: string, way: string): Login {
  const { admin } = description;
  if (admin === null) throw new Error(`${description.server} has no administrator`);
  return { user: admin.user, password: admin.password, flags: ['--for', user, '--way', way] };
}

function restore(
  file: string,
  calendar: string,
  { user, password, flags = [] }: Login,
  more: readonly string[],
): Promise<CommandResult> {
  const args = ['restore', file, '--calendar', calendar, '--user', user, ...flags, ...more, '--runs', runs];
  return hushcal(args, password);
}

const planEvent = z.looseObject({
  summary: z.looseObject({ actingAs: z.unknown(), notified: z.unknown(), notes: z.unknown() }),
});

/** The plan as it is printed with `--json`. */
function summaryOf({ events }: CommandResult): z.infer<typeof planEvent>['summary'] {
  return planEvent.parse(events.find(({ kind }) => kind === 'plan')).summary;
}

async function copies(server: RunningServer, user: string, uid: string): Promise<number> {
  const [calendar, inbox] = await Promise.all([
    objectsOf(server, user, 'calendar', uid),
    objectsOf(server, user, 'inbox', uid),
  ]);
  return calendar.length + inbox.length;
}

const QUIET = ['--scheduling', 'none', '--yes'];
const created = { created: 1 };

describe('cyrus', () => {
  const server = useServer('cyrus');
  beforeEach(() => emptyEverything(server()));

  const ways = [
    ['authorize-as', 'proxy_base_url'],
    ['direct', 'direct_base_url'],
  ] as const;

  describe.each(ways)('by %s', (way, port) => {
    const calendar = (): string => `${server().description[port] ?? ''}${server().user('bob').calendar}`;

    it('acts with the addresses of the owner, and tells nobody when asked to', async () => {
      const { file, uid } = backupOf();
      const result = await restore(file, calendar(), adminOf(server(), 'bob', way), [...QUIET, '--as', 'match']);
      expect([filled(result.settled?.totals), result.stderr]).toEqual([created, expect.any(String)]);
      expect(summaryOf(result).actingAs).toEqual({ 'mailto:bob@example.com': 1 });
      expect(await objectsOf(server(), 'bob', 'calendar', uid)).toHaveLength(1);
      expect(await copies(server(), 'alice', uid)).toBe(0);
      expect(await server().mail()).toEqual([]);
      const undo = ['undo', result.settled?.runId ?? '', '--yes', '--runs', runs];
      const undone = await hushcal(undo, adminOf(server(), 'bob', way).password);
      expect([filled(undone.settled?.totals), undone.stderr]).toEqual([{ deleted: 1 }, expect.any(String)]);
      expect(await server().mail()).toEqual([]);
    });

    it('schedules as the owner when everybody is told', async () => {
      const { file, uid } = backupOf();
      const flags = ['--scheduling', 'all', '--yes'];
      const result = await restore(file, calendar(), adminOf(server(), 'bob', way), flags);
      expect([filled(result.settled?.totals), result.stderr]).toEqual([created, expect.any(String)]);
      expect(await copies(server(), 'alice', uid)).toBe(2);
      expect((await server().mail()).map(({ from, to }) => [from, to])).toEqual([
        [expect.stringContaining('bob@example.com'), [EXTERNAL]],
      ]);
    });
  });

  it('does not let one user act for another by Authorize-As, and says so in one sentence', async () => {
    const { file } = backupOf();
    const calendar = `${server().description.proxy_base_url ?? ''}${server().user('bob').calendar}`;
    const { password } = server().user('alice');
    const alice = { user: 'alice', password: password ?? '', flags: ['--for', 'bob', '--way', 'authorize-as'] };
    const result = await restore(file, calendar, alice, QUIET);
    expect(result.code).toBe(2);
    expect(result.stderr).toContain('The server does not let alice act for bob');
    expect(await objectsOf(server(), 'bob', 'calendar', 'ways')).toEqual([]);
  });

  it('through the shared address of a calendar tells nobody, whatever is asked; the plan says so', async () => {
    const { file, uid } = backupOf();
    const calendar = `${server().description.base_url}/dav/calendars/user/admin/bob.Default/`;
    const result = await restore(file, calendar, adminOf(server(), 'bob', 'direct'), ['--scheduling', 'all', '--yes']);
    expect([filled(result.settled?.totals), result.stderr]).toEqual([created, expect.any(String)]);
    expect(JSON.stringify(summaryOf(result).notes)).toContain('notifies nobody about what is written through it');
    expect(await copies(server(), 'alice', uid)).toBe(0);
    expect(await server().mail()).toEqual([]);
  });

  const alice = (): Login => ({ user: 'alice', password: server().user('alice').password ?? '' });
  const home = (): string => server().description.base_url + server().user('alice').calendar;

  it.each(['collection-switch', 'client-agent'])(
    'with --instead %s tells nobody and leaves no trace elsewhere',
    async (instead) => {
      const { file, uid } = backupOf('alice', 'bob');
      const result = await restore(file, home(), alice(), [...QUIET, '--instead', instead]);
      expect([filled(result.settled?.totals), result.settled?.verified, result.stderr]).toEqual([
        created,
        1,
        expect.any(String),
      ]);
      expect(await objectsOf(server(), 'alice', 'calendar', uid)).toHaveLength(1);
      expect(await copies(server(), 'bob', uid)).toBe(0);
      expect(await server().mail()).toEqual([]);
      expect(await schedulingOf(server(), server().user('alice').calendar)).toBeNull();
    },
  );

  it('after the switch was put back schedules as before', async () => {
    const { file } = backupOf('alice', 'bob');
    await restore(file, home(), alice(), [...QUIET, '--instead', 'collection-switch']);
    const later = backupOf('alice', 'bob');
    await restore(later.file, home(), alice(), ['--scheduling', 'all', '--yes']);
    expect(await copies(server(), 'bob', later.uid)).toBe(2);
  });
});

/** The property by which Cyrus switches a calendar's scheduling off; null where it is not set. */
async function schedulingOf(server: RunningServer, calendar: string): Promise<string | null> {
  const body =
    '<D:propfind xmlns:D="DAV:" xmlns:Y="http://cyrusimap.org/ns/"><D:prop><Y:scheduling-enabled/></D:prop></D:propfind>';
  const headers = { Depth: '0', 'Content-Type': 'application/xml' };
  const answer = await plainClient(server, server.user('alice')).request('PROPFIND', calendar, { body, headers });
  return /scheduling-enabled>(?:<!\[CDATA\[)?([^<\]]+)/.exec(answer.body.toString('utf8'))?.[1] ?? null;
}

describe('why an administrator cannot give itself rights on Cyrus over CalDAV', () => {
  describe('without the right to change rights', () => {
    const server = useServer('cyrus', { CYRUS_ADMIN_ACL: 'lr' });
    it('is refused: being an administrator is not enough', async () => {
      const { status, body } = await changeRights(server(), grantTo('<D:self/>'));
      expect(status).toBe(403);
      expect(body).toContain('need-privileges');
    });
  });

  describe('with it', () => {
    const server = useServer('cyrus');
    it('cannot name anybody, so that the change would take away the rights of everybody else', async () => {
      const named = await changeRights(server(), grantTo('<D:href>/dav/principals/user/alice/</D:href>'));
      expect([named.status, named.body]).toEqual([403, expect.stringContaining('recognized-principal')]);
      const before = await rightsOf(server());
      expect(before).toContain('<D:all/></D:principal>');
      expect((await changeRights(server(), grantTo('<D:self/>'))).status).toBe(200);
      const after = await rightsOf(server());
      expect(after).not.toContain('<D:all/></D:principal>');
      expect(after).not.toContain('<D:owner/></D:principal>');
    });
  });

  const grantTo = (principal: string): string =>
    `<D:acl xmlns:D="DAV:"><D:ace><D:principal>${principal}</D:principal><D:grant><D:privilege><D:all/></D:privilege></D:grant></D:ace></D:acl>`;
  const SHARED = '/dav/calendars/user/admin/bob.Default/';

  async function changeRights(server: RunningServer, acl: string) {
    const answer = await asAdmin(server).request('ACL', SHARED, { body: acl, headers: XML });
    return { status: answer.status, body: answer.body.toString('utf8') };
  }

  async function rightsOf(server: RunningServer): Promise<string> {
    const body = '<D:propfind xmlns:D="DAV:"><D:prop><D:acl/></D:prop></D:propfind>';
    const answer = await asAdmin(server).request('PROPFIND', SHARED, { body, headers: { ...XML, Depth: '0' } });
    return answer.body.toString('utf8');
  }

  const XML = { 'Content-Type': 'application/xml' };
  const asAdmin = (server: RunningServer) => {
    const { user, password } = adminOf(server, 'bob', 'direct');
    return plainClient(server, { user, password });
  };
});

describe('davical, whose administrators may do everything', () => {
  const server = useServer('davical');
  const calendar = (): string => server().description.base_url + server().user('bob').calendar;

  it('acts with the addresses of the owner', async () => {
    const { file } = backupOf();
    const flags = ['--scheduling', 'all', '--as', 'server', '--dry-run'];
    const result = await restore(file, calendar(), adminOf(server(), 'bob', 'direct'), flags);
    expect([result.code, result.stderr]).toEqual([0, expect.any(String)]);
    expect(summaryOf(result)).toMatchObject({ strangers: 0, notified: { all: { people: 2, inside: 1, outside: 1 } } });
  });

  it('with --instead client-agent tells nobody and leaves no trace elsewhere', async () => {
    const { file, uid } = backupOf();
    const flags = [...QUIET, '--instead', 'client-agent'];
    const result = await restore(file, calendar(), adminOf(server(), 'bob', 'direct'), flags);
    expect([filled(result.settled?.totals), result.settled?.verified, result.stderr]).toEqual([
      created,
      1,
      expect.any(String),
    ]);
    expect(await objectsOf(server(), 'bob', 'calendar', uid)).toHaveLength(1);
    expect(await copies(server(), 'alice', uid)).toBe(0);
    expect(await server().mail()).toEqual([]);
  });

  it('would have told alice without it', async () => {
    const { file, uid } = backupOf();
    await restore(file, calendar(), adminOf(server(), 'bob', 'direct'), ['--scheduling', 'all', '--yes']);
    expect(await copies(server(), 'alice', uid)).toBeGreaterThan(0);
  });
});

describe('sogo, whose superusers may do everything', () => {
  const server = useServer('sogo');
  const calendar = (): string => server().description.base_url + server().user('bob').calendar;

  it('acts with the addresses of the owner', async () => {
    const { file } = backupOf();
    const flags = ['--scheduling', 'all', '--dry-run'];
    const result = await restore(file, calendar(), adminOf(server(), 'bob', 'direct'), flags);
    expect([result.code, result.stderr]).toEqual([0, expect.any(String)]);
    expect(summaryOf(result)).toMatchObject({ strangers: 0, notified: { all: { people: 2, inside: 1, outside: 1 } } });
  });

  it('writes into the calendar of the user, whose mail it is', async () => {
    const { file, uid } = backupOf();
    const flags = ['--scheduling', 'all', '--yes'];
    const result = await restore(file, calendar(), adminOf(server(), 'bob', 'direct'), flags);
    // SOGo takes the owner out of the guests, so that what is stored is not what was sent; that is said.
    expect([result.code, filled(result.settled?.totals)]).toEqual([1, { altered: 1 }]);
    expect(await objectsOf(server(), 'bob', 'calendar', uid)).toHaveLength(1);
    const senders = (await server().mail()).map(({ from }) => from);
    expect(senders.length).toBeGreaterThan(0);
    for (const from of senders) expect(from).toContain('bob@example.com');
  });

  it('offers no way to be quiet', async () => {
    await server().clearMail();
    const { file } = backupOf();
    for (const instead of ['collection-switch', 'client-agent']) {
      const result = await restore(file, calendar(), adminOf(server(), 'bob', 'direct'), [
        ...QUIET,
        '--instead',
        instead,
      ]);
      expect([result.code, result.stderr]).toEqual([2, expect.stringContaining('is not offered here')]);
    }
    expect(await server().mail()).toEqual([]);
  });
});
