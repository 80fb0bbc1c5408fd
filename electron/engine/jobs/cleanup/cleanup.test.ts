import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { CleanupSpec, SearchPlace } from '../../../../shared/model/batch/cleanup.ts';
import type { Login } from '../../../../shared/model/login.ts';
import { event, GUESTS, itemsOf, openWorld, runAll, type World } from '../testing/world.ts';
import type { PreparedJob } from '../../types.ts';
import { NO_FILTER } from '../../../../shared/model/plan.ts';

type Fault = Parameters<World['server']['setFaults']>[0][number];

let world: World;
beforeEach(async () => {
  world = await openWorld();
});
afterEach(async () => {
  await world.close();
});

const INVITED = ['ORGANIZER:mailto:deals@spam.test', 'ATTENDEE;PARTSTAT=NEEDS-ACTION:mailto:alice@example.com'];

function placeOf(over: Partial<SearchPlace> = {}): SearchPlace {
  const login: Login = {
    url: world.calendarUrl,
    user: 'alice',
    way: 'own',
    actor: 'alice',
    credential: 'password',
    secret: 'PASSWORD',
  };
  return { login, mailbox: 'alice', url: world.calendarUrl, name: 'Work', inbox: false, ...over };
}

function specOf(over: Partial<CleanupSpec> = {}): CleanupSpec {
  return {
    places: [placeOf()],
    rules: ['organizer=*@spam.test'],
    any: false,
    mode: 'none',
    includeOwn: false,
    maxShare: 0.3,
    keep: [],
    assume: [],
    limits: { members: 2, perOrigin: 4, stopAfter: null, hours: null },
    ...over,
  };
}

const prepare = (over: Partial<CleanupSpec> = {}): Promise<PreparedJob> =>
  world.engine.prepareCleanup(specOf(over), 0, world.connection);

const rowsOf = (job: PreparedJob): ReturnType<PreparedJob['rows']> => job.rows(NO_FILTER, 0, 1000);

describe('the clean-up of one calendar', () => {
  it('deletes what the rules name, tells nobody, and puts it back days later', async () => {
    await world.put('spam.ics', event('spam', [...INVITED, 'SUMMARY:You won']));
    await world.put('mine.ics', event('mine', GUESTS));
    const before = await world.objects();
    const job = await prepare();
    expect(job.summary.counts).toMatchObject({ delete: 1, skip: 0, conflict: 0 });
    expect(job.summary.notified.all).toMatchObject({ people: 1, outside: 1, messages: 1 });
    expect(job.summary.notified.none.messages).toBe(0);
    const done = await runAll(job);
    expect(done.settled).toMatchObject({ status: 'complete', totals: { deleted: 1 }, verified: 1 });
    expect([...(await world.objects()).values()].join('')).not.toContain('You won');
    world.passTime(5 * 24 * 3_600_000);
    const undo = await runAll(await world.engine.prepareUndo(done.runId, world.connection));
    expect(undo.settled).toMatchObject({ status: 'complete', totals: { created: 1 }, verified: 1 });
    expect([...(await world.objects()).keys()]).toEqual([...before.keys()]);
    expect(world.server.messages()).toHaveLength(0);
  });

  it.each<[string, readonly Fault[], string]>([
    ['its address fails', [{ request: 'get', status: 500, object: 'spam' }], ''],
    ['the list is cut', [{ request: 'list', bend: 'truncated' }], ''],
    ['another object cannot be read', [{ request: 'list', bend: 'status-500', object: 'mine' }], ''],
    ['a report denies what is there again', [{ request: 'multiget', bend: 'status-404', object: 'spam' }], 'spam.ics'],
    ['its UID is there again, under another address', [], 'other.ics'],
  ])('puts nothing back that is not proved to be gone: %s', async (_what, faults, again) => {
    await world.put('spam.ics', event('spam', INVITED));
    await world.put('mine.ics', event('mine'));
    const done = await runAll(await prepare());
    if (again !== '') await world.put(again, event('spam', INVITED));
    world.server.setFaults(faults.map((fault) => ({ ...fault, count: 0 })));
    const undo = await runAll(await world.engine.prepareUndo(done.runId, world.connection));
    expect(undo.settled).toMatchObject({ status: 'incomplete', totals: { created: 0, conflict: 1 } });
    world.server.setFaults([]);
    const texts = [...(await world.objects()).values()].join('');
    expect(texts.split('UID:spam\r\n')).toHaveLength(again === '' ? 1 : 2);
  });

  /** What each product lets a clean-up do, and whether what it deleted can be put back without a word. */
  it.each([
    ['cyrus-like', true],
    ['sabre-like', true],
    ['nextcloud-31-like', true],
    ['nextcloud-33-like', true],
    ['open-xchange-like', true],
    ['stalwart-like', false],
  ])('runs without a word (%s); puts back: %s', async (personality, putsBack) => {
    await world.close();
    world = await openWorld({ personality });
    const accepted = INVITED.map((line) => line.replace('NEEDS-ACTION', 'ACCEPTED'));
    await world.put('spam.ics', event('spam', [...accepted, 'SUMMARY:You won']));
    world.server.clearMessages();
    const done = await runAll(await prepare({ includeOwn: true }));
    expect(done.settled).toMatchObject({ status: 'complete', totals: { deleted: 1 }, verified: 1 });
    const undo = await world.engine.prepareUndo(done.runId, world.connection);
    expect(undo.summary.verdict.effective).toBe(putsBack ? 'none' : null);
    if (putsBack) expect((await runAll(undo)).settled).toMatchObject({ status: 'complete', verified: 1 });
    else await undo.discard();
    expect(world.server.messages()).toEqual([]);
  });

  it('protects what the owner organizes or has accepted, unless that is said as well', async () => {
    await world.put('own.ics', event('own', [...GUESTS, 'SUMMARY:Offer']));
    await world.put(
      'yes.ics',
      event('yes', [
        'SUMMARY:Offer',
        'ORGANIZER:mailto:bob@example.com',
        'ATTENDEE;PARTSTAT=TENTATIVE:mailto:alice@example.com',
      ]),
    );
    await world.put('no.ics', event('no', [...INVITED, 'SUMMARY:Offer']));
    const job = await prepare({ rules: ['title=offer'] });
    expect(job.summary.counts).toMatchObject({ delete: 1, skip: 2 });
    const reasons = (await rowsOf(job)).rows.filter(({ action }) => action === 'skip').map(({ reason }) => reason);
    expect(reasons.join()).toMatch(/organizes it.*accepted it|accepted it.*organizes it/);
    await job.discard();
    const all = await prepare({ rules: ['title=offer'], includeOwn: true });
    expect(all.summary.counts).toMatchObject({ delete: 3, skip: 0 });
    expect((await runAll(all)).settled).toMatchObject({ totals: { deleted: 3 } });
    expect(world.server.messages()).toHaveLength(0);
  });

  it('says what it cannot delete safely, and keeps what a person keeps', async () => {
    await world.put('spam.ics', event('spam', INVITED));
    await world.put('keep.ics', event('keep', INVITED));
    const job = await prepare({ keep: [{ place: 0, uid: 'keep' }] });
    expect((await rowsOf(job)).rows.map(({ uid, action, reason }) => [uid, action, reason])).toEqual([
      ['keep', 'skip', 'Kept, as you chose.'],
      ['spam', 'delete', ''],
    ]);
    await job.discard();
  });

  it('stops before more of a calendar goes than was said', async () => {
    for (let at = 0; at < 24; at += 1) await world.put(`n${at}.ics`, event(`n${at}`, at < 8 ? INVITED : []));
    const careful = await prepare();
    expect(careful.summary.stops).toMatchObject([{ code: 'MASS_DELETE', override: true }]);
    const said = await prepare({ maxShare: 0.5 });
    expect(said.summary.stops).toEqual([]);
    expect(said.summary.hash).toBe(careful.summary.hash);
    await Promise.all([careful.discard(), said.discard()]);
  });

  it('never deletes without a rule, and names a wrong one', async () => {
    await expect(prepare({ rules: [] })).rejects.toMatchObject({ failure: { code: 'INPUT_RULE' } });
    await expect(prepare({ rules: ['colour=red'] })).rejects.toMatchObject({ failure: { code: 'INPUT_RULE' } });
  });

  it('is not tried again as a restore would be, and says how', async () => {
    await world.put('spam.ics', event('spam', INVITED));
    const { runId } = await runAll(await prepare());
    const again = world.engine.prepareRetry(runId, world.connection);
    await expect(again).rejects.toMatchObject({ failure: { code: 'RETRY_OTHERWISE' } });
  });

  it('is resumed and reported like any run', async () => {
    await world.put('spam.ics', event('spam', INVITED));
    const done = await runAll(await prepare());
    expect(itemsOf(done)).toMatchObject([{ uid: 'spam', action: 'delete', outcome: 'deleted' }]);
    const report = await world.engine.report(done.runId);
    expect(report.run).toMatchObject({ job: 'cleanup', status: 'complete', canUndo: true });
    await expect(world.engine.resume(done.runId, world.connection, null)).rejects.toMatchObject({
      failure: { code: 'RUN_FINISHED' },
    });
  });
});
