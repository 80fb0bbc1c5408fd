import { afterEach, describe, expect, it } from 'vitest';
import { meeting, openOffice, type Office } from './testing/office.ts';

let office: Office;
afterEach(() => office.close());

/** A migration is done, and one of three events is gone from the old side, or cannot be seen there. */
async function finalPass(
  fault: Readonly<Record<string, unknown>>,
  gone: boolean,
): Promise<{ readonly left: number; readonly status: string }> {
  office = await openOffice(['alice']);
  for (const uid of ['one', 'two', 'three']) await office.keep('alice', `${uid}.ics`, meeting(uid, ['alice']));
  const spec = office.spec(['alice']);
  const { batchId } = await office.move(spec);
  if (gone) await office.old.delete('alice', 'three.ics', { scheduling: 'none' });
  office.old.server.setFaults([{ count: 0, ...fault }]);
  const ended = await office.move({ ...spec, after: batchId, deleteGone: true }).catch(() => null);
  const { length: left } = await office.fresh.members('alice');
  return { left, status: ended?.settled.status ?? 'refused' };
}

describe('a final pass that deletes what is gone', () => {
  it('deletes what is proved to be gone', async () => {
    expect(await finalPass({ method: 'MKCOL', status: 403 }, true)).toEqual({ left: 2, status: 'complete' });
  });

  it.each([
    ['it is listed with a status of its own', { request: 'list', bend: 'status-500', object: 'three' }],
    ['one list lacks it, and the other does not', { request: 'list', bend: 'missing', object: 'three' }],
    ['the list is cut', { request: 'list', bend: 'truncated' }],
    ['the list is empty', { request: 'list', bend: 'emptied' }],
    ['the list names the calendar alone', { request: 'list', bend: 'members-left-out' }],
  ])('deletes nothing, and is not complete, when %s', async (_what, fault) => {
    const { left, status } = await finalPass(fault, false);
    expect(left).toBe(3);
    expect(['incomplete', 'refused']).toContain(status);
  });

  it('deletes nothing when what did not change is listed and would not be given', async () => {
    expect(await finalPass({ request: 'get', status: 404, object: 'three' }, false)).toEqual({
      left: 3,
      status: 'complete',
    });
  });

  it.each([
    ['its address fails', { request: 'get', status: 500, object: 'three' }],
    ['no calendar-query can be had', { request: 'query', bend: 'truncated' }],
    ['the two lists do not agree on another', { request: 'list', bend: 'missing', object: 'one' }],
  ])('keeps what is not listed, and is not complete, while %s', async (_what, fault) => {
    const { left, status } = await finalPass(fault, true);
    expect(left).toBe(3);
    expect(['incomplete', 'refused']).toContain(status);
  });
});
