import { calendar } from '../../electron/engine/jobs/testing/world.ts';
import { killTests, type Story } from './kills.ts';
import { spread } from './points.ts';
import { restoreStory } from './stories.ts';

/** In the backup, and deleted before: this server fails on them, after it has notified people, until they leave its trash bin. */
const BINNED = ['new-meeting', 'new-second', 'new-alone'];

/** A restore that takes deleted events out of the trash bin for good, each before it is written. */
const trashStory: Story = {
  ...restoreStory('none'),
  name: 'a restore of what lies in the trash bin',
  personality: 'nextcloud-33-like',
  begin: async (scene) => {
    for (const uid of BINNED) await scene.bin(`binned-${uid}.ics`, calendar([[`UID:${uid}`, 'SUMMARY:Deleted']]));
    return scene.restoreArgs('none');
  },
};

/** From saving the deleted text to the proof that the new one was stored; the rest is as in every restore. */
const PURGING = /^(?:(?:request|answer) (?:DELETE|PUT)|journal (?:original|applied))/;

await killTests(
  trashStory,
  (points) =>
    spread(
      points.filter(({ step }) => PURGING.test(step)),
      24,
      2,
    ),
  ['original', 'applied'],
);
