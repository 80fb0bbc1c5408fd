import { backupOf, OBJECTS, VICTIM } from './events.ts';
import type { Job } from './job.ts';
import { all, compare } from './property.ts';
import { LOGIN, type Ended, type Scene } from './scene.ts';

/** Unchanged twice, newer in the backup, and gone from the calendar. */
const EVENTS = [
  ['victim', 'Planning', 0],
  ['100%', 'Planning', 0],
  ['plain', 'Changed', 1],
  ['new', 'New', 0],
] as const;

const restoreOf = (scene: Scene, more: readonly string[]): Promise<Ended> =>
  scene.say([
    'restore',
    'backup.ics',
    ...['--calendar', scene.here.url, ...LOGIN, '--scheduling', 'none', '--json', ...scene.runs, ...more],
  ]);

async function prepare(scene: Scene): Promise<string> {
  await scene.write('backup.ics', backupOf(EVENTS));
  return '';
}

const KEPT = { ...all(Object.keys(OBJECTS), ['Planning']), plain: ['Planning', 'Changed'] };

export const restoreJobs: readonly Job[] = [
  {
    name: 'restore',
    bends: 'here',
    sends: ['options', 'principal', 'properties', 'list', 'multiget', 'get'],
    object: VICTIM,
    // Read by GET is what is to be replaced.
    gets: '^plain',
    prepare,
    run: (scene) => restoreOf(scene, ['--yes']),
    async check({ here }, { code }) {
      const done = { ...all(Object.keys(OBJECTS), 'Planning'), plain: 'Changed', new: 'New' };
      return compare(await here.held(), code, done, KEPT);
    },
  },
  {
    name: 'plan of a restore',
    bends: 'here',
    sends: ['options', 'principal', 'properties', 'list', 'multiget'],
    object: VICTIM,
    prepare,
    run: (scene) => restoreOf(scene, ['--dry-run']),
    check(_scene, { code, lines }) {
      if (code !== 0) return Promise.resolve([]);
      const creates = lines.filter(({ action }) => action === 'create').map(({ uid }) => String(uid));
      const second = creates.filter((uid) => uid !== 'new');
      return Promise.resolve([
        ...(second.length === 0 ? [] : [`exit 0, and a second copy of ${second.join(', ')} is planned`]),
        ...(creates.includes('new') ? [] : ['exit 0, and what is gone is not planned']),
      ]);
    },
  },
];
