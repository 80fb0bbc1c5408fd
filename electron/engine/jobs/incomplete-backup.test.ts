import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ArchiveReader, MANIFEST } from '../backup/archive-reader.ts';
import { itemsOf, runAll } from './testing/world.ts';
import { meeting, openOffice, type Office } from './migrate/testing/office.ts';

/* What is kept of a backup that did not come out whole says so itself, whoever reads it and whatever it is called. */

let office: Office;
beforeEach(async () => {
  office = await openOffice(['alice']);
  for (const uid of ['a', 'b']) await office.keep('alice', `${uid}.ics`, meeting(uid, ['alice']));
});
afterEach(() => office.close());

async function incomplete(): Promise<string> {
  office.old.server.setFaults([{ method: 'GET', path: 'b\\.ics', status: 403, count: 0 }]);
  const [move] = office.moves(['alice']);
  if (move?.from.kind !== 'server') throw new Error('no move');
  const { login, url } = move.from;
  const result = await office.engine.backup([{ login, calendarUrl: url }], office.connect, join(office.dir, 'n.zip'));
  office.old.server.setFaults([]);
  expect(result.failed).toHaveLength(1);
  return join(office.dir, result.file);
}

describe('a backup that is not whole', () => {
  it('names in its manifest what it lacks', async () => {
    const archive = await ArchiveReader.open(await incomplete());
    archive.close();
    expect(archive.manifest.missing).toMatchObject([{ href: expect.stringContaining('/b.ics') as string }]);
  });

  it('is searched as one that could not be read whole', async () => {
    const session = await office.engine.find([await incomplete()], { words: '', rules: ['uid~.'], any: false });
    await session.close();
    expect(session.result.backups).toMatchObject([{ events: 1, rejected: 1, problem: null }]);
    expect(session.result.backups[0]?.rejections[0]?.reason).toContain('/b.ics is missing in this backup');
  });

  it('is inspected as one that lacks something, packed or unpacked', async () => {
    const packed = await incomplete();
    const unpacked = join(office.dir, 'unpacked');
    const archive = await ArchiveReader.open(packed);
    for (const name of [MANIFEST, ...archive.names.filter((one) => one !== MANIFEST)]) {
      const path = join(unpacked, name);
      await mkdir(dirname(path), { recursive: true });
      await writeFile(path, (await archive.read(name)) ?? '');
    }
    archive.close();
    for (const source of [packed, unpacked]) {
      const found = await office.engine.inspect([source]);
      expect(found).toMatchObject({ resources: 1, rejected: [{ code: 'not-in-backup', line: 0 }] });
      expect(found.rejected[0]?.reason).toContain('/b.ics is missing in this backup');
      expect(found.components).toBe(found.resources + found.rejected.length);
    }
  });

  it('is restored as one that lacks something: plan, events and report name it', async () => {
    const source = await incomplete();
    const [move] = office.moves(['alice']);
    if (move === undefined) throw new Error('no move');
    const { calendarUrl, to } = move;
    const spec = { sources: [source], calendarUrl, user: to.actor, mode: 'none', identity: move.identity } as const;
    const rest = { onConflict: 'newer', only: [], concurrency: 2, assume: [] } as const;
    const job = await office.engine.prepareRestore({ ...spec, ...rest }, office.connect(to));
    expect(job.summary).toMatchObject({ counts: { create: 1, reject: 1 } });
    expect(job.summary.notes?.join(' ')).toContain('The backup is not complete. One thing is missing');
    const done = await runAll(job);
    expect(done.settled).toMatchObject({ status: 'incomplete', totals: { created: 1, rejected: 1 } });
    const said = expect.stringContaining('/b.ics is missing in this backup') as string;
    expect(itemsOf(done)).toContainEqual(expect.objectContaining({ outcome: 'rejected', reason: said }));
    const report = await office.engine.report(done.runId);
    expect(report.items).toContainEqual(expect.objectContaining({ outcome: 'rejected', reason: said }));
  });

  it('as the source of a final pass deletes nothing, and the pass is not complete', async () => {
    const first = await office.move(office.spec(['alice'], { mode: 'none' }));
    expect(first.settled.totals.created).toBe(2);
    const from = { kind: 'files' as const, paths: [await incomplete()] };
    const spec = office.spec(['alice'], { moves: office.moves(['alice'], { from }), mode: 'none' });
    const { settled } = await office.move({ ...spec, after: first.batchId, deleteGone: true });
    // What it lacks failed, and what stays for that, though it was to be deleted, is a conflict.
    expect(settled.totals).toMatchObject({ deleted: 0, failed: 1, conflict: 1, rejected: 0 });
    expect(settled.status).not.toBe('complete');
    expect(await office.fresh.members('alice')).toHaveLength(2);
  });
});
