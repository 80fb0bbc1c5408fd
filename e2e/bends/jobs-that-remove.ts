import { backupOf, event, OBJECTS, VICTIM } from './events.ts';
import type { Job } from './job.ts';
import { all, compare } from './property.ts';
import { LOGIN, type Ended, type Scene } from './scene.ts';

const UIDS = Object.keys(OBJECTS);

/** Two unwanted events, the victim being one of them. */
async function spam(scene: Scene): Promise<string> {
  for (const uid of ['victim', '100%']) await scene.here.put(OBJECTS[uid] ?? '', event(uid, 'Spam', 1));
  return '';
}

const cleanupOf = (scene: Scene, more: readonly string[]): Promise<Ended> =>
  scene.say([
    'cleanup',
    ...['--calendar', scene.here.url, ...LOGIN, '--match', 'title=Spam', '--include-own', '--max-share', '100%'],
    ...['--scheduling', 'none', '--json', ...scene.runs, ...more],
  ]);

const undoOf = (scene: Scene, run: string): Promise<Ended> =>
  scene.say(['undo', run, '--password-env', 'PASSWORD', '--yes', '--json', ...scene.runs]);

function runIdOf({ code, err, lines }: Ended): string {
  if (code !== 0) throw new Error(err);
  return String(lines.find(({ kind }) => kind === 'started')?.['runId']);
}

const INNOCENT = UIDS.filter((uid) => !['victim', '100%'].includes(uid));

export const removeJobs: readonly Job[] = [
  {
    name: 'clean-up',
    bends: 'here',
    sends: ['options', 'principal', 'properties', 'list', 'multiget', 'get'],
    object: VICTIM,
    prepare: spam,
    run: (scene) => cleanupOf(scene, ['--yes']),
    async check({ here }, { code }) {
      const kept = { ...all(INNOCENT, ['Planning']), victim: ['Spam', 'nothing'], '100%': ['Spam', 'nothing'] };
      return compare(await here.held(), code, all(INNOCENT, 'Planning'), kept);
    },
  },
  {
    name: 'undo of a restore',
    bends: 'here',
    sends: ['options', 'principal', 'properties', 'multiget', 'get'],
    object: VICTIM,
    async prepare(scene) {
      await scene.write(
        'backup.ics',
        backupOf([
          ['victim', 'Changed', 1],
          ['new', 'New', 0],
        ]),
      );
      const login = ['--calendar', scene.here.url, ...LOGIN, '--scheduling', 'none', '--json', '--yes', ...scene.runs];
      return runIdOf(await scene.say(['restore', 'backup.ics', ...login]));
    },
    run: undoOf,
    async check({ here }, { code }) {
      const kept = { ...all(UIDS, ['Planning']), victim: ['Planning', 'Changed'], new: ['New', 'nothing'] };
      return compare(await here.held(), code, all(UIDS, 'Planning'), kept);
    },
  },
  {
    name: 'put back',
    bends: 'here',
    sends: ['options', 'principal', 'properties', 'list', 'query', 'multiget', 'get'],
    object: '^plain',
    // Asked for by GET is what is to be proved gone.
    gets: VICTIM,
    async prepare(scene) {
      await spam(scene);
      return runIdOf(await cleanupOf(scene, ['--yes']));
    },
    run: undoOf,
    async check({ here }, { code }) {
      const kept = { ...all(INNOCENT, ['Planning']), victim: ['Spam', 'nothing'], '100%': ['Spam', 'nothing'] };
      return compare(await here.held(), code, { ...all(INNOCENT, 'Planning'), victim: 'Spam', '100%': 'Spam' }, kept);
    },
  },
];
