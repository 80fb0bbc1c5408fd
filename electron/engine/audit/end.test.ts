import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import type { AuditLine } from '../../../shared/model/kept/audit.ts';
import { batchesDir } from '../batch/kept/folder.ts';
import { events, openCrowd, restoreMany, runWhole, type Crowd } from '../batch/testing/crowd.ts';
import { planWork } from '../jobs/batches/batch.ts';
import { openSwitch, OFF } from '../caldav/objects/collection-switch.ts';
import { consentTo } from '../jobs/testing/consent.ts';
import { calendar, GUESTS, openWorld, type World } from '../jobs/testing/world.ts';
import { runPaths } from '../run/kept/folder.ts';
import { readAudit } from './read.ts';
import { auditPath } from './write.ts';

let world: World | null = null;
let crowd: Crowd | null = null;
afterEach(async () => {
  await Promise.all([world?.close(), crowd?.close()]);
  [world, crowd] = [null, null];
});

async function endOf(runsDir: string, id: string): Promise<AuditLine | undefined> {
  const { lines } = await readAudit(runsDir, { run: id, what: 'end' });
  return lines.find((line) => 'id' in line && line.id === id);
}

const GONE = { status: 'stopped', problems: ['FOLDER_GONE'] };

describe('the end that the audit notes is the one that the journal has', () => {
  it('of a run: what could not be written to its end was stopped', async () => {
    const here = (world = await openWorld());
    const written = here.server.onChange(() => {
      written();
      const [run = ''] = readdirSync(here.runsDir).filter((name) => /^\d/.test(name));
      rmSync(runPaths(join(here.runsDir, run)).journal);
    });
    const sources = [await here.source('a.ics', calendar([['UID:a', ...GUESTS]]))];
    const { runId, settled } = await here.restore({ sources });
    expect(settled.status).toBe(GONE.status);
    expect(await endOf(here.runsDir, runId)).toMatchObject(GONE);
  });

  it('of a batch, too', async () => {
    const here = (crowd = await openCrowd({ anna: events('anna', 1) }));
    const now = (): Date => {
      removeWhenAllEnded(here.runsDir);
      return new Date();
    };
    const batch = await planWork({ ...here.ports, now }, restoreMany, await here.spec(), here.connect);
    const { batchId, settled } = await runWhole(batch);
    expect(settled.status).toBe(GONE.status);
    expect(await endOf(here.runsDir, batchId)).toMatchObject(GONE);
  });
});

/** Takes away the journal of a batch of one calendar as soon as that has ended: the end of the batch is not in it. */
function removeWhenAllEnded(runsDir: string): void {
  for (const id of existsSync(batchesDir(runsDir)) ? readdirSync(batchesDir(runsDir)) : []) {
    const journal = join(batchesDir(runsDir), id, 'journal.jsonl');
    if (existsSync(journal) && readFileSync(journal, 'utf8').includes('"k":"ended"')) rmSync(journal);
  }
}

describe('an end that cannot be noted', () => {
  it('is seen in History', async () => {
    const here = (world = await openWorld());
    const written = here.server.onChange(() => {
      written();
      closeAudit(here.runsDir);
    });
    const { runId } = await here.restore({ sources: [await here.source('a.ics', calendar([['UID:a', ...GUESTS]]))] });
    expect(await here.engine.runs()).toMatchObject([{ runId, status: 'incomplete' }]);
  });

  it('is seen in History of a batch, too', async () => {
    const here = (crowd = await openCrowd({ anna: events('anna', 1) }));
    const written = here.server.onChange(() => {
      written();
      closeAudit(here.runsDir);
    });
    const { batchId } = await runWhole(await here.plan(await here.spec()));
    expect(await here.engine.batches()).toMatchObject([{ batchId, status: 'incomplete' }]);
  });
});

function closeAudit(runsDir: string): void {
  rmSync(auditPath(runsDir));
  mkdirSync(auditPath(runsDir));
}

describe('what begins', () => {
  it('is noted before the switch that an earlier run left off is put back for an undo', async () => {
    const faults = [{ method: 'PROPPATCH', status: 403, after: 1, count: 0 }];
    const here = (world = await openWorld({ personality: 'cyrus-like', faults }));
    const sources = [await here.source('a.ics', calendar([['UID:a', ...GUESTS]]))];
    const { runId, settled } = await here.restore({ workaround: 'collection-switch', sources });
    expect(settled.status).toBe('stopped');
    here.server.setFaults([]);
    const undo = await here.engine.prepareUndo(runId, here.connection);
    closeAudit(here.runsDir);
    await expect(undo.start(consentTo(undo))).rejects.toMatchObject({ failure: { code: 'AUDIT_NOT_WRITTEN' } });
    await undo.discard();
    const one = openSwitch(here.calendarUrl, here.connection);
    expect(await one.read()).toBe(OFF);
    await one.close();
  });

  it('is a calendar of a batch only where its start is noted', async () => {
    const here = (crowd = await openCrowd({ anna: events('anna', 1), ben: events('ben', 1) }));
    const written = here.server.onChange(() => {
      written();
      closeAudit(here.runsDir);
    });
    const { members } = await runWhole(await here.plan(await here.spec({}, { members: 1 })));
    expect(members[1]).toMatchObject({ state: 'needs-attention', problem: { code: 'AUDIT_NOT_WRITTEN' } });
    expect(await here.engine.runs()).toMatchObject([{ user: 'anna' }]);
    expect((await here.objects('ben')).size).toBe(0);
  });

  it('and cannot go on has no start without an end', async () => {
    const here = (world = await openWorld());
    const sources = [await here.source('a.ics', calendar([['UID:a', ...GUESTS]]))];
    here.server.setFaults([{ method: 'PUT', status: 401, count: 0 }]);
    const { runId } = await here.restore({ sources });
    const { originals } = runPaths(join(here.runsDir, runId));
    rmSync(originals);
    mkdirSync(originals);
    here.server.setFaults([]);
    await expect(here.resume(runId)).rejects.toThrow();
    const { lines } = await readAudit(here.runsDir);
    expect(lines.map(({ what }) => what)).toEqual(['consent', 'start', 'end', 'consent']);
  });

  it('as a test event has an end where its proof cannot be kept', async () => {
    const here = (world = await openWorld({ personality: 'nextcloud-29-like' }));
    mkdirSync(join(here.runsDir, 'canary.json'), { recursive: true });
    await expect(here.engine.canary({ calendarUrl: here.calendarUrl }, here.connection)).rejects.toThrow();
    const { lines } = await readAudit(here.runsDir);
    expect(lines.map(({ what }) => what)).toEqual(['canary', 'canary-end']);
  });
});
