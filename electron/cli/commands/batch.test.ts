import { cp, mkdir, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { batchEvent, batchReport } from '../../../shared/model/batch/batch.ts';
import { events, openCrowd, runWhole, type Crowd } from '../../engine/batch/testing/crowd.ts';
import { sayIn, type Said } from '../testing/said.ts';

let crowd: Crowd | null = null;
afterEach(async () => {
  await crowd?.close();
  crowd = null;
});

async function open(): Promise<{ readonly here: Crowd; readonly batchId: string; readonly say: Say }> {
  crowd = await openCrowd({ anna: events('anna', 3), ben: events('ben', 2), cleo: events('cleo', 4) });
  const here = crowd;
  const { batchId } = await runWhole(await here.plan(await here.spec()));
  const say: Say = (...argv) => sayIn(here, [...argv, '--runs', here.runsDir]);
  return { here, batchId, say };
}

type Say = (...argv: string[]) => Promise<Said>;

const LOGIN = ['--password-env', 'PASSWORD'] as const;

describe('the command line takes a run over many calendars like any other', () => {
  it('lists it as one line, and its calendars when it is named', async () => {
    const { batchId, say } = await open();
    const { out } = await say('runs');
    expect(out.trim().split('\n')).toHaveLength(1);
    expect(out).toContain(`${batchId}  migrate  complete     3 of 3 calendars  9 created; nobody notified`);
    expect((await say('runs', batchId)).out.trim().split('\n')).toHaveLength(3);
    expect((await say('runs', '--json')).out.trim().split('\n')).toHaveLength(4);
    expect(await say('runs', 'nothing')).toMatchObject({ code: 2 });
  });

  it('reports all, or one mailbox', async () => {
    const { batchId, say } = await open();
    const whole = await say('report', batchId);
    expect(batchReport.parse(JSON.parse(whole.out)).members).toHaveLength(3);
    const mine = await say('report', batchId, '--mailbox', 'cleo', '--format', 'csv');
    expect(mine.out).toContain('cleo-3');
    expect(mine.out).not.toContain('anna-1');
    expect(await say('report', batchId, '--mailbox', 'nobody')).toMatchObject({ code: 2 });
  });

  it('takes it back: shows first, then does what was shown', async () => {
    const { here, batchId, say } = await open();
    const shown = await say('undo', batchId, ...LOGIN, '--dry-run');
    expect([shown.code, shown.out]).toEqual([0, expect.stringContaining('undo: 3 calendars')]);
    expect((await here.objects('anna')).size).toBe(3);
    const hash = /--yes=([0-9a-f]{64})/.exec(shown.err)?.[1] ?? '';
    expect((await say('undo', batchId, ...LOGIN, `--yes=${'0'.repeat(64)}`)).code).toBe(2);
    const done = await say('undo', batchId, ...LOGIN, `--yes=${hash}`, '--json');
    expect([done.code, done.err]).toEqual([
      0,
      expect.stringMatching(/^(?:Logging in to \S+ as (?:anna|ben|cleo)\.\n){3}$/),
    ]);
    const said = done.lines.map((line) => batchEvent.parse(line));
    expect([said[0]?.kind, said.at(-1)]).toEqual(['started', expect.objectContaining({ status: 'complete' })]);
    for (const user of here.users) expect((await here.objects(user)).size).toBe(0);
  });

  it('takes back one mailbox only', async () => {
    const { here, batchId, say } = await open();
    const done = await say('undo', batchId, ...LOGIN, '--mailbox', 'ben', '--yes');
    expect([done.code, done.out]).toEqual([0, expect.stringContaining('Done: 2 deleted')]);
    expect((await here.objects('anna')).size).toBe(3);
    expect((await say('undo', batchId, ...LOGIN, '--mailbox', 'eve', '--yes')).code).toBe(2);
  });

  it('says which variable is missing, and not what may be a password', async () => {
    const { here, batchId } = await open();
    const argv = ['undo', batchId, '--dry-run', '--runs', here.runsDir, '--allow-env', 'PASSWORD'];
    const without = await sayIn(here, argv, { env: { PASSWORD: undefined } });
    expect(without).toMatchObject({ code: 2 });
    expect(without.out + without.err).toContain(
      'The environment variable PASSWORD with the password of anna is not set.',
    );
  });

  it('resumes it after the server refused the login in the middle', async () => {
    const { here, batchId, say } = await open();
    here.server.setFaults([{ method: 'DELETE', status: 401, after: 4, count: 0 }]);
    const first = await say('undo', batchId, ...LOGIN, '--yes');
    expect([first.code, first.err]).toEqual([3, expect.stringContaining('hushcal resume ')]);
    const undoId = /hushcal resume (\S+),/.exec(first.err)?.[1] ?? '';
    here.server.setFaults([]);
    expect((await say('resume', undoId, ...LOGIN)).code).toBe(2);
    const rest = await say('resume', undoId, ...LOGIN, '--yes', '--json');
    expect([rest.code, rest.lines.at(-1)]).toEqual([
      0,
      expect.objectContaining({ status: 'complete', totals: expect.objectContaining({ deleted: 9 }) }),
    ]);
    for (const user of here.users) expect((await here.objects(user)).size).toBe(0);
    expect(await say('resume', undoId, ...LOGIN, '--yes')).toMatchObject({ code: 2 });
  });

  it('sends a retry to the run of one calendar', async () => {
    const { batchId, say } = await open();
    expect((await say('retry', batchId, ...LOGIN, '--yes')).err).toContain('works on one calendar');
  });
});

describe('report --merge', () => {
  it('puts the parts of a job together, and names what is in two of them', async () => {
    const { here, batchId } = await open();
    const [one, two] = [join(here.dir, 'one'), join(here.dir, 'two')];
    await rename(here.runsDir, one);
    const spec = await here.spec({ only: ['title~ [01]$'] });
    const members = spec.members.filter(({ restore }) => restore.user === 'cleo');
    const second = await runWhole(await here.plan({ ...spec, members }));
    await rename(here.runsDir, two);
    const merged = await sayIn(here, ['report', '--merge', one, join(two, 'batches', second.batchId)]);
    const report = batchReport.parse(JSON.parse(merged.out));
    expect(report.members.map(({ mailbox, totals }) => [mailbox, totals?.created])).toEqual([
      ['cleo', 0],
      ['anna', 3],
      ['ben', 2],
    ]);
    expect(report.batch).toMatchObject({ batchId: 'merged', status: 'complete', members: 3 });
    expect(report.notes).toContain('cleo, "cleo" is in several parts: the newest one counts.');
    expect(report.notes[0]).toMatch(/^2 parts were put together, begun \D+ \d+, \d{4}/);
    for (const id of [batchId, second.batchId]) expect(report.notes.join()).not.toContain(id);
    expect((await sayIn(here, ['report', '--merge', one, two, '--format', 'html'])).out).toContain(
      'Migration: 3 calendars',
    );
  });

  it('names a folder that holds nothing of the kind', async () => {
    const { here } = await open();
    await mkdir(join(here.dir, 'empty'));
    await cp(join(here.dir, 'anna.ics'), join(here.dir, 'empty', 'anna.ics'));
    const said = await sayIn(here, ['report', '--merge', here.runsDir, join(here.dir, 'empty')]);
    expect([said.code, said.err]).toEqual([2, expect.stringContaining('holds no migration')]);
  });
});
