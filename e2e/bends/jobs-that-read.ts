import path from 'node:path';
import { eventsIn } from './archive.ts';
import { event, factsOf, OBJECTS, VICTIM } from './events.ts';
import type { Job } from './job.ts';
import { LOGIN, type Ended, type Held, type Scene } from './scene.ts';

const READS = ['options', 'principal', 'properties', 'list', 'query', 'get'] as const;

const nothing = (): Promise<string> => Promise.resolve('');

const backupOf = (scene: Scene, out: string, more: readonly string[]): Promise<Ended> =>
  scene.say(['backup', ...more, ...LOGIN, '--out', out]);

const ofCalendar = ({ here }: Scene): readonly string[] => ['--calendar', here.url];

/** With exit 0: what the backup lacks, or holds otherwise than the calendars do. */
async function missing({ dir }: Scene, { code }: Ended, ...calendars: readonly Held[]): Promise<readonly string[]> {
  if (code !== 0) return [];
  const wanted = calendars.flatMap((held) => [...held.values()]).sort();
  const texts = (await eventsIn(path.join(dir, 'backup.zip'))) ?? [];
  const lacks = wanted.filter((text) => !texts.includes(text)).map((text) => factsOf(text).uid);
  const more = texts.filter((text) => !wanted.includes(text)).map((text) => factsOf(text).uid || text.slice(0, 30));
  const wrong: string[] = [];
  if (lacks.length > 0) wrong.push(`exit 0, and the backup lacks ${lacks.join(', ')}`);
  if (more.length > 0) wrong.push(`exit 0, and the backup holds what the calendar does not: ${more.join(', ')}`);
  if (wrong.length === 0 && texts.length !== wanted.length) wrong.push('exit 0, and an event is in the backup twice');
  return wrong;
}

export const backupJobs: readonly Job[] = [
  {
    name: 'backup',
    bends: 'here',
    sends: READS,
    object: VICTIM,
    prepare: nothing,
    run: (scene) => backupOf(scene, 'backup.zip', ofCalendar(scene)),
    check: async (scene, ended) => missing(scene, ended, await scene.here.held()),
  },
  {
    name: 'backup --all',
    bends: 'here',
    looksForCalendars: true,
    sends: ['options', 'principal', 'home', 'properties', 'list', 'query', 'get'],
    // Of the home it is the second calendar, of the calendars it is the victim.
    object: '^(victim|second)',
    async prepare({ here: { harness, put } }) {
      const { status } = await harness.send('alice', 'MKCALENDAR', `${harness.home('alice')}second/`);
      if (status !== 201) throw new Error(`MKCALENDAR: ${status}`);
      await put('other.ics', event('other'), 'second');
      return '';
    },
    run: (scene) => backupOf(scene, 'backup.zip', ['--all', '--server', scene.here.harness.server.info.base_url]),
    check: async (scene, ended) => missing(scene, ended, await scene.here.held(), await scene.here.held('second')),
  },
  {
    name: 'backup --since',
    bends: 'here',
    sends: ['options', 'principal', 'properties', 'list', 'query', 'sync', 'get'],
    object: VICTIM,
    async prepare(scene) {
      await scene.here.put('gone.ics', event('gone'));
      const { code, err } = await backupOf(scene, 'earlier.zip', ofCalendar(scene));
      if (code !== 0) throw new Error(err);
      await scene.here.remove('gone.ics');
      await scene.here.put(OBJECTS['victim'] ?? '', event('victim', 'Changed', 1));
      await scene.here.put('added.ics', event('added'));
      return '';
    },
    run: (scene) => backupOf(scene, 'backup.zip', [...ofCalendar(scene), '--since', 'earlier.zip']),
    check: async (scene, ended) => missing(scene, ended, await scene.here.held()),
  },
  {
    name: 'find on a backup',
    bends: 'here',
    sends: READS,
    object: VICTIM,
    prepare: nothing,
    async run(scene) {
      const backup = await backupOf(scene, 'backup.zip', ofCalendar(scene));
      // What is kept of an incomplete backup is looked through as any other.
      const file = backup.code === 0 ? 'backup.zip' : 'backup.incomplete.zip';
      const found = await scene.say(['find', file, '--text', 'planning', '--json']);
      return { ...found, err: backup.err + found.err };
    },
    check(_scene, { code, out }) {
      const lacks = code === 0 ? Object.keys(OBJECTS).filter((uid) => !out.includes(JSON.stringify(uid))) : [];
      return Promise.resolve(lacks.length === 0 ? [] : [`exit 0, and ${lacks.join(', ')} is not found`]);
    },
  },
];
