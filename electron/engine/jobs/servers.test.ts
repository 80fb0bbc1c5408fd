import { afterEach, describe, expect, it } from 'vitest';
import { NOBODY } from '../../../shared/model/scheduling.ts';
import { calendar, event, GUESTS, itemsOf, openWorld, runAll, type World } from './testing/world.ts';

let world: World | null = null;
afterEach(async () => {
  await world?.close();
  world = null;
});

const two = calendar([
  ['UID:a', ...GUESTS],
  ['UID:b', 'DESCRIPTION:x'],
]);

async function open(personality: string): Promise<World> {
  world = await openWorld({ personality });
  return world;
}

describe('servers of all kinds', () => {
  it('re-writes bodies: equal in meaning, and it says which properties', async () => {
    const here = await open('rewrites-bodies');
    const run = await here.restore({ sources: [await here.source('two.ics', two)] });
    expect(run.settled).toMatchObject({ status: 'complete', verified: 2 });
    const again = await here.restore({ sources: [await here.source('two.ics', two)] });
    expect(again.settled.totals).toMatchObject({ unchanged: 2, created: 0 });
  });

  it('does not know the header: every mode but all is blocked, nothing written', async () => {
    const here = await open('ignores-header');
    for (const mode of ['none', 'internal-only', 'external-only'] as const) {
      const spec = here.spec({ sources: [await here.source('two.ics', two)], mode });
      const job = await here.engine.prepareRestore(spec, here.connection);
      expect(job.summary.verdict).toMatchObject({ asked: mode, effective: null, assurance: 'blocked' });
      expect(job.summary.verdict.alternatives.length).toBeGreaterThan(0);
      await expect(runAll(job)).rejects.toMatchObject({ failure: { code: 'MODE_BLOCKED' } });
      await job.discard();
    }
    expect((await here.objects()).size).toBe(0);
    expect(await here.engine.runs()).toEqual([]);
  });

  it('schedules nothing: whatever is asked, no number of the plan, the run or its report says that somebody was notified', async () => {
    const here = await open('radicale-like');
    const sources = [await here.source('two.ics', two)];
    const spec = here.spec({ sources, mode: 'all', assume: ['no-mail-hook'] });
    const job = await here.engine.prepareRestore(spec, here.connection);
    expect(job.summary.verdict).toMatchObject({ effective: 'all', assurance: 'noScheduling' });
    expect(job.summary.notified.all).toEqual(NOBODY);
    const { runId } = await runAll(job);
    const { head, page } = await here.engine.openReport(runId);
    expect(head.run.notified).toBe(0);
    expect(page('all', 0, 9).map(({ notified }) => notified)).toEqual([0, 0]);
    expect(head.notes.join(' ')).not.toContain('notifies guests');
    expect((await here.engine.runs())[0]?.notified).toBe(0);
  });

  it('gives no ETag: creates, and overwrites nothing it cannot guard', async () => {
    const here = await open('no-etag');
    const source = await here.source('two.ics', two);
    expect((await here.restore({ sources: [source] })).settled).toMatchObject({ status: 'complete', verified: 2 });
    const newer = await here.source('newer.ics', event('a', ['SEQUENCE:9']));
    const run = await here.restore({ sources: [newer], onConflict: 'replace' });
    expect(run.settled.totals).toMatchObject({ conflict: 1, updated: 0 });
  });

  it('takes small objects only: the large one is rejected before anything is sent', async () => {
    const here = await open('small-max-size');
    const large = calendar([['UID:a'], ['UID:b', `DESCRIPTION:${'x'.repeat(200_000)}`]]);
    const run = await here.restore({ sources: [await here.source('large.ics', large)] });
    expect(run.settled.totals).toMatchObject({ created: 1, rejected: 1 });
    expect(itemsOf(run).find((item) => item.outcome === 'rejected')?.reason).toContain('limit');
  });

  it('lets nobody write: a safety stop, nothing written', async () => {
    const here = await open('read-only');
    const job = await here.engine.prepareRestore(
      here.spec({ sources: [await here.source('two.ics', two)] }),
      here.connection,
    );
    await expect(runAll(job)).rejects.toMatchObject({ failure: { code: 'READ_ONLY' } });
    await job.discard();
  });

  it('stores under a name of its own: what was written is found, verified and undone', async () => {
    const here = await open('renames-resources');
    const run = await here.restore({ sources: [await here.source('two.ics', two)] });
    expect(run.settled).toMatchObject({ status: 'complete', totals: { created: 2 }, verified: 2 });
    const undone = await runAll(await here.engine.prepareUndo(run.runId, here.connection));
    expect(undone.settled).toMatchObject({ status: 'complete', totals: { deleted: 2 } });
    expect((await here.objects()).size).toBe(0);
  });

  it('stores under a name of its own, and alters: that is said, and undone', async () => {
    const here = await open('renames-and-omits');
    const source = await here.source('geo.ics', event('a', ['GEO:48.2;16.4']));
    const run = await here.restore({ sources: [source] });
    expect(run.settled.totals).toMatchObject({ altered: 1, failed: 0 });
    expect(itemsOf(run)[0]?.reason).toBe('Saved, but changed by the server: location coordinates (GEO).');
    const undone = await runAll(await here.engine.prepareUndo(run.runId, here.connection));
    expect(undone.settled).toMatchObject({ status: 'complete', totals: { deleted: 1 } });
    expect((await here.objects()).size).toBe(0);
  });

  it('keeps another event at the address: ours is not there, and an undo leaves that one alone', async () => {
    const here = await open('swaps-events');
    const run = await here.restore({ sources: [await here.source('two.ics', two)] });
    expect(run.settled.totals).toMatchObject({ created: 0, altered: 0, failed: 2 });
    expect(itemsOf(run)[0]?.reason).toBe('The server said it was stored, but it is not there.');
    const before = await here.objects();
    await runAll(await here.engine.prepareUndo(run.runId, here.connection)).catch(() => null);
    expect(await here.objects()).toEqual(before);
    expect(before.size).toBe(2);
  });

  it('answers with a web page, refuses the password, is not there: one sentence each', async () => {
    const here = await open('html');
    const spec = here.spec({ sources: [await here.source('two.ics', two)] });
    await expect(here.engine.prepareRestore(spec, here.connection)).rejects.toMatchObject({
      failure: { message: expect.stringMatching(/^[^\n]+\.$/) },
    });
  });
});
