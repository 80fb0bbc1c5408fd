import { expect } from 'vitest';
import { calendar } from '../../electron/engine/jobs/testing/world.ts';
import { TOTALS } from './backup.ts';
import { killTests, runsOf, type Story } from './kills.ts';
import { spread } from './points.ts';
import { restoreStory } from './stories.ts';

/** In the backup, and deleted before: this server fails on them, after it has notified people, until they leave its trash bin. */
const BINNED = ['new-meeting', 'new-second', 'new-alone'];
/** Deleted as the backup has it: it is restored from the trash bin. */
const SAME = calendar([
  [
    ...['UID:new-todo-like', 'DTSTAMP:20260101T000000Z', 'LAST-MODIFIED:20260101T000000Z', 'SEQUENCE:0'],
    ...['DTSTART:20370105T090000Z', 'DTEND:20370105T100000Z', 'SUMMARY:Write the report, é'],
  ],
]);

/** A restore that takes deleted events out of the trash bin, each for good before it is written, one back as it was. */
const trashStory: Story = {
  ...restoreStory('none'),
  name: 'a restore of what lies in the trash bin',
  personality: 'nextcloud-33-like',
  begin: async (scene) => {
    for (const uid of BINNED) await scene.bin(`binned-${uid}.ics`, calendar([[`UID:${uid}`, 'SUMMARY:Deleted']]));
    await scene.bin('same.ics', SAME);
    return scene.restoreArgs('none');
  },
  totals: { ...TOTALS, deleted: BINNED.length },
  undoBatch: async (scene) => {
    expect(await scene.binned()).toEqual([]);
    const [run] = await runsOf(scene);
    const { code, settled, events } = await scene.runHere(scene.againArgs('undo', run?.runId ?? ''));
    const against = events.filter(
      (event) => event.kind === 'item' && !['deleted', 'updated', 'created'].includes(event.outcome),
    );
    expect([against, code]).toEqual([[], 0]);
    expect(settled?.totals).toMatchObject({ deleted: 6, updated: 3, created: BINNED.length });
    const lying = await scene.binned();
    expect(lying.filter((title) => title === 'Deleted')).toHaveLength(BINNED.length);
    expect(lying).toContain('Write the report, é');
    // What took the place of the deleted ones had not been there before the restore.
    for (const title of ['Kick-off', 'Review', 'Gym']) expect(lying).not.toContain(title);
  },
};

/**
 * Between the row that takes the deleted text out and the one that stores the new one, and around what is taken back: from
 * saving the deleted text to the proof that the new one was stored; the rest is as in every restore.
 */
const PURGING = /^(?:(?:request|answer) (?:DELETE|PUT|MOVE)|journal (?:original|applied|final))/;

await killTests(
  trashStory,
  (points) =>
    spread(
      points.filter(({ step }) => PURGING.test(step)),
      36,
      2,
    ),
  ['original', 'applied', 'final'],
);
