import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { calendar, event, itemsOf, openWorld, runAll, type World } from './testing/world.ts';
import { NO_FILTER } from '../../../shared/model/plan.ts';

let world: World;
beforeEach(async () => {
  world = await openWorld({ personality: 'omits-properties' });
});
afterEach(async () => {
  await world.close();
});

const SERIES = ['UID:b', 'RRULE:FREQ=DAILY;COUNT=5', 'EXDATE:20261124T090000Z', 'GEO:48.2;16.4'];

describe('what a server stores and changes', () => {
  it('is a bucket of its own that counts as stored, with the fields by name', async () => {
    const source = await world.source('two.ics', calendar([['UID:a'], SERIES]));
    const run = await world.restore({ sources: [source] });
    expect(run.settled).toMatchObject({
      status: 'incomplete',
      verified: 1,
      totals: { created: 1, altered: 1, failed: 0 },
    });
    expect(itemsOf(run).find(({ uid }) => uid === 'b')).toMatchObject({
      outcome: 'altered',
      reason: 'Saved, but changed by the server: dates left out (EXDATE) and location coordinates (GEO).',
    });
    const report = await world.engine.report(run.runId);
    expect(report.items.find(({ uid }) => uid === 'b')).toMatchObject({ outcome: 'altered', verified: 'changed' });
  });

  it('is not tried again, for it would end the same', async () => {
    const run = await world.restore({ sources: [await world.source('b.ics', calendar([SERIES]))] });
    await expect(world.engine.prepareRetry(run.runId, world.connection)).rejects.toMatchObject({
      failure: { code: 'NOTHING_FAILED' },
    });
  });

  it('is undone with the rest, new or replaced', async () => {
    await world.put('b.ics', event('b', ['SUMMARY:Before']));
    const before = await world.objects();
    const replaced = calendar([['UID:a', 'GEO:48.2;16.4'], ['UID:c'], [...SERIES, 'SEQUENCE:4']]);
    const run = await world.restore({ sources: [await world.source('three.ics', replaced)] });
    expect(run.settled.totals).toMatchObject({ created: 1, altered: 2 });
    const undone = await runAll(await world.engine.prepareUndo(run.runId, world.connection));
    expect(undone.settled).toMatchObject({ status: 'complete', totals: { deleted: 2, updated: 1 }, verified: 3 });
    expect(await world.objects()).toEqual(before);
  });

  it('is known for what it is where the answer was lost, new or replaced', async () => {
    await world.put('b.ics', event('b', ['SUMMARY:Before']));
    const both = calendar([
      ['UID:a', 'GEO:48.2;16.4'],
      [...SERIES, 'SEQUENCE:4'],
    ]);
    const job = await world.engine.prepareRestore(
      world.spec({ sources: [await world.source('two.ics', both)] }),
      world.connection,
    );
    world.server.setFaults([{ method: 'PUT', cut: 'after', count: 2 }]);
    const run = await runAll(job);
    expect(run.settled.totals).toMatchObject({ altered: 2, conflict: 0, failed: 0 });
  });

  it('and an edit of somebody else is not taken for it', async () => {
    const job = await world.engine.prepareRestore(
      world.spec({ sources: [await world.source('b.ics', calendar([SERIES]))] }),
      world.connection,
    );
    const href = (await job.rows(NO_FILTER, 0, 1)).rows[0]?.href ?? '';
    await world.put(href.split('/').at(-1) ?? '', event('b', ['SUMMARY:Theirs']));
    const run = await runAll(job);
    expect(run.settled.totals).toMatchObject({ altered: 0, conflict: 1 });
  });

  it('is left alone by the undo when somebody changed it since', async () => {
    const run = await world.restore({ sources: [await world.source('b.ics', calendar([SERIES]))] });
    const [href = ''] = (await world.objects()).keys();
    await world.put(href.split('/').at(-1) ?? '', event('b', ['SUMMARY:Edited']));
    const undone = await runAll(await world.engine.prepareUndo(run.runId, world.connection));
    expect(undone.settled.totals).toMatchObject({ conflict: 1, deleted: 0 });
  });
});

it('an older version in the backup is superseded: named, and nothing that wants a person', async () => {
  const both = calendar([
    ['UID:a', 'SEQUENCE:1', 'SUMMARY:Old'],
    ['UID:a', 'SEQUENCE:2', 'SUMMARY:New'],
  ]);
  const run = await world.restore({ sources: [await world.source('both.ics', both)] });
  expect(run.settled).toMatchObject({ status: 'complete', totals: { created: 1, superseded: 1, rejected: 0 } });
  expect(itemsOf(run).find(({ outcome }) => outcome === 'superseded')).toMatchObject({
    action: 'supersede',
    reason: expect.stringContaining('newer version') as string,
  });
});
