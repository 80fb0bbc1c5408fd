import { rm } from 'node:fs/promises';
import { afterEach, expect, it } from 'vitest';
import type { RowFilter } from '../../../shared/model/plan.ts';
import { calendar, event, openWorld, runAll, type World } from './testing/world.ts';

/* What needs attention is settled from the result: with the texts that the run has kept, the backup is not at hand any more. */

const ALL: RowFilter = { search: '', actions: [], attention: 'any', months: null };

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
  const { rows } = await job.rows(ALL, 0, 10);
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
  const [row] = (await job.rows(ALL, 0, 10)).rows;
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
