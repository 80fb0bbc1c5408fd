import { afterEach, describe, expect, it } from 'vitest';
import { plain } from '../testing/past-the-engine.ts';
import { event, itemsOf, openWorld, runAll, type World } from '../testing/world.ts';
import { actionsOf, rowsOf, three } from './testing/three.ts';

/* What stands in the way of new events outside their calendar, against practice servers that have it. */

let world: World;
afterEach(async () => {
  await world.close();
});

describe('a UID that another calendar of the user holds', () => {
  async function open(personality = 'cyrus-like'): Promise<void> {
    world = await openWorld({ personality });
    await plain(world, 'MKCALENDAR', '../work/');
    expect((await plain(world, 'PUT', '../work/x.ics', event('there', ['SUMMARY:moved']))).status).toBe(201);
    await plain(world, 'PUT', 'here.ics', event('here', ['SUMMARY:newer', 'SEQUENCE:5']));
  }

  it.each([
    ['skip', 'skip', 'conflict'],
    ['replace', 'update', 'conflict'],
    ['newer', 'conflict', 'conflict'],
    ['copy', 'create', 'create'],
  ] as const)('%s: it is seen in the plan, with the name of that calendar', async (onConflict, here, there) => {
    await open();
    const spec = world.spec({ sources: [await world.source('three.ics', three)], onConflict });
    const job = await world.engine.prepareRestore(spec, world.connection);
    expect(await actionsOf(job)).toEqual({ here, there, new: 'create' });
    const row = (await rowsOf(job)).find(({ title }) => title === 'there');
    expect(row?.reason).toMatch(/another calendar of this user.*It is in "work"\./i);
    expect(await job.row(row?.id ?? -1)).toMatchObject({
      against: 'elsewhere',
      choices: ['server', 'copy'],
      difference: null,
    });
    const run = await runAll(job);
    const outcome = itemsOf(run).find(({ title }) => title === 'there')?.outcome;
    expect(outcome).toBe(there === 'create' ? 'created' : 'conflict');
    expect(run.settled.totals).toMatchObject({ failed: 0, unknown: 0 });
    expect(await (await plain(world, 'GET', '../work/x.ics')).text()).toContain('SUMMARY:moved');
    expect(run.settled.verified).toBe(run.settled.totals.created + run.settled.totals.updated);
  });

  it('is settled by a person: kept there, or added here as a copy', async () => {
    await open();
    const spec = world.spec({ sources: [await world.source('one.ics', event('there', ['SUMMARY:there']))] });
    const job = await world.engine.prepareRestore(spec, world.connection);
    const { hash } = job.summary;
    await expect(job.resolve([0], 'backup')).rejects.toThrow(/replaced safely/);
    await job.resolve([0], 'server');
    expect((await rowsOf(job))[0]).toMatchObject({
      action: 'skip',
      reason: 'The event in the other calendar is kept, as you chose.',
    });
    await job.resolve([0], 'undecided');
    expect(job.summary.hash).toBe(hash);
    await job.resolve([0], 'copy');
    const run = await runAll(job);
    expect(run.settled).toMatchObject({ status: 'complete', verified: 1, totals: { created: 1 } });
    expect(await (await plain(world, 'GET', '../work/x.ics')).text()).toContain('SUMMARY:moved');
  });

  it('is seen for a calendar that is yet to be made, too', async () => {
    await open();
    const calendarUrl = new URL('../fresh/', world.calendarUrl).href;
    const sources = [await world.source('three.ics', three)];
    const spec = world.spec({ sources, calendarUrl, makeCalendar: { name: 'Fresh', color: null } });
    const job = await world.engine.prepareRestore(spec, { ...world.connection, url: calendarUrl });
    expect(await actionsOf(job)).toEqual({ here: 'conflict', there: 'conflict', new: 'create' });
    await job.discard();
  });

  it('is found out by the write where nobody knows the server, and said plainly', async () => {
    await open('one-uid-per-user');
    const run = await world.restore({ sources: [await world.source('three.ics', three)] });
    const item = itemsOf(run).find(({ title }) => title === 'there');
    expect(item?.outcome).toBe('conflict');
    expect(item?.reason).toMatch(/takes a UID only once per user.*It is at \/dav\/calendars\/alice\/work\/x\.ics\./);
  });

  it('costs a note, not the restore, when the other calendars cannot be read', async () => {
    await open();
    world.server.setFaults([{ method: 'PROPFIND', path: '/alice/$', status: 403, count: 0 }]);
    const spec = world.spec({ sources: [await world.source('one.ics', event('new', ['SUMMARY:new']))] });
    const job = await world.engine.prepareRestore(spec, world.connection);
    expect(await actionsOf(job)).toEqual({ new: 'create' });
    expect(job.summary.notes?.join(' ')).toMatch(/could not be looked at.*not allowed to read/);
    world.server.setFaults([]);
    expect((await runAll(job)).settled.totals).toMatchObject({ created: 1 });
  });

  it('is looked for again by a retry', async () => {
    await open();
    world.server.setFaults([{ method: 'PUT', status: 403, count: 0 }]);
    const first = await world.restore({ sources: [await world.source('one.ics', event('late', ['SUMMARY:late']))] });
    expect(first.settled.totals).toMatchObject({ failed: 1 });
    world.server.setFaults([]);
    expect((await plain(world, 'PUT', '../work/late.ics', event('late'))).status).toBe(201);
    const job = await world.engine.prepareRetry(first.runId, world.connection);
    expect(await actionsOf(job)).toEqual({ late: 'conflict' });
    await job.discard();
  });
});

describe('how much is asked', () => {
  async function asked(personality: string, text: string): Promise<readonly string[]> {
    world = await openWorld({ personality });
    await plain(world, 'MKCALENDAR', '../work/');
    await plain(world, 'PUT', 'here.ics', event('here', ['SUMMARY:here']));
    const phases: string[] = [];
    const spec = world.spec({ sources: [await world.source('some.ics', text)], mode: 'all' });
    const job = await world.engine.prepareRestore(spec, world.connection, (phase) => phases.push(phase));
    await job.discard();
    return phases.slice(phases.indexOf('planning') + 1);
  }

  it.each(['default', 'sabre-like', 'noScheduling'])(
    'nothing on a server that needs no look: %s',
    async (personality) => {
      expect(await asked(personality, three)).toEqual([]);
    },
  );

  it('nothing where nothing is new', async () => {
    expect(await asked('cyrus-like', event('here', ['SUMMARY:here']))).toEqual([]);
  });

  it('says how far it is where it does look', async () => {
    expect(await asked('cyrus-like', three)).toContain('listing');
  });

  it('stops when told to', async () => {
    world = await openWorld({ personality: 'cyrus-like' });
    const over = new AbortController();
    const spec = world.spec({ sources: [await world.source('three.ics', three)] });
    let planned = false;
    const preparing = world.engine.prepareRestore(
      spec,
      world.connection,
      (phase) => {
        planned ||= phase === 'planning';
        if (planned && phase === 'listing') over.abort();
      },
      over.signal,
    );
    await expect(preparing).rejects.toThrow(/stop|abort/i);
  });
});
