import { afterEach, expect, it } from 'vitest';
import { answerOf, followBatch, meeting, openOffice, type Office } from './testing/office.ts';
import { consentTo } from '../testing/consent.ts';

let office: Office;
afterEach(() => office.close());

/** A meeting of alice that comes to bob by itself; the migration stops before it gets to bob. */
async function stoppedBetween(): Promise<{ batchId: string; name: string }> {
  office = await openOffice(['alice', 'bob', 'dave']);
  await office.keep('alice', 'm.ics', meeting('m', ['alice', 'bob', 'dave']));
  await office.keep('bob', 'm.ics', meeting('m', ['alice', 'bob=DECLINED', 'dave']));
  const batch = await office.plan(office.spec(['alice', 'bob']));
  const handle = await batch.start(consentTo(batch));
  const { settled } = await followBatch(handle, (event) => {
    if (event.kind === 'item') handle.stop();
  });
  expect(settled.status).toBe('stopped');
  const [name] = await office.fresh.members('bob');
  if (name === undefined) throw new Error('nothing came');
  return { batchId: handle.batchId, name };
}

it('keeps the answer that the owner gave on the new side before their own copy came', async () => {
  const { batchId, name } = await stoppedBetween();
  const { text } = await office.fresh.get('bob', name);
  const answered = text.replace(/^(ATTENDEE[^\r\n]*PARTSTAT=)[A-Z-]+([^\r\n]*bob@)/m, '$1ACCEPTED$2');
  expect(answerOf(answered, 'bob')).toBe('ACCEPTED');
  await office.fresh.put('bob', name, answered, { scheduling: 'none' });
  const { events, settled } = await followBatch(await office.engine.resumeBatch(batchId, office.connect, null));
  expect(answerOf(await office.fresh.copy('bob', 'm'), 'bob')).toBe('ACCEPTED');
  expect(settled.status).toBe('incomplete');
  const item = events.find((event) => event.kind === 'item' && event.mailbox === 'bob');
  expect(item).toMatchObject({ outcome: 'conflict', reason: expect.stringContaining('answer') as string });
});

it('puts the own copy in place of what came and was not answered', async () => {
  const { batchId } = await stoppedBetween();
  const { settled } = await followBatch(await office.engine.resumeBatch(batchId, office.connect, null));
  expect(settled.status).toBe('complete');
  expect(answerOf(await office.fresh.copy('bob', 'm'), 'bob')).toBe('DECLINED');
});
