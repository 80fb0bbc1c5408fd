import { expect, test } from 'vitest';
import { journalRecord } from '../../electron/engine/run/types.ts';
import { killTests } from './kills.ts';
import { isWriting, spread, type Point } from './points.ts';
import { RESTORE_RECORDS, resumeStory, stoppedStory, undoStory } from './stories.ts';

/** For commands that differ little from a restore: only where a request or a record is, before and after. */
const rough = (points: readonly Point[]): readonly Point[] =>
  points.filter((point) => isWriting(point) && /before|after/.test(point.moment));

await killTests(undoStory('none'), (points) => spread(rough(points), 20, 0), []);
await killTests(undoStory('all'), (points) => spread(rough(points), 20, 1), []);
await killTests(
  stoppedStory('all'),
  (points) => points.filter(({ at }) => /^journal (?:withdrawn|settled)#1 /.test(at)),
  ['withdrawn', 'settled'],
);
await killTests(resumeStory('all'), (points) => spread(rough(points), 20, 2), ['resumed']);

test('there is no kind of journal record that nobody kills at', () => {
  const kinds = journalRecord.options.map((option) => option.shape.k.value);
  expect(new Set(kinds)).toEqual(new Set([...RESTORE_RECORDS, 'withdrawn', 'resumed']));
});
