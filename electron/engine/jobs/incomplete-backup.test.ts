import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ArchiveReader } from '../backup/archive-reader.ts';
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

  it('as the source of a final pass deletes nothing, and the pass is not complete', async () => {
    const first = await office.move(office.spec(['alice'], { mode: 'none' }));
    expect(first.settled.totals.created).toBe(2);
    const from = { kind: 'files' as const, paths: [await incomplete()] };
    const spec = office.spec(['alice'], { moves: office.moves(['alice'], { from }), mode: 'none' });
    const { settled } = await office.move({ ...spec, after: first.batchId, deleteGone: true });
    expect(settled.totals).toMatchObject({ deleted: 0, failed: 1 });
    expect(settled.status).not.toBe('complete');
    expect(await office.fresh.members('alice')).toHaveLength(2);
  });
});
