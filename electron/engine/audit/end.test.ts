import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import type { AuditLine } from '../../../shared/model/kept/audit.ts';
import { batchesDir } from '../batch/kept/folder.ts';
import { events, openCrowd, restoreMany, runWhole, type Crowd } from '../batch/testing/crowd.ts';
import { planWork } from '../jobs/batches/batch.ts';
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
