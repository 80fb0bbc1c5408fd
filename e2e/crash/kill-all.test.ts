import { killTests } from './kills.ts';
import { isWriting, spread } from './points.ts';
import { RESTORE_RECORDS, restoreStory } from './stories.ts';

await killTests(restoreStory('all'), (points) => spread(points.filter(isWriting), 70, 1), RESTORE_RECORDS);
