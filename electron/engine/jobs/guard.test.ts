import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { startPractice } from '../../practice/server.ts';
import { calendar, follow, GUESTS, openWorld, runAll, type World } from './testing/world.ts';
import { consentTo } from './testing/consent.ts';

let world: World | null = null;
afterEach(async () => {
  await world?.close();
  world = null;
});

async function open(personality: string): Promise<World> {
  world = await openWorld({ personality });
  return world;
}

/** Plain events around meetings, so that a meeting goes first only because it is chosen. */
const meetings = (count: number): string =>
  calendar([
    ['UID:plain-first', 'SUMMARY:Lunch'],
    ...Array.from({ length: count }, (_, at) => [`UID:meeting-${at}`, 'SUMMARY:Budget', ...GUESTS]),
    ['UID:plain-last', 'SUMMARY:Dinner'],
  ]);

describe('a server that announces the draft and ignores it', () => {
  it('has told the guests of one event when the run stops, with the evidence', async () => {
    const here = await open('advertises-but-ignores');
    const run = await here.restore({ sources: [await here.source('many.ics', meetings(30))] });
    expect(run.settled).toMatchObject({ status: 'stopped', totals: { created: 1, cancelled: 31 } });
    expect((await here.objects()).size).toBe(1);
    expect(new Set(here.server.messages().map(({ uid }) => uid)).size).toBe(1);
    const problems = run.events.filter((event) => event.kind === 'problem').map(({ failure }) => failure);
    expect(problems).toMatchObject([{ code: 'NOTIFIED_ANYWAY', reaction: 'stop-job' }]);
    expect(problems[0]?.message).toMatch(/"Budget" it notes SCHEDULE-STATUS [0-9.]+ for \S+@\S+\./);
  });

  it.each(['internal-only', 'external-only'] as const)('is caught in mode %s', async (mode) => {
    const here = await open('advertises-but-ignores');
    const run = await here.restore({ sources: [await here.source('many.ics', meetings(30))], mode });
    expect(run.settled).toMatchObject({ status: 'stopped', totals: { created: 1 } });
  });

  it('is not trusted again: the run is not resumed, and a retry stops after one event too', async () => {
    const here = await open('advertises-but-ignores');
    const run = await here.restore({ sources: [await here.source('many.ics', meetings(5))] });
    await expect(here.engine.resume(run.runId, here.connection, null)).rejects.toMatchObject({
      failure: { code: 'NOTIFIED_ANYWAY' },
    });
    expect((await here.objects()).size).toBe(1);
    const again = await runAll(await here.engine.prepareRetry(run.runId, here.connection));
    expect(again.settled.status).toBe('stopped');
    expect((await here.objects()).size).toBe(2);
  });

  it('is not trusted again where the process was killed before the run ended', async () => {
    const here = await open('advertises-but-ignores');
    const run = await here.restore({ sources: [await here.source('many.ics', meetings(5))] });
    const path = join(here.runsDir, run.runId, 'journal.jsonl');
    const records = (await readFile(path, 'utf8')).split('\n');
    await writeFile(
      path,
      records
        .slice(
          0,
          records.findIndex((line) => line.includes('"k":"settled"')),
        )
        .join('\n') + '\n',
    );
    await rm(join(here.runsDir, run.runId, 'result.json'));
    await expect(here.engine.resume(run.runId, here.connection, null)).rejects.toMatchObject({
      failure: { code: 'NOTIFIED_ANYWAY' },
    });
    expect((await here.objects()).size).toBe(1);
  });

  it('is caught when it changes its ways before a run is resumed', async () => {
    const data = await mkdtemp(join(tmpdir(), 'hushcal-guard-'));
    world = await openWorld({ dataDir: data, password: 'secret', delayMs: 10 });
    const here = world;
    const spec = here.spec({ sources: [await here.source('many.ics', meetings(60))], concurrency: 1 });
    const job = await here.engine.prepareRestore(spec, here.connection);
    const handle = await job.start(consentTo(job));
    await follow(handle, (batch) => {
      if (batch.some((event) => event.kind === 'phase' && event.done > 1)) handle.stop();
    });
    const before = (await here.objects()).size;
    expect(before).toBeLessThan(62);
    const { port } = new URL(here.calendarUrl);
    await here.server.close();
    const personality = 'advertises-but-ignores';
    const other = await startPractice({ dataDir: data, password: 'secret', port: Number(port), personality });
    const resumed = await follow(await here.engine.resume(handle.runId, here.connection, null));
    expect(resumed.settled.status).toBe('stopped');
    expect((await here.objects()).size).toBe(before + 1);
    await other.close();
    await rm(data, { recursive: true });
  });
});

describe('servers that keep quiet by other names', () => {
  it.each(['cyrus-like', 'sabre-like', 'nextcloud-31-like', 'nextcloud-33-like', 'open-xchange-like'])(
    '%s: restored, replaced and undone without a word',
    async (personality) => {
      const here = await open(personality);
      const run = await here.restore({ sources: [await here.source('many.ics', meetings(5))] });
      expect(run.settled).toMatchObject({ status: 'complete', totals: { created: 7 }, verified: 7 });
      const newer = meetings(5).replaceAll('SUMMARY:Budget', 'SUMMARY:Other\r\nSEQUENCE:9');
      const replaced = await here.restore({ sources: [await here.source('newer.ics', newer)], onConflict: 'replace' });
      expect(replaced.settled).toMatchObject({ status: 'complete', totals: { updated: 5 } });
      for (const { runId } of [replaced, run]) {
        const undone = await runAll(await here.engine.prepareUndo(runId, here.connection));
        expect(undone.settled.status).toBe('complete');
      }
      expect((await here.objects()).size).toBe(0);
      expect(here.server.messages()).toEqual([]);
    },
  );

  it.each(['stalwart-like', 'xandikos-master-like'])(
    '%s: nothing is added that would notify people',
    async (personality) => {
      const here = await open(personality);
      const spec = here.spec({ sources: [await here.source('many.ics', meetings(2))] });
      const job = await here.engine.prepareRestore(spec, here.connection);
      expect(job.summary.verdict).toMatchObject({ effective: null, assurance: 'blocked' });
      await expect(runAll(job)).rejects.toMatchObject({ failure: { code: 'MODE_BLOCKED' } });
      await job.discard();
      expect((await here.objects()).size).toBe(0);
      expect(here.server.messages()).toEqual([]);
    },
  );

  it('a Nextcloud of a version that nobody measured is refused before anything is written', async () => {
    const here = await open('nextcloud-29-like');
    const spec = here.spec({ sources: [await here.source('many.ics', meetings(2))] });
    const job = await here.engine.prepareRestore(spec, here.connection);
    expect(job.summary.verdict).toMatchObject({ effective: null, assurance: 'blocked', provable: true });
    await expect(runAll(job)).rejects.toMatchObject({ failure: { code: 'MODE_BLOCKED' } });
    await job.discard();
    expect((await here.objects()).size).toBe(0);
  });
});
