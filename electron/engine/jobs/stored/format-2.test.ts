import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { batchReport } from '../../../../shared/model/batch/batch.ts';
import { openWorld, type World } from '../testing/world.ts';
import { followBatch, runWhole, type EndedBatch } from '../../batch/testing/crowd.ts';
import type { Connect } from '../../batch/types.ts';
import { PLAIN_NETWORK } from '../../caldav/network/network.ts';
import { proxyFront } from '../../caldav/testing/fronts.ts';
import type { Engine } from '../../engine.ts';
import { openKeptRuns } from './testing/kept-runs.ts';

/*
 * As the second format kept them: a restore of three calendars and of one that did not exist; and its undo, which was
 * stopped after the first of them, and of which one was forbidden.
 */
const KEPT = new URL('format-2/runs', import.meta.url).pathname;
const RESTORE = '20261201T002251083-a261c846';
const UNDO = '20261201T002252271-7d7e9a7c';

let runsDir: string;
let engine: Engine;
let close: () => Promise<void>;
beforeEach(async () => {
  ({ runsDir, engine, close } = await openKeptRuns(KEPT, '2026-12-02T00:00:00Z'));
});
afterEach(() => close());

/** What the undo has undone already, and what is left. */
const WORK = '/dav/calendars/anna/work/';
const LEFT = ['/dav/calendars/anna/home/', '/dav/calendars/anna/choir/'] as const;

interface Here extends Pick<World, 'server'> {
  /** Paths of the events of the calendars that are left. */
  objects(): Promise<readonly string[]>;
}

/** Runs of the restore, one for each calendar that was there. */
async function restored(): Promise<readonly string[]> {
  return (await engine.batchReport(RESTORE)).members.flatMap(({ runIds }) => runIds);
}

describe('folders of the second format', () => {
  it('are listed and reported, with the calendars that need attention', async () => {
    expect(await engine.batches()).toMatchObject([
      { batchId: UNDO, status: 'stopped', members: 3, done: 1, needsAttention: 1, canResume: true },
      { batchId: RESTORE, status: 'incomplete', members: 4, done: 3, needsAttention: 1, canResume: false },
    ]);
    const undo = batchReport.parse(await engine.batchReport(UNDO));
    expect(undo.members.map(({ calendar, state, problem }) => [calendar, state, problem?.code])).toEqual([
      ['work', 'done', undefined],
      ['home', 'queued', undefined],
      ['choir', 'needs-attention', 'SERVER_FORBIDDEN'],
    ]);
    expect(await engine.exportBatchReport(RESTORE, 'html')).toContain('1 calendar needs attention');
    expect((await engine.runs()).map(({ totals }) => totals.created + totals.deleted)).toEqual([2, 2, 2, 2]);
    for (const { runId } of await engine.runs()) expect((await engine.report(runId)).items).toHaveLength(2);
    expect(await engine.damaged()).toEqual([]);
  });

  it('are sound by the checksums that they were written with', async () => {
    for (const id of [RESTORE, UNDO, ...(await restored())]) {
      expect(await engine.verify(id)).toMatchObject({ sound: true, problems: [], unchecked: false });
    }
  });

  it('are undone, the calendars that are left', async () => {
    await withCalendars(async ({ objects, server }, connect) => {
      expect((await objects()).length).toBe(4);
      const spec = { batchId: RESTORE, members: null, only: [], mode: null };
      const { settled } = await runWhole(await engine.prepareBatch({ kind: 'undo', spec }, connect));
      expect(settled).toMatchObject({ status: 'complete', totals: { deleted: 4 }, verified: 4 });
      expect([await objects(), server.messages()]).toEqual([[], []]);
    });
  });

  it('are resumed, and stay as they were written', async () => {
    await withCalendars(async ({ objects }, connect) => {
      const { settled, members } = await resumed(connect);
      expect(settled).toMatchObject({ status: 'incomplete', totals: { deleted: 4 } });
      expect(members.map((member) => member.state)).toEqual(['done', 'done', 'needs-attention']);
      expect((await objects()).map((path) => path.split('/')[4])).toEqual(['choir', 'choir']);
    });
    const head = join('batches', UNDO, 'batch.json');
    expect(await readFile(join(runsDir, head))).toEqual(await readFile(join(KEPT, head)));
  });
});

async function resumed(connect: Connect): Promise<EndedBatch> {
  return followBatch(await engine.resumeBatch(UNDO, connect, 0));
}

/** The calendars that are not undone yet, as the restore left them, on a server that answers at the address of then. */
async function withCalendars(use: (here: Here, connect: Connect) => Promise<void>): Promise<void> {
  const { server, connection, put, close } = await openWorld({ users: ['anna'] }, 'anna');
  const proxy = await proxyFront(Number(new URL(server.info.base_url).port));
  const network = {
    ...PLAIN_NETWORK,
    proxies: () => Promise.resolve([{ kind: 'proxy', url: proxy.url, user: null, password: null }] as const),
  };
  try {
    const headers = { authorization: `Basic ${Buffer.from(`anna:${await connection.password()}`).toString('base64')}` };
    const ask = (method: string, path: string, depth = '0'): Promise<Response> =>
      fetch(new URL(path, server.info.base_url), { method, headers: { ...headers, depth } });
    for (const runId of await restored()) {
      const { run, items } = await engine.report(runId);
      const path = new URL(run.calendarUrl).pathname;
      if (path === WORK) continue;
      await ask('MKCALENDAR', path);
      for (const { href, row } of items) await put(href ?? '', (await engine.runText(runId, row))?.raw ?? '');
    }
    const objects = async (): Promise<readonly string[]> => {
      const texts = await Promise.all(LEFT.map(async (path) => (await ask('PROPFIND', path, '1')).text()));
      return texts.flatMap((text) => [...text.matchAll(/href>([^<]+\.ics)</g)].map((match) => match[1] ?? ''));
    };
    await use({ server, objects }, (login) => ({ ...connection, url: login.url, network }));
  } finally {
    await proxy.close();
    await close();
  }
}
