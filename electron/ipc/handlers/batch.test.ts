import { afterEach, describe, expect, it } from 'vitest';
import { events, openCrowd, type Crowd } from '../../engine/batch/testing/crowd.ts';
import { ActiveBatches } from '../runs/active-batches.ts';
import { HandleStore } from '../runs/handle-store.ts';
import { batchHandlers, type BatchShelves } from './batch.ts';
import { SavedReports } from '../runs/report-file.ts';

let crowd: Crowd | null = null;
afterEach(async () => {
  await crowd?.close();
  crowd = null;
});

const guests = ['ORGANIZER:mailto:anna@example.com', 'ATTENDEE:mailto:ext@other.test'];

describe('the start of a batch from the window', () => {
  it('tells everybody only with the number of messages', async () => {
    crowd = await openCrowd({ anna: events('anna', 2, guests) });
    const { plan, spec, server, engine, connect } = crowd;
    const shelves: BatchShelves = {
      batches: new HandleStore(1, 'gone', ({ batch: waiting }) => void waiting.discard()),
      plans: new HandleStore(1, 'gone'),
    };
    const logins = { connect, missingOf: () => [], keepFor: () => Promise.resolve() };
    const active = new ActiveBatches(() => undefined, { progressed: () => undefined, ended: () => undefined });
    const desktop = {
      info: () => Promise.reject(new Error('not asked here')),
      noteIntroduced: () => Promise.resolve(),
      setTheme: () => Promise.resolve(),
      printPdf: () => Promise.reject(new Error('nothing is printed here')),
      showInFolder: () => undefined,
      mayWrite: () => Promise.resolve(true),
      choosePaths: () => Promise.resolve(null),
      chooseTarget: () => Promise.resolve(null),
    };
    const handlers = batchHandlers(
      { engine, desktop },
      logins,
      shelves,
      active,
      () => undefined,
      new SavedReports(desktop),
    );
    const batch = await plan(await spec({ mode: 'all' }));
    const planId = shelves.batches.add({ batch, places: [] });
    const { hash } = batch.summary;
    for (const typedMessages of [null, 1]) {
      await expect(handlers['batch.start']({ planId, hash, typedMessages })).rejects.toMatchObject({
        failure: { code: 'CONSENT_NUMBER' },
      });
    }
    expect(server.messages()).toEqual([]);
    const starting = handlers['batch.start']({ planId, hash, typedMessages: 2 });
    // The window may be loaded anew before it has the answer: what began can be watched and stopped all the same.
    shelves.batches.discard(planId);
    const { batchId } = await starting;
    expect(active.active()).toEqual([batchId]);
    await active.stopAll();
  });
});
