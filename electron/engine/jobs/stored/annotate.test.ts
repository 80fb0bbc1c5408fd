import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { jobNote, NOTE_LENGTH, TICKET_LENGTH, typedNote } from '../../../../shared/model/kept/job-note.ts';
import { events, openCrowd, runWhole } from '../../batch/testing/crowd.ts';
import { calendar, follow, GUESTS, openWorld, type World } from '../testing/world.ts';

let world: World;
beforeEach(async () => {
  world = await openWorld();
});
afterEach(async () => {
  await world.close();
});

/** A restore with a ticket, run to its end. */
async function restored() {
  const source = await world.source('b.ics', calendar([['UID:a', ...GUESTS], ['UID:b']]));
  const job = await world.engine.prepareRestore(world.spec({ sources: [source] }), world.connection);
  const consent = { hash: job.summary.hash, typedMessages: 0 };
  return follow(await job.start({ ...consent, jobNote: { ticket: 'INC-4711', note: 'Alice called.\nTwice.' } }));
}

/** Everything in the folder of the run that is checked. */
async function proofs(runId: string): Promise<readonly string[]> {
  const names = ['run.json', 'plan.jsonl', 'journal.jsonl', 'result.json'];
  return Promise.all(names.map((name) => readFile(join(world.runsDir, runId, name), 'utf8')));
}

describe('the ticket and the note of a run', () => {
  it('are said when it starts, listed and reported', async () => {
    const run = await restored();
    const noted = { ticket: 'INC-4711', note: 'Alice called.\nTwice.' };
    expect(run.events[0]).toMatchObject({ kind: 'started', ...noted });
    expect((await world.engine.runs())[0]).toMatchObject(noted);
    expect((await world.engine.report(run.runId)).run).toMatchObject(noted);
    const html = await text(run.runId, 'html');
    expect(html).toContain('INC-4711');
    expect(await text(run.runId, 'csv')).toMatch(/^\uFEFF.*,ticket,note\r\n.*,INC-4711,"Alice called\.\nTwice\."\r\n/);
  });

  it('change later, and nothing that was consented to or proved with them', async () => {
    const run = await restored();
    const before = await proofs(run.runId);
    await world.engine.annotate(run.runId, { note: 'Solved' });
    expect(await proofs(run.runId)).toEqual(before);
    const [entry] = await world.engine.runs();
    expect([entry?.ticket, entry?.note]).toEqual([undefined, 'Solved']);
    expect(await world.engine.verify(run.runId)).toMatchObject({ sound: true, problems: [] });
    await world.engine.annotate(run.runId, {});
    expect((await world.engine.runs())[0]).not.toHaveProperty('note');
  });

  it('are left out and named where they are damaged, and the run stays sound to use', async () => {
    const run = await restored();
    const path = join(world.runsDir, run.runId, 'note.json');
    await writeFile(path, (await readFile(path, 'utf8')).replace('4711', '4712'));
    expect((await world.engine.runs())[0]).not.toHaveProperty('ticket');
    expect(await world.engine.verify(run.runId)).toMatchObject({ sound: false, problems: [/ticket number and note/] });
    const undo = await world.engine.prepareUndo(run.runId, world.connection);
    expect(undo.summary.counts.delete).toBe(2);
    await undo.discard();
  });

  it('are refused for a run that is not there', async () => {
    await expect(world.engine.annotate('20260101T000000000-00000000', {})).rejects.toMatchObject({
      failure: { code: 'RUN_NOT_FOUND' },
    });
  });
});

it('are those of the batch for each of its calendars', async () => {
  const crowd = await openCrowd({ anna: events('anna', 1), ben: events('ben', 1) });
  try {
    const plan = await crowd.plan(await crowd.spec());
    const start = plan.start.bind(plan);
    const noted = {
      ...plan,
      start: (consent: Parameters<typeof start>[0]) => start({ ...consent, jobNote: { ticket: 'M-1' } }),
    };
    const { batchId } = await runWhole(noted);
    const said = async () => [
      ...(await crowd.engine.batches()).map(({ ticket }) => ticket),
      ...(await crowd.engine.runs()).map(({ ticket }) => ticket),
    ];
    expect(await said()).toEqual(['M-1', 'M-1', 'M-1']);
    const [child] = await crowd.engine.runs();
    await crowd.engine.annotate(child?.runId ?? '', { ticket: 'M-2' });
    expect(await said()).toEqual(['M-2', 'M-2', 'M-2']);
    expect(await crowd.engine.exportBatchReport(batchId, 'html')).toContain('M-2');
  } finally {
    await crowd.close();
  }
});

describe('what can be a ticket and a note', () => {
  it('is bounded, and a ticket is one line', () => {
    const fits = (note: unknown) => jobNote.safeParse(note).success;
    expect(fits({ ticket: 'x'.repeat(TICKET_LENGTH), note: 'y'.repeat(NOTE_LENGTH) })).toBe(true);
    expect(fits({ ticket: 'x'.repeat(TICKET_LENGTH + 1) })).toBe(false);
    expect(fits({ note: 'y'.repeat(NOTE_LENGTH + 1) })).toBe(false);
    for (const ticket of ['a\nb', 'a\u001b[2Jb', 'a\u2028b', '  '])
      expect([ticket, fits({ ticket })]).toEqual([ticket, false]);
    expect(fits({ note: 'a\n\nb\tc' })).toBe(true);
    expect(fits({ note: 'a\u0007b' })).toBe(false);
  });

  it('is what was typed, without what was left empty', () => {
    expect(typedNote(' INC-1 ', '')).toEqual({ ticket: 'INC-1' });
    expect(typedNote('', 'a\r\nb')).toEqual({ note: 'a\nb' });
    expect(typedNote('x'.repeat(TICKET_LENGTH + 1), '')).toBeNull();
  });
});

async function text(runId: string, format: 'html' | 'csv'): Promise<string> {
  let whole = '';
  for await (const piece of await world.engine.exportReport(runId, format)) whole += piece;
  return whole;
}
