import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { hushcal } from './command-line.ts';
import { draftOrigin } from './draft-over-cyrus.ts';
import { useServer } from './harness.ts';
import type { RunningServer } from './harness.ts';
import { plainClient } from './plain-http.ts';

/** Three people with meetings among each other move from one real server to another. */
const work = mkdtempSync(path.join(tmpdir(), 'hushcal-migrate.'));
afterAll(() => rmSync(work, { recursive: true, force: true }));

const USERS = ['alice', 'bob', 'carol'] as const;
const PASSWORD = 'HUSHCAL_TEST_PASSWORD';
/** Who answered what: organizer first. */
const ANSWERS: Readonly<Record<string, string>> = { alice: 'ACCEPTED', bob: 'DECLINED', carol: 'TENTATIVE' };
const MEETINGS = ['alice', 'bob', 'carol'].flatMap((organizer) => [`${organizer}-one`, `${organizer}-two`]);
const EVENTS = MEETINGS.length * USERS.length;

describe.each([
  { from: 'radicale', to: 'cyrus', order: ['alice', 'bob', 'carol'] },
  { from: 'radicale', to: 'cyrus', order: ['carol', 'bob', 'alice'] },
  { from: 'xandikos', to: 'radicale', order: ['bob', 'carol', 'alice'] },
] as const)('$from to $to, $order', ({ from, to, order }) => {
  const old = useServer(from);
  const fresh = useServer(to);

  it('brings every event along, silently, and every answer survives', async () => {
    await fill(old());
    const { code, settled, stderr } = await migrate(`${from}-${to}-${order[0]}`, old(), fresh(), order);
    expect(settled?.totals['created'], stderr).toBe(EVENTS);
    expect([code, settled?.status, settled?.verified]).toEqual([0, 'complete', EVENTS]);
    expect(await fresh().mail()).toEqual([]);
    for (const user of USERS) {
      const copies = await copiesOf(fresh(), user);
      expect([...copies.keys()].sort()).toEqual([...MEETINGS].sort());
      for (const text of copies.values()) for (const name of USERS) expect(answerIn(text, name)).toBe(ANSWERS[name]);
    }
  });

  it('writes nothing the second time', async () => {
    const { settled, stderr } = await migrate(`${from}-${to}-${order[0]}`, old(), fresh(), order);
    expect(settled?.totals, stderr).toMatchObject({ unchanged: EVENTS, created: 0, updated: 0, failed: 0 });
  });
});

describe.each(['davical', 'sogo'] as const)('radicale to %s, which keeps no silence', (to) => {
  const old = useServer('radicale');
  const fresh = useServer(to);

  it('is refused before any write, with what can be done instead', async () => {
    await fill(old());
    const { code, stderr } = await migrate(`refused-${to}`, old(), fresh(), USERS);
    expect(code).toBe(2);
    expect(stderr).toMatch(/would ignore the request to stay quiet|does not advertise|not known/);
    expect(await fresh().mail()).toEqual([]);
    for (const user of USERS) expect((await copiesOf(fresh(), user)).size).toBe(0);
  });
});

describe('a colleague who is left behind, on the draft over Cyrus', () => {
  const old = useServer('radicale');
  const fresh = useServer('cyrus');

  it('gets the meetings of those who move; those keep their own answers', async () => {
    await fill(old());
    const { code, settled, stderr } = await migrate('left', old(), fresh(), ['bob', 'alice'], draftOrigin(fresh()));
    expect([code, settled?.status], stderr).toEqual([0, 'complete']);
    expect(await fresh().mail()).toEqual([]);
    for (const user of ['alice', 'bob']) {
      const copies = await copiesOf(fresh(), user);
      expect([...copies.keys()].sort()).toEqual([...MEETINGS].sort());
      for (const text of copies.values()) expect(answerIn(text, user)).toBe(ANSWERS[user]);
    }
    const carols = [...(await copiesOf(fresh(), 'carol')).keys()].sort();
    expect(carols).toEqual(MEETINGS.filter((uid) => !uid.startsWith('carol')).sort());
  });
});

describe('step 2 on the draft over Cyrus', () => {
  const old = useServer('radicale');
  const fresh = useServer('cyrus');

  it('tells guests outside once, and changes nobody else', async () => {
    await fill(old(), ['ext@other.test']);
    const moved = await migrate('announce', old(), fresh(), USERS, draftOrigin(fresh()));
    expect(moved.code, moved.stderr).toBe(0);
    expect(await fresh().mail()).toEqual([]);
    const before = await everything(fresh());
    const batch = moved.settled?.runId ?? '';
    const runs = ['--runs', path.join(work, 'announce-runs')];
    const first = await hushcal(['announce', batch, ...runs, '--yes'], 'secret');
    expect([first.code, first.settled?.status], first.stderr).toEqual([0, 'complete']);
    const mail = await fresh().mail();
    expect(mail.map(({ to, uid, method }) => [method.toUpperCase(), to.join(), uid].join(' ')).sort()).toEqual(
      MEETINGS.map((uid) => `REQUEST ext@other.test ${uid}@migrate.test`).sort(),
    );
    expect(await everything(fresh())).toEqual(before);
    const again = await hushcal(['announce', batch, ...runs, '--yes'], 'secret');
    expect(again.code).toBe(2);
    expect(await fresh().mail()).toHaveLength(MEETINGS.length);
  });
});

async function fill(running: RunningServer, outside: readonly string[] = []): Promise<void> {
  for (const user of USERS) {
    const owner = running.user(user);
    const client = plainClient(running, owner);
    for (const uid of MEETINGS) {
      const body = meeting(uid, uid.split('-')[0] ?? '', outside);
      const headers = { 'Content-Type': 'text/calendar; charset=utf-8' };
      const { status } = await client.request('PUT', `${owner.calendar}${uid}.ics`, { body, headers });
      if (status >= 300) throw new Error(`PUT ${uid}: ${status}`);
    }
  }
}

function meeting(uid: string, organizer: string, outside: readonly string[]): string {
  return [
    ...['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//test//EN', 'BEGIN:VEVENT', `UID:${uid}@migrate.test`],
    ...['DTSTAMP:20260101T000000Z', 'DTSTART:20370105T090000Z', 'DTEND:20370105T100000Z', `SUMMARY:${uid}`],
    `ORGANIZER:mailto:${organizer}@example.com`,
    ...USERS.map((user) => `ATTENDEE;PARTSTAT=${ANSWERS[user]}:mailto:${user}@example.com`),
    ...outside.map((address) => `ATTENDEE;PARTSTAT=NEEDS-ACTION:mailto:${address}`),
    ...['END:VEVENT', 'END:VCALENDAR', ''],
  ].join('\r\n');
}

/** Writes the mapping and runs it. Servers without a login take any password. */
async function migrate(
  name: string,
  old: RunningServer,
  fresh: RunningServer,
  order: readonly string[],
  origin = fresh.description.base_url,
) {
  const rows = order.map((user) => {
    const source = old.description.base_url + old.user(user).calendar;
    return [source, user, PASSWORD, origin + fresh.user(user).calendar, PASSWORD].join(',');
  });
  const mapping = path.join(work, `${name}.csv`);
  writeFileSync(mapping, ['source,user,password_env,calendar,source_password_env', ...rows, ''].join('\n'));
  const flags = ['--scheduling', 'auto', '--assume', 'no-mail-hook', '--inside-domain', 'example.com'];
  const servers = ['--server', origin, '--source-server', old.description.base_url];
  const runs = path.join(work, `${name}-runs`);
  const result = await hushcal(['migrate', mapping, ...servers, ...flags, '--runs', runs, '--yes'], 'secret');
  return {
    ...result,
    members: result.events.filter((event) => event.kind === 'member').map((one) => member.parse(one)),
  };
}

const member = z.looseObject({ member: z.looseObject({ mailbox: z.string(), state: z.string() }) });

async function copiesOf(running: RunningServer, name: string): Promise<ReadonlyMap<string, string>> {
  const user = running.user(name);
  const copies = new Map<string, string>();
  for (const [href, body] of await plainClient(running, user).readAll(user.calendar)) {
    const text = body.toString('utf8').replace(/\r?\n[ \t]/g, '');
    const uid = /^UID:(.*)@migrate\.test\s*$/m.exec(text)?.[1] ?? href;
    if (copies.has(uid)) throw new Error(`${name} has ${uid} twice`);
    copies.set(uid, text);
  }
  return copies;
}

function answerIn(text: string, name: string): string {
  const line =
    text.split(/\r?\n/).find((one) => one.startsWith('ATTENDEE') && one.includes(`${name}@example.com`)) ?? '';
  return /PARTSTAT=([A-Z-]+)/.exec(line)?.[1] ?? 'NEEDS-ACTION';
}

/** Everybody's meetings without the marks that a server leaves when it delivers. */
async function everything(running: RunningServer): Promise<readonly string[]> {
  const all: string[] = [];
  for (const user of USERS) {
    for (const [uid, text] of await copiesOf(running, user)) {
      all.push(`${user} ${uid} ${text.replace(/;SCHEDULE-STATUS=(?:"[^"]*"|[^;:]*)/g, '')}`);
    }
  }
  return all.sort();
}
