import { Readable, Writable } from 'node:stream';
import { afterEach, describe, expect, it } from 'vitest';
import { meeting, openOffice, type Office } from '../engine/jobs/migrate/testing/office.ts';
import type { Consented } from './options/args.ts';
import { showAndRunBatch } from './commands/batch.ts';
import { EXIT } from './io.ts';

let office: Office;
afterEach(() => office.close());

describe('a final pass that would delete more than half of a calendar', () => {
  it('is not run on a plain --yes, but on the hash of exactly this plan', async () => {
    office = await openOffice(['alice']);
    for (let at = 0; at < 24; at += 1) await office.keep('alice', `e${at}.ics`, meeting(`e${at}`, ['alice']));
    const { batchId } = await office.move(office.spec(['alice']));
    for (let at = 0; at < 20; at += 1) await office.old.delete('alice', `e${at}.ics`, { scheduling: 'none' });
    let said = '';
    const sink = new Writable({
      write(chunk, _encoding, done) {
        said += String(chunk);
        done();
      },
    });
    const io = { stdout: sink, stderr: sink, stdin: Readable.from([]), env: {}, cwd: office.dir };
    const run = async (consentTo: (hash: string) => Consented): Promise<number> => {
      const batch = await office.plan(office.spec(['alice'], { after: batchId, deleteGone: true }));
      const consent = consentTo(batch.summary.hash);
      try {
        return await showAndRunBatch(batch, { consent, dryRun: false, json: false, jobNote: {} }, io);
      } finally {
        await batch.discard();
      }
    };
    expect(await run(() => ({ kind: 'yes', hash: null, messages: null }))).toBe(EXIT.nothingWritten);
    expect(said).toContain('20 of the 24 events in the calendar would be deleted');
    expect(await office.fresh.members('alice')).toHaveLength(24);
    expect(await run((hash) => ({ kind: 'yes', hash, messages: null }))).toBe(EXIT.done);
    expect(await office.fresh.members('alice')).toHaveLength(4);
  });
});
