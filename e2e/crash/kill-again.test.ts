import { expect, test } from 'vitest';
import { journalRecord } from '../../electron/engine/run/types.ts';
import { killTests } from './kills.ts';
import { isWriting, spread, type Point } from './points.ts';
import {
  ANNOUNCE_RECORDS,
  GUARD_RECORDS,
  lostStory,
  makingStory,
  RESTORE_RECORDS,
  resumeStory,
  stoppedStory,
  SWITCH_RECORDS,
  undoStory,
} from './stories.ts';

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
await killTests(lostStory('all'), (points) => points.filter(({ at }) => at.startsWith('journal lost#1 ')), ['lost']);
await killTests(resumeStory('all'), (points) => spread(rough(points), 20, 2), ['resumed']);

/** Around the calendar itself: its records, and the requests that make and describe it. */
const making = (points: readonly Point[]): readonly Point[] =>
  points.filter(({ step }) =>
    /^(?:journal ma|request (?:MKCALENDAR|PROPPATCH)|answer (?:MKCALENDAR|PROPPATCH))/.test(step),
  );
await killTests(makingStory('all'), making, ['making', 'made']);

test('there is no kind of journal record that nobody kills at', () => {
  const kinds = journalRecord.options.map((option) => option.shape.k.value);
  const here = [...RESTORE_RECORDS, 'withdrawn', 'lost', 'resumed', 'making', 'made'];
  expect(new Set(kinds)).toEqual(new Set([...here, ...SWITCH_RECORDS, ...ANNOUNCE_RECORDS, ...GUARD_RECORDS]));
});
