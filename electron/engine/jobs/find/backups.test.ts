import { symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { zipOf } from '../../../../e2e/harness/zip.ts';
import { night, openNights, type Nights } from './testing/nights.ts';

let nights: Nights;
beforeEach(async () => {
  nights = await openNights();
});
afterEach(() => nights.close());

const LUNCH = night(['UID:lunch']);
const names = async (...sources: readonly string[]): Promise<readonly string[]> =>
  (await nights.engine.backupsIn(sources.length === 0 ? [nights.folder] : sources)).map(({ name }) => name);

describe('what one backup is', () => {
  it('a file, newest first by the day in its name, then by its date', async () => {
    const old = await nights.put('alice-2026-11-02.ics', LUNCH, '2026-12-24');
    const fresh = await nights.put('alice-2026-11-05.ics', LUNCH, '2026-01-01');
    const plain = await nights.put('export.ics', LUNCH, '2026-11-03');
    expect(
      (await nights.engine.backupsIn([old, fresh, plain])).map(({ name, at, dateFrom }) => [name, at, dateFrom]),
    ).toEqual([
      ['alice-2026-11-05.ics', '2026-11-05', 'name'],
      ['export.ics', '2026-11-03T12:00:00.000Z', 'modified'],
      ['alice-2026-11-02.ics', '2026-11-02', 'name'],
    ]);
  });

  it('each archive of a folder that holds archives only; checksums do not count', async () => {
    await nights.put('a.zip', zipOf({ 'x.ics': LUNCH }), '2026-11-02');
    await nights.put('b.zip', zipOf({ 'x.ics': LUNCH }), '2026-11-03');
    await nights.put('b.zip.sha256', 'abc');
    expect(await names()).toEqual(['b.zip', 'a.zip']);
    await nights.put('anna-2026-11-04.ics', LUNCH);
    expect(await names()).toEqual(['anna-2026-11-04.ics', 'b.zip', 'a.zip']);
  });

  it('each file, or folder, of a series that differs by its date only', async () => {
    await nights.put('files/anna-2026-11-02.ics', LUNCH);
    await nights.put('files/anna-2026-11-03.ics', LUNCH);
    await nights.put('folders/2026-11-04/anna.ics', LUNCH);
    await nights.put('folders/2026-11-05/anna.ics', LUNCH);
    expect(await names(join(nights.folder, 'files'), join(nights.folder, 'folders'))).toEqual([
      '2026-11-05',
      '2026-11-04',
      'anna-2026-11-03.ics',
      'anna-2026-11-02.ics',
    ]);
  });

  it('a whole folder of events, one of mixed things, and one with links in it', async () => {
    await nights.put('events/20261123T093000Z-1@host.ics', LUNCH);
    await nights.put('events/20261123T093000Z-2@host.ics', LUNCH);
    await nights.put('mixed/a.zip', zipOf({ 'x.ics': LUNCH }));
    await nights.put('mixed/b.ics', LUNCH);
    await nights.put('linked/a-2026-11-02.ics', LUNCH);
    await nights.put('linked/a-2026-11-03.ics', LUNCH);
    await symlink(join(nights.folder, 'mixed'), join(nights.folder, 'linked/a-2026-11-04.ics'));
    const folders = ['events', 'mixed', 'linked'].map((name) => join(nights.folder, name));
    expect((await names(...folders)).toSorted()).toEqual(['events', 'linked', 'mixed']);
  });

  it('counts once when it is named twice; what is not there has no date and comes last', async () => {
    const file = await nights.put('a.ics', LUNCH);
    expect(await names(join(nights.folder, 'gone.ics'), file, nights.folder, file)).toEqual([
      'a.ics',
      'backups',
      'gone.ics',
    ]);
  });

  it('is dated by the manifest of a backup of ours', async () => {
    const manifest = {
      format: 'hushcal-backup',
      version: 1,
      at: '2026-11-09T02:00:00.000Z',
      server: 'https://a.test',
      product: null,
      calendars: [],
    };
    const path = await nights.put('alice-2026-11-20.zip', zipOf({ 'manifest.json': JSON.stringify(manifest) }));
    await nights.put('unpacked/manifest.json', JSON.stringify(manifest));
    const found = await nights.engine.backupsIn([path, join(nights.folder, 'unpacked')]);
    expect(found).toMatchObject([
      { at: manifest.at, dateFrom: 'manifest' },
      { at: manifest.at, dateFrom: 'manifest' },
    ]);
  });
});
