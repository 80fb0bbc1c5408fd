import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { batchesDir, batchPaths } from '../../batch/kept/folder.ts';
import { findRun } from '../../run/kept/folder.ts';
import { consentTo } from '../testing/consent.ts';
import { followBatch, meeting, openOffice, type Ended, type Office } from './testing/office.ts';

/* A migration killed between the name of a run, which stands in its journal, and the folder of that run. */

let office: Office;
let batch = '';
/** The run that has a name and no folder. */
let unmade = '';

beforeEach(async () => {
  office = await openOffice(['alice']);
  await office.keep('alice', 'm.ics', meeting('m', ['alice=ACCEPTED', 'ext@other.test']));
  ({ batchId: batch } = await office.move(office.spec(['alice'])));
  const paths = batchPaths(join(batchesDir(office.runsDir), batch));
  const [entry] = await office.engine.runs();
  unmade = entry?.runId ?? '';
  // As the kill leaves it: the name is in the journal, and nothing else was done.
  const lines = (await readFile(paths.journal, 'utf8')).split('\n');
  const named = lines.findIndex((line) => line.includes('"k":"began"'));
  await writeFile(paths.journal, `${lines.slice(0, named + 1).join('\n')}\n`);
  await rm(paths.result);
  await rm(await findRun(office.runsDir, unmade), { recursive: true });
  for (const name of await office.fresh.members('alice'))
    await office.fresh.delete('alice', name, { scheduling: 'none' });
  office.fresh.clear();
});
afterEach(() => office.close());

const resume = async (): Promise<Ended> => followBatch(await office.engine.resumeBatch(batch, office.connect, null));
const entry = async () => (await office.engine.batches()).find(({ batchId }) => batchId === batch);
const runIds = async (): Promise<readonly string[]> => (await office.engine.runs()).map(({ runId }) => runId);
const order = (kind: 'undo') => ({ kind, spec: { batchId: batch, members: null, only: [], mode: null } }) as const;

describe('before it is resumed', () => {
  it('History says that it can be, and that nothing is there to take back', async () => {
    expect(await entry()).toMatchObject({ canResume: true, canUndo: false, canAnnounce: false, status: 'interrupted' });
    const { members } = await office.engine.batchReport(batch);
    expect(members).toMatchObject([{ runIds: [], totals: null }]);
    for (const format of ['html', 'csv', 'json'] as const)
      expect(await office.engine.exportBatchReport(batch, format)).toContain('alice');
    const plan = await office.engine.prepareBatch(order('undo'), office.connect);
    expect(plan.summary.stops).toContainEqual(expect.objectContaining({ code: 'NOTHING_TO_UNDO', override: false }));
    await plan.discard();
  });

  it('verify finds all as it was written, and purge takes it away only when told', async () => {
    expect(await office.engine.verify(batch)).toMatchObject({ sound: true, problems: [] });
    expect(await office.engine.purge([batch])).toMatchObject({ removed: [], kept: [{ code: 'RUN_RESUMABLE' }] });
    expect(await office.engine.purge([batch], { resumable: true })).toMatchObject({ removed: [batch], kept: [] });
    expect(await office.engine.batches()).toEqual([]);
  });
});

describe('resumed under another name', () => {
  beforeEach(async () => {
    expect((await resume()).settled).toMatchObject({ status: 'complete', totals: { created: 1 } });
    expect(await office.fresh.copies('alice', 'm')).toHaveLength(1);
    expect(await runIds()).not.toContain(unmade);
  });

  it('is in History with the one run that was made', async () => {
    expect(await entry()).toMatchObject({ status: 'complete', canResume: false, canUndo: true, canAnnounce: true });
    const { members } = await office.engine.batchReport(batch);
    expect(members.map((member) => member.runIds)).toEqual([await runIds()]);
    for (const mailbox of [null, 'alice'])
      expect(await office.engine.exportBatchReport(batch, 'html', mailbox)).not.toContain(unmade);
  });

  it('is announced like any other', async () => {
    const plan = await office.engine.prepareBatch({ kind: 'announce', spec: { batch } }, office.connect);
    await followBatch(await plan.start(consentTo(plan)));
    expect(office.fresh.notified()).toEqual(['REQUEST imip ext@other.test']);
  });

  it('is gone on from by a final pass', async () => {
    await office.keep('alice', 'm.ics', meeting('m', ['alice=ACCEPTED', 'ext@other.test'], ['SUMMARY:Moved']));
    await office.keep('alice', 'n.ics', meeting('n', ['alice=ACCEPTED', 'ext@other.test']));
    const last = await office.move({ ...office.spec(['alice']), after: batch, deleteGone: true });
    expect(last.settled).toMatchObject({ status: 'complete', totals: { created: 1, updated: 1, deleted: 0 } });
    expect(office.fresh.notified()).toEqual([]);
  });

  it('is taken back', async () => {
    const plan = await office.engine.prepareBatch(order('undo'), office.connect);
    const { settled } = await followBatch(await plan.start(consentTo(plan)));
    expect(settled).toMatchObject({ status: 'complete', totals: { deleted: 1 } });
    expect(await office.fresh.members('alice')).toEqual([]);
    expect(await entry()).toMatchObject({ canUndo: false });
  });

  it('is sound, and goes as a whole', async () => {
    expect(await office.engine.verify(batch)).toMatchObject({ sound: true, problems: [] });
    expect(await office.engine.purge([batch])).toMatchObject({ removed: [batch], kept: [] });
    expect((await readdir(office.runsDir)).filter((name) => /^\d{8}T/.test(name))).toEqual([]);
    expect(await office.engine.batches()).toEqual([]);
  });

  it('is damaged once the folder of the run that was made is gone', async () => {
    const [made = ''] = await runIds();
    await rm(await findRun(office.runsDir, made), { recursive: true });
    expect(await office.engine.verify(batch)).toMatchObject({
      sound: false,
      problems: [expect.stringContaining(made)],
    });
  });
});
