import { expect } from 'vitest';
import { BEFORE } from './backup.ts';
import { killTests, runsOf, type Story } from './kills.ts';
import { spread } from './points.ts';
import { RESTORE_RECORDS } from './stories.ts';

/** Everything goes from alice's calendar, meetings and all; whenever it is killed, nobody hears and all of it is kept. */
const cleanupStory: Story = {
  name: 'a clean-up',
  begin: async ({ calendarUrl, runsDir }) => [
    ...['cleanup', '--calendar', calendarUrl, '--user', 'alice', '--password-env', 'PASSWORD', '--scheduling', 'none'],
    ...['--match', 'uid=*', '--include-own', '--concurrency', '3', '--runs', runsDir, '--yes', '--json'],
  ],
  totals: { deleted: BEFORE.size },
  code: 0,
  undoBatch: async (scene) => {
    const run = (await runsOf(scene)).find(({ job }) => job === 'cleanup');
    const { code, settled } = await scene.runHere(scene.againArgs('undo', run?.runId ?? ''));
    expect([code, settled?.totals.created]).toEqual([0, BEFORE.size]);
  },
};

await killTests(cleanupStory, (points) => spread(points, 20, 0), RESTORE_RECORDS);
