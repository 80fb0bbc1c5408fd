import { afterEach, describe, expect, it } from 'vitest';
import { meeting, openOffice, type Office } from './testing/office.ts';

let office: Office;
afterEach(() => office.close());

describe('a final pass that is to delete what is gone', () => {
  it('names a calendar of which it would delete more than half: the old side may have failed to say all', async () => {
    office = await openOffice(['alice']);
    for (let at = 0; at < 24; at += 1) await office.keep('alice', `e${at}.ics`, meeting(`e${at}`, ['alice']));
    const spec = office.spec(['alice']);
    const { batchId, settled } = await office.move(spec);
    expect(settled.totals.created).toBe(24);
    const remove = async (from: number, to: number): Promise<void> => {
      for (let at = from; at < to; at += 1) await office.old.delete('alice', `e${at}.ics`, { scheduling: 'none' });
    };
    const stopsOf = async (): Promise<readonly string[]> => {
      const plan = await office.plan({ ...spec, after: batchId, deleteGone: true });
      await plan.discard();
      return plan.summary.stops.map(({ code, override }) => `${code} ${String(override)}`);
    };
    await remove(0, 2);
    expect(await stopsOf()).toEqual([]);
    await remove(2, 24);
    expect(await stopsOf()).toEqual(['MASS_DELETE true']);
  });
});
