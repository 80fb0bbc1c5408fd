import { afterEach, describe, expect, it } from 'vitest';
import type { CleanupSpec } from '../../../shared/model/batch/cleanup.ts';
import { STANDARD_MODES, type StandardMode } from '../../../shared/model/scheduling.ts';
import { PERSONALITIES } from '../../practice/personalities/all.ts';
import type { PreparedJob } from '../types.ts';
import { calendar, event, GUESTS, openWorld, runAll, type World } from './testing/world.ts';

/*
 * On every server that can be played, for each job and mode: either the job is blocked and nothing is written, or it is
 * done and nobody is notified beyond the plan. In `none` that is nobody at all.
 */

let world: World;
afterEach(async () => {
  await world.close();
});

const INVITED = [
  'ORGANIZER:mailto:bob@example.com',
  'ATTENDEE:mailto:bob@example.com',
  'ATTENDEE;PARTSTAT=ACCEPTED:mailto:alice@example.com',
  'ATTENDEE:mailto:carol@example.com',
];
const LATER = ['SEQUENCE:1', 'DTSTART:20370106T090000Z', 'DTEND:20370106T100000Z'];
const BACKUP = calendar([
  ['UID:meeting', ...GUESTS, ...LATER],
  ['UID:new', ...GUESTS],
  ['UID:invited', ...INVITED],
  ['UID:alone'],
]);

async function restore(mode: StandardMode): Promise<PreparedJob> {
  const source = await world.source('backup.ics', BACKUP);
  return world.engine.prepareRestore(world.spec({ sources: [source], mode, onConflict: 'replace' }), world.connection);
}

/** Of a restore that notified everybody, where the server gives no choice. */
async function undo(mode: StandardMode): Promise<PreparedJob> {
  const quiet = await restore('none');
  const { runId } = await runAll(quiet.summary.verdict.effective === null ? await restore('all') : quiet);
  return world.engine.prepareUndo(runId, world.connection, { mode });
}

async function cleanup(mode: StandardMode): Promise<PreparedJob> {
  const { calendarUrl: url, connection } = world;
  const login = { url, user: 'alice', way: 'own', actor: 'alice', credential: 'password', secret: 'PASSWORD' } as const;
  const spec: CleanupSpec = {
    places: [{ login, mailbox: 'alice', url, name: 'Work', inbox: false }],
    rules: ['uid=*'],
    any: false,
    mode,
    includeOwn: true,
    maxShare: 1,
    keep: [],
    assume: [],
    limits: { members: 2, perOrigin: 4, stopAfter: null, hours: null },
  };
  return world.engine.prepareCleanup(spec, 0, connection);
}

/** What bob and carol have in their calendars. */
async function calendarsOfOthers(): Promise<readonly string[]> {
  const { users, base_url: base } = world.server.info;
  const others = users.filter(({ user }) => user !== 'alice');
  return Promise.all(
    others.map(async ({ user, password, calendar: path }) => {
      const authorization = `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;
      const listing = await fetch(new URL(path, base), { method: 'PROPFIND', headers: { authorization, depth: '1' } });
      return listing.text();
    }),
  );
}

/** Those that look like a product, and the plain ones. The guard of a run is for one that does not keep what it announces. */
const PLAYED = PERSONALITIES.filter(
  ({ name, product }) => product !== null || ['default', 'ignores-header', 'noScheduling'].includes(name),
);

describe.each(PLAYED.map(({ name }) => name))('%s', (personality) => {
  const cases = [restore, undo, cleanup].flatMap((job) => STANDARD_MODES.map((mode) => [job.name, mode, job] as const));
  it.each(cases)('%s in mode %s is blocked, or notifies whom it said', async (_name, mode, prepare) => {
    world = await openWorld({ personality });
    await world.put('meeting.ics', event('meeting', GUESTS));
    await world.put('invited-too.ics', event('invited-too', INVITED));
    const job = await prepare(mode);
    world.server.clearMessages();
    const [before, others] = [await world.objects(), await calendarsOfOthers()];
    if (job.summary.verdict.effective === null) {
      await expect(runAll(job)).rejects.toMatchObject({ failure: { code: 'MODE_BLOCKED' } });
      await job.discard();
      expect(await world.objects()).toEqual(before);
    } else {
      await runAll(job);
      expect(await world.objects()).not.toEqual(before);
    }
    const planned = job.summary.verdict.effective === null ? null : job.summary.notified[mode];
    const messages = world.server.messages();
    const changed = (await calendarsOfOthers()).filter((text, at) => text !== others[at]).length;
    expect(messages.length).toBeLessThanOrEqual(planned?.messages ?? 0);
    expect(changed).toBeLessThanOrEqual(planned?.calendars ?? 0);
    if (mode === 'none') expect([messages, changed]).toEqual([[], 0]);
    if (mode === 'internal-only') expect(messages).toEqual([]);
    if (mode === 'external-only') expect(messages.filter(({ kind }) => kind === 'inbox')).toEqual([]);
  });
});
