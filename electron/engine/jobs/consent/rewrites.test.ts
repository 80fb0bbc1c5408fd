import { afterEach, beforeEach, expect, it } from 'vitest';
import { calendar, itemsOf, openWorld, runAll, type World } from '../testing/world.ts';

let world: World;
beforeEach(async () => {
  world = await openWorld();
});
afterEach(() => world.close());

const MEETING = [
  'UID:moved',
  'ORGANIZER:mailto:alice@old.example',
  'ATTENDEE:mailto:bob@old.example',
  'ATTENDEE:mailto:ext@other.test',
  'BEGIN:VALARM',
  'ACTION:EMAIL',
  'TRIGGER:-PT15M',
  'DESCRIPTION:Soon',
  'ATTENDEE:mailto:alice@old.example',
  'END:VALARM',
];
const REWRITES = { emailAlarms: true, domains: [{ from: 'old.example', to: 'example.com' }] };

async function backup(): Promise<string> {
  return world.source('backup.ics', calendar([MEETING, ['UID:plain']]));
}

it('stores what was consented to, lists it per event, and counts whom that would tell', async () => {
  const sources = [await backup()];
  const job = await world.engine.prepareRestore(world.spec({ sources, rewrites: REWRITES }), world.connection);
  const { notified, alarms, kinds, topDomains } = job.summary;
  expect(notified.all).toMatchObject({ people: 2, inside: 1, outside: 1 });
  expect(alarms).toEqual({ email: 0, overdue: 0 });
  expect(kinds?.all).toEqual({ invitation: 2, update: 0, cancellation: 0, reply: 0 });
  expect(topDomains?.map(({ domain, inside }) => [domain, inside])).toEqual([
    ['example.com', true],
    ['other.test', false],
  ]);
  const { row, recipients } = await job.row(0);
  expect(row.findings.map(({ code }) => code)).toEqual(['rewrite-email-alarm', 'rewrite-domain']);
  expect([row.organizer, row.standing]).toEqual(['mailto:alice@example.com', 'organizer']);
  expect(recipients.kinds?.['external-only'].invitation).toBe(1);
  const { settled } = await runAll(job);
  expect([settled.status, settled.verified]).toEqual(['complete', 2]);
  const stored = [...(await world.objects()).values()].find((text) => text.includes('UID:moved')) ?? '';
  expect(stored).toContain('ORGANIZER:mailto:alice@example.com\r\nATTENDEE:mailto:bob@example.com');
  expect(stored).toContain('BEGIN:VALARM\r\nACTION:DISPLAY\r\nTRIGGER:-PT15M\r\nDESCRIPTION:Soon\r\nEND:VALARM');
});

it('without consent the mail alarm is counted and nothing is changed', async () => {
  const job = await world.engine.prepareRestore(world.spec({ sources: [await backup()] }), world.connection);
  expect(job.summary.alarms).toEqual({ email: 1, overdue: 0 });
  expect((await job.row(0)).raw).toContain('ACTION:EMAIL');
  await job.discard();
});

it('knows again what it wrote: a second run writes nothing, an undo takes it back', async () => {
  const sources = [await backup()];
  const first = await world.restore({ sources, rewrites: REWRITES });
  const again = await world.restore({ sources, rewrites: REWRITES });
  expect(itemsOf(again).map(({ outcome }) => outcome)).toEqual(['unchanged', 'unchanged']);
  const undo = await runAll(await world.engine.prepareUndo(first.runId, world.connection, {}));
  expect(itemsOf(undo).map(({ outcome }) => outcome)).toEqual(['deleted', 'deleted']);
  expect((await world.objects()).size).toBe(0);
});

it('rules name the events as the backup has them', async () => {
  const sources = [await backup()];
  const run = await world.restore({ sources, rewrites: REWRITES, only: ['organizer=*@old.example'] });
  expect(
    itemsOf(run)
      .map(({ uid, outcome }) => `${uid} ${outcome}`)
      .sort(),
  ).toEqual(['moved created', 'plain skipped']);
});

it('an admin may say which domains are inside', async () => {
  const spec = world.spec({ sources: [await backup()], rewrites: REWRITES, insideDomains: ['Other.test'] });
  const job = await world.engine.prepareRestore(spec, world.connection);
  expect(job.summary.notified.all).toMatchObject({ inside: 2, outside: 0 });
  await job.discard();
});
