import { afterEach, describe, expect, it } from 'vitest';
import { events, openCrowd, runWhole, type Crowd } from './testing/crowd.ts';

let crowd: Crowd | null = null;
afterEach(async () => {
  await crowd?.close();
  crowd = null;
});

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
    expect(members.map(({ state }) => state)).toEqual(['needs-you', 'queued', 'queued']);
    const whole = said.flatMap((event) => (event.kind === 'problem' && event.mailbox === null ? [event.failure] : []));
    expect(whole).toMatchObject([{ code: 'TOLD_ANYWAY', reaction: 'stop-job' }]);
    await expect(resume(batchId)).rejects.toMatchObject({ failure: { code: 'TOLD_ANYWAY' } });
    expect(server.messages()).toHaveLength(1);
    expect(await engine.batches()).toMatchObject([{ canResume: false }]);
  });
});
