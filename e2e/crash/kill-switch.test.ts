import { killTests } from './kills.ts';
import { spread } from './points.ts';
import { RESTORE_RECORDS, SWITCH_RECORDS, switchStory } from './stories.ts';

await killTests(switchStory(), (points) => spread(points, 60, 0), [...RESTORE_RECORDS, ...SWITCH_RECORDS]);
