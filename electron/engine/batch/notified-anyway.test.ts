import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { events, openCrowd, runWhole, type Crowd } from './testing/crowd.ts';

let crowd: Crowd | null = null;
afterEach(async () => {
  await crowd?.close();
  crowd = null;
});

/** Leaves a folder as a process that was killed before this record. */
async function cut(folder: string, record: string): Promise<void> {
  const path = join(folder, 'journal.jsonl');
  const lines = (await readFile(path, 'utf8')).split('\n');
  const end = lines.findIndex((line) => line.includes(`"k":"${record}"`));
  await writeFile(path, `${lines.slice(0, end).join('\n')}\n`);
  await rm(join(folder, 'result.json'), { force: true });
}

const guests = (user: string): readonly string[] => [
  `ORGANIZER:mailto:${user}@example.com`,
  `ATTENDEE;PARTSTAT=ACCEPTED:mailto:${user}@example.com`,
  'ATTENDEE:mailto:ext@other.test',
];

describe('a batch on a server that announces the draft and ignores it', () => {
  it('has told the guests of one event when it stops, and is not resumed', async () => {
    const users = ['anna', 'ben', 'cleo'];
    const texts = Object.fromEntries(users.map((user) => [user, events(user, 3, guests(user))]));
    crowd = await openCrowd(texts, { personality: 'advertises-but-ignores' });
    const { plan, spec, server, resume, engine } = crowd;
    const { settled, members, batchId, events: said } = await runWhole(await plan(await spec({}, { members: 1 })));
    expect(server.messages()).toHaveLength(1);
    expect(settled).toMatchObject({ status: 'stopped', totals: { created: 1, cancelled: 8 } });
    expect(members.map(({ state }) => state)).toEqual(['needs-attention', 'queued', 'queued']);
    const whole = said.flatMap((event) => (event.kind === 'problem' && event.mailbox === null ? [event.failure] : []));
    expect(whole).toMatchObject([{ code: 'NOTIFIED_ANYWAY', reaction: 'stop-job' }]);
    await expect(resume(batchId)).rejects.toMatchObject({ failure: { code: 'NOTIFIED_ANYWAY' } });
    expect(server.messages()).toHaveLength(1);
    expect(await engine.batches()).toMatchObject([{ canResume: false }]);
  });

  it('is not resumed either where the process was killed before it was written down for the batch', async () => {
    const texts = { anna: events('anna', 2, guests('anna')), ben: events('ben', 2, guests('ben')) };
    crowd = await openCrowd(texts, { personality: 'advertises-but-ignores' });
    const { plan, spec, server, resume, runsDir } = crowd;
    const { batchId, members } = await runWhole(await plan(await spec({}, { members: 1 })));
    await cut(join(runsDir, 'batches', batchId), 'ended');
    await cut(join(runsDir, members[0]?.runIds[0] ?? ''), 'settled');
    await expect(resume(batchId)).rejects.toMatchObject({ failure: { code: 'NOTIFIED_ANYWAY' } });
    expect(server.messages()).toHaveLength(1);
  });
});
