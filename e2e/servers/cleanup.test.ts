import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { filled, hushcal, targetOf } from './command-line.ts';
import type { CommandResult } from './command-line.ts';
import { useServer } from './harness.ts';
import type { RunningServer } from './harness.ts';
import { readComponents, valueOf } from './line-reader.ts';
import { plainClient } from './plain-http.ts';

/** Unwanted events go from real servers, and nobody hears of it; where a server cannot be quiet, nothing goes. */
const work = mkdtempSync(path.join(tmpdir(), 'hushcal-cleanup.'));
afterAll(() => rmSync(work, { recursive: true, force: true }));
const runs = path.join(work, 'runs');

const WANTED = ['ORGANIZER:mailto:carol@example.com', 'ATTENDEE;PARTSTAT=ACCEPTED:mailto:bob@example.com'];
const OUTSIDE = [
  'ORGANIZER:mailto:deals@spam.test',
  'ATTENDEE;PARTSTAT=NEEDS-ACTION;RSVP=TRUE:mailto:bob@example.com',
  'DESCRIPTION:Claim it at https://win.spam.test/claim?id=4711',
];

function eventText(uid: string, title: string, lines: readonly string[]): string {
  return [
    ...[
      'BEGIN:VCALENDAR',
      'VERSION:2.0',
      'PRODID:-//test//EN',
      'BEGIN:VEVENT',
      `UID:${uid}`,
      'DTSTAMP:20260101T000000Z',
    ],
    ...['DTSTART:20370105T090000Z', 'DTEND:20370105T100000Z', `SUMMARY:${title}`, ...lines, 'END:VEVENT'],
    ...['END:VCALENDAR', ''],
  ].join('\r\n');
}

async function store(server: RunningServer, name: string, uid: string, text: string, quiet = true): Promise<void> {
  const user = server.user(name);
  const { status, body } = await plainClient(server, user).request('PUT', `${user.calendar}${uid}.ics`, {
    body: text,
    headers: {
      'Content-Type': 'text/calendar; charset=utf-8',
      ...(quiet ? { 'Scheduling-Enabled': 'F', 'Schedule-Reply': 'F' } : {}),
    },
  });
  if (status >= 300) throw new Error(`PUT ${uid}: ${status} ${body.toString()}`);
}

/** All that a user has, by path. */
async function holdings(
  server: RunningServer,
  name: string,
  where: 'calendar' | 'inbox' = 'calendar',
): Promise<Readonly<Record<string, string>>> {
  const user = server.user(name);
  const collection = user[where];
  if (collection === undefined) return {};
  const all = await plainClient(server, user).readAll(collection);
  return Object.fromEntries([...all].map(([href, bytes]) => [href, bytes.toString('utf8')]));
}

function uidsOf(texts: Readonly<Record<string, string>>): readonly string[] {
  return Object.values(texts)
    .flatMap((text) => readComponents(Buffer.from(text)).flatMap(({ components }) => components))
    .filter(({ name }) => name === 'VEVENT')
    .map((one) => valueOf(one, 'UID') ?? '')
    .sort();
}

function cleanup(server: RunningServer, name: string, args: readonly string[]): Promise<CommandResult> {
  const { calendar, user, password } = targetOf(server, name);
  return hushcal(['cleanup', '--calendar', calendar, '--user', user, '--runs', runs, ...args], password ?? 'any');
}

function undo(
  server: RunningServer,
  name: string,
  runId: string,
  more: readonly string[] = [],
): Promise<CommandResult> {
  return hushcal(['undo', runId, '--yes', '--runs', runs, ...more], targetOf(server, name).password ?? 'any');
}

describe('cyrus', () => {
  const server = useServer('cyrus');

  it('loses unanswered invitations from outside, tells nobody, and gets them back', async () => {
    for (const uid of ['spam-1', 'spam-2']) await store(server(), 'bob', uid, eventText(uid, 'You won', OUTSIDE));
    await store(server(), 'bob', 'wanted', eventText('wanted', 'You won', WANTED));
    await server().clearMail();
    const before = await holdings(server(), 'bob');
    const others = [await holdings(server(), 'alice'), await holdings(server(), 'carol')];
    const rules = ['--match', 'outside=yes', '--match', 'answered=no', '--match', 'link=*', '--scheduling', 'none'];
    const dry = await cleanup(server(), 'bob', [...rules, '--dry-run']);
    expect([dry.code, dry.items.length], dry.stderr).toEqual([0, 2]);
    const { code, settled, stderr } = await cleanup(server(), 'bob', [...rules, '--yes']);
    expect([code, filled(settled?.totals), settled?.verified], stderr).toEqual([0, { deleted: 2 }, 2]);
    expect(settled?.mode.because).toContain('Scheduling-Enabled: F');
    expect(uidsOf(await holdings(server(), 'bob'))).toEqual(['wanted']);
    const back = await undo(server(), 'bob', settled?.runId ?? '');
    expect([back.code, filled(back.settled?.totals)], back.stderr).toEqual([0, { created: 2 }]);
    expect(uidsOf(await holdings(server(), 'bob'))).toEqual(uidsOf(before));
    expect([await holdings(server(), 'alice'), await holdings(server(), 'carol')]).toEqual(others);
    expect(await server().mail()).toEqual([]);
  });

  it('clears calendar and inbox of two users of what a colleague sent, who hears nothing', async () => {
    const invited = ['bob', 'carol'].map((name) => `ATTENDEE;RSVP=TRUE:mailto:${name}@example.com`);
    const flood = ['ORGANIZER:mailto:alice@example.com', ...invited];
    for (const uid of ['flood-1', 'flood-2'])
      await store(server(), 'alice', uid, eventText(uid, 'Flood', flood), false);
    await server().clearMail();
    expect(uidsOf(await holdings(server(), 'carol', 'inbox'))).toEqual(['flood-1', 'flood-2']);
    const organizer = await holdings(server(), 'alice');
    const answers = await holdings(server(), 'alice', 'inbox');
    const { password } = targetOf(server(), 'bob');
    const { code, settled, stderr } = await hushcal(
      [
        ...['cleanup', '--server', server().description.base_url, '--users', 'bob,carol', '--inbox'],
        ...['--match', 'organizer=alice@example.com', '--scheduling', 'none', '--yes', '--runs', runs],
      ],
      password ?? '',
    );
    expect([code, filled(settled?.totals), settled?.verified], stderr).toEqual([0, { deleted: 8 }, 8]);
    for (const name of ['bob', 'carol']) {
      expect(uidsOf(await holdings(server(), name, 'inbox'))).toEqual([]);
      expect(uidsOf(await holdings(server(), name))).not.toContain('flood-1');
    }
    expect(await holdings(server(), 'alice')).toEqual(organizer);
    expect(await holdings(server(), 'alice', 'inbox')).toEqual(answers);
    expect(await server().mail()).toEqual([]);
    const back = await undo(server(), 'bob', settled?.runId ?? '', ['--only', 'uid=flood-1']);
    expect(uidsOf(await holdings(server(), 'carol'))).toContain('flood-1');
    expect(filled(back.settled?.totals)).toEqual({ created: 2, skipped: 6 });
    expect(await holdings(server(), 'alice')).toEqual(organizer);
    expect(await server().mail()).toEqual([]);
  });
});

describe.each([
  ['radicale', ['--assume', 'no-mail-hook']],
  ['xandikos', []],
] as const)('%s, which does no scheduling', (name, flags) => {
  const server = useServer(name);

  it('loses what the rules name, keeps what its owner accepted, and gets it back', async () => {
    for (const uid of ['spam-1', 'spam-2']) await store(server(), 'bob', uid, eventText(uid, 'You won', OUTSIDE));
    await store(server(), 'bob', 'wanted', eventText('wanted', 'You won', WANTED));
    const before = await holdings(server(), 'bob');
    const rules = ['--match', 'title=you won', '--scheduling', 'none', '--yes', ...flags];
    const { code, settled, stderr } = await cleanup(server(), 'bob', rules);
    expect([code, filled(settled?.totals)], stderr).toEqual([0, { deleted: 2, skipped: 1 }]);
    expect(uidsOf(await holdings(server(), 'bob'))).toEqual(['wanted']);
    const back = await undo(server(), 'bob', settled?.runId ?? '');
    expect([back.code, filled(back.settled?.totals)], back.stderr).toEqual([0, { created: 2 }]);
    expect(uidsOf(await holdings(server(), 'bob'))).toEqual(uidsOf(before));
  });
});

describe.each(['sogo', 'davical'] as const)('%s, which does not say how to be quiet', (name) => {
  const server = useServer(name);

  it('refuses, and nothing goes', async () => {
    await store(server(), 'bob', 'spam-1', eventText('spam-1', 'You won', OUTSIDE));
    await server().clearMail();
    const before = await holdings(server(), 'bob');
    const rules = ['--match', 'title=you won', '--scheduling', 'none', '--yes'];
    const { code, settled, stderr } = await cleanup(server(), 'bob', rules);
    expect([code, settled?.status, settled?.mode.effective], stderr).toEqual([2, 'refused', null]);
    expect(await holdings(server(), 'bob')).toEqual(before);
    expect(await server().mail()).toEqual([]);
  });
});
