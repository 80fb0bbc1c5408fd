import { killTests } from './kills.ts';
import { spread } from './points.ts';
import { RESTORE_RECORDS, restoreStory } from './stories.ts';

await killTests(restoreStory('none'), (points) => spread(points, 90, 0), RESTORE_RECORDS);
