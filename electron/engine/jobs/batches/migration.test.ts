import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { consentTo } from '../testing/consent.ts';
import { event } from '../testing/world.ts';
import { batchesDir } from '../../batch/kept/folder.ts';
import { followBatch, openOffice, type Office } from '../migrate/testing/office.ts';

let office: Office;
beforeEach(async () => {
  office = await openOffice(['alice']);
  await office.keep('alice', 'a.ics', event('a'));
});
afterEach(() => office.close());

it('that is put away while it is being started keeps what it reads from', async () => {
  const batch = await office.plan(office.spec(['alice']));
  const starting = batch.start(consentTo(batch));
  await batch.discard();
  const { settled } = await followBatch(await starting);
  expect(settled).toMatchObject({ status: 'complete', totals: { created: 1 } });
});

it('that is put away while its start is refused leaves nothing behind', async () => {
  const batch = await office.plan(office.spec(['alice']));
  const starting = expect(batch.start({ ...consentTo(batch), hash: 'another' })).rejects.toThrow('not the one');
  await batch.discard();
  await starting;
  expect(await readdir(join(batchesDir(office.runsDir), 'pulled'))).toEqual([]);
});
