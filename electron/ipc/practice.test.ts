import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { servePractice } from '../practice/apart.ts';
import type { Child } from '../processes/child.ts';
import { childHere } from '../processes/testing/pair.ts';
import { openPractice, type PracticeRoom } from './practice.ts';

let folder = '';
let room: PracticeRoom | null = null;
/** The last process. */
let child: Child;
let changes = 0;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hushcal-practice-'));
  changes = 0;
});
afterEach(async () => {
  await room?.close();
  room = null;
  await rm(folder, { recursive: true, force: true });
});

async function open(run: (parent: Parameters<typeof servePractice>[0]) => void = servePractice) {
  room = openPractice({
    dataDir: join(folder, 'practice'),
    port: null,
    password: undefined,
    token: undefined,
    fork: () => (child = childHere(run)),
    changed: () => (changes += 1),
    listens: () => Promise.resolve(),
  });
  await room.start();
  return room.practice;
}

/** The process ends, and with it what it listened on. */
async function crash(): Promise<void> {
  child.post({ kind: 'call', id: null, name: 'close', given: [] });
  await new Promise((done) => setImmediate(() => setImmediate(done)));
  child.kill();
  await child.ended;
}

const EVENT = [
  'BEGIN:VCALENDAR',
  'VERSION:2.0',
  'PRODID:-//tests//EN',
  'BEGIN:VEVENT',
  'UID:meeting',
  'DTSTAMP:20260101T000000Z',
  'DTSTART:20990101T100000Z',
  'SUMMARY:Meeting',
  'ORGANIZER:mailto:alice@example.com',
  'ATTENDEE:mailto:alice@example.com',
  'ATTENDEE:mailto:eve@partner.test',
  'END:VEVENT',
  'END:VCALENDAR',
  '',
];

test('what a process of its own holds and catches is told by its channel', async () => {
  const practice = await open();
  const { user, password } = practice.connection();
  const calendar = async () => (await practice.state()).users.find((one) => one.user === user)?.calendars[0];
  const before = await calendar();
  const answer = await fetch(`${before?.url ?? ''}meeting.ics`, {
    method: 'PUT',
    headers: {
      authorization: `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`,
      'content-type': 'text/calendar',
    },
    body: EVENT.join('\r\n'),
  });
  expect(answer.status).toBe(201);
  expect((await calendar())?.objects).toBe((before?.objects ?? 0) + 1);
  expect(await practice.state()).toMatchObject({ messages: [{ to: 'eve@partner.test' }], caught: 1 });
  await practice.clearMessages();
  expect(await practice.state()).toMatchObject({ messages: [], caught: 0 });
  await practice.reset();
  expect((await calendar())?.objects).toBe(before?.objects);
});

test('one that ended says so, until it is started again: same address, same password', async () => {
  const practice = await open();
  const before = practice.connection();
  expect(practice.trouble()).toBeNull();
  const heard = changes;
  await crash();
  await expect(practice.state()).rejects.toMatchObject({ failure: { code: 'PRACTICE_NOT_RUNNING' } });
  expect(practice.trouble()?.message).toContain('Start again');
  expect(changes).toBeGreaterThan(heard);
  expect(practice.connection()).toEqual(before);
  await practice.startAgain();
  expect(practice.trouble()).toBeNull();
  expect(practice.connection()).toEqual(before);
  expect((await practice.state()).users.map(({ user }) => user)).toContain('alice');
});

test('one that cannot start costs the window nothing else, and says so', async () => {
  const practice = await open((parent) => {
    parent.listen(() => {
      child.kill();
    });
  });
  expect(practice.trouble()).toMatchObject({ code: 'PRACTICE_NOT_RUNNING' });
  await expect(practice.clearMessages()).rejects.toMatchObject({ failure: { code: 'PRACTICE_NOT_RUNNING' } });
  expect(practice.connection().user).toBe('alice');
});
