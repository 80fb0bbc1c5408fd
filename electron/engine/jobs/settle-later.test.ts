import { rm } from 'node:fs/promises';
import { afterEach, describe, expect, it } from 'vitest';
import { calendar, event, openWorld, runAll, type World } from './testing/world.ts';
import { NO_FILTER } from '../../../shared/model/plan.ts';

/* What needs attention is settled from the result: with the texts that the run has kept, the backup is not at hand any more. */

let world: World;
afterEach(async () => {
  await world.close();
});

it('a conflict is settled from the run alone, and one that is not settled stays one', async () => {
  world = await openWorld();
  for (const uid of ['a', 'b']) await world.put(`${uid}.ics`, event(uid, ['SUMMARY:Theirs', 'SEQUENCE:1']));
  const both = calendar([
    ['UID:a', 'SUMMARY:Ours', 'SEQUENCE:1'],
    ['UID:b', 'SUMMARY:Ours', 'SEQUENCE:1'],
  ]);
  const source = await world.source('both.ics', both);
  const run = await world.restore({ sources: [source] });
  expect(run.settled.totals).toMatchObject({ conflict: 2 });
  await rm(source);
  await expect(world.engine.prepareRetry(run.runId, world.connection), 'nothing failed').rejects.toMatchObject({
    failure: { code: 'NOTHING_FAILED' },
  });
  const job = await world.engine.prepareRetry(run.runId, world.connection, { attention: true });
  const { rows } = await job.rows(NO_FILTER, 0, 10);
  expect(rows.map(({ uid, action }) => [uid, action])).toEqual([
    ['a', 'conflict'],
    ['b', 'conflict'],
  ]);
  await job.resolve([rows[0]?.id ?? -1], 'backup');
  const again = await runAll(job);
  expect(again.settled.totals).toMatchObject({ updated: 1, conflict: 1 });
  const texts = [...(await world.objects()).values()].map((text) => /SUMMARY:(.*)\r/.exec(text)?.[1]);
  expect(texts.sort()).toEqual(['Ours', 'Theirs']);
  const next = await world.engine.prepareRetry(again.runId, world.connection, { attention: true });
  expect(next.summary.counts.conflict, 'and so on, from run to run').toBe(1);
  await next.discard();
});

it('what the server changed is kept, unless a person settles it otherwise', async () => {
  world = await openWorld({ personality: 'omits-properties' });
  const source = await world.source('b.ics', calendar([['UID:b', 'GEO:48.2;16.4']]));
  const run = await world.restore({ sources: [source], onConflict: 'replace' });
  expect(run.settled.totals).toMatchObject({ altered: 1 });
  const job = await world.engine.prepareRetry(run.runId, world.connection, { attention: true });
  const [row] = (await job.rows(NO_FILTER, 0, 10)).rows;
  expect(row).toMatchObject({ action: 'skip', reason: expect.stringContaining('the server changed it') as string });
  expect((await job.row(row?.id ?? -1)).choices).toContain('copy');
  await job.resolve([row?.id ?? -1], 'copy');
  expect(job.summary.counts).toMatchObject({ create: 1, skip: 0 });
  await job.discard();
});

it('rows of which the same is said stand together, with how many there are', async () => {
  world = await openWorld();
  for (const uid of ['a', 'b', 'c']) await world.put(`${uid}.ics`, event(uid, ['SUMMARY:Theirs', 'SEQUENCE:1']));
  const three = calendar(['a', 'b', 'c'].map((uid) => [`UID:${uid}`, 'SUMMARY:Ours', 'SEQUENCE:1']));
  const run = await world.restore({ sources: [await world.source('three.ics', three)] });
  const { head } = await world.engine.openReport(run.runId);
  expect(head.groups).toMatchObject([{ outcome: 'conflict', count: 3 }]);
  expect(head.groups.reduce((sum, { count }) => sum + count, 0)).toBe(head.lists.trouble);
});

describe('what was rejected', () => {
  const broken = calendar([['UID:b', 'LOCATION:Some place', 'behind the bridge']]);

  it('for its broken lines is mended from the run alone, once a person consents', async () => {
    world = await openWorld();
    const source = await world.source('broken.ics', broken);
    const run = await world.restore({ sources: [source] });
    expect(run.settled.totals).toMatchObject({ rejected: 1 });
    await rm(source);
    const { head, page } = await world.engine.openReport(run.runId);
    expect(head.retriable).toBe(1);
    expect(page('trouble', 0, 1)[0]?.retriable).toBe(true);
    expect((await world.engine.runText(run.runId, 0))?.card?.title, 'its text is kept').toBe('Planning');
    const asked = await world.engine.prepareRetry(run.runId, world.connection, { attention: true });
    expect(asked.summary).toMatchObject({ counts: { reject: 1 }, wants: { brokenLines: 1 } });
    await asked.discard();
    const rewrites = { brokenLines: true };
    const job = await world.engine.prepareRetry(run.runId, world.connection, { attention: true, rewrites });
    expect((await runAll(job)).settled).toMatchObject({ status: 'complete', totals: { created: 1 } });
    expect([...(await world.objects()).values()].join()).toContain('LOCATION:Some place\\nbehind the bridge');
  });

  it('by the limits of the calendar is looked at anew; what is no event is not', async () => {
    world = await openWorld({ personality: 'narrow-limits' });
    const late = calendar([['UID:late', 'DTSTART:20400301T100000Z']]);
    const none = 'BEGIN:VEVENT\r\nUID:none\r\nDTSTAMP:20260101T000000Z\r\nEND:VEVENT\r\nEND:VCALENDAR';
    const source = await world.source('late.ics', late.replace('END:VCALENDAR', none));
    const run = await world.restore({ sources: [source] });
    expect(run.settled.totals).toMatchObject({ rejected: 2 });
    expect((await world.engine.openReport(run.runId)).head.retriable).toBe(1);
    const job = await world.engine.prepareRetry(run.runId, world.connection, { attention: true });
    const { rows } = await job.rows(NO_FILTER, 0, 10);
    expect(rows.map(({ uid, action }) => [uid, action])).toEqual([['late', 'reject']]);
    await job.discard();
  });
});
