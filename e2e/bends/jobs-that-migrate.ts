import { event, OBJECTS, VICTIM } from './events.ts';
import type { Job } from './job.ts';
import { all, compare } from './property.ts';
import type { Ended, Scene } from './scene.ts';

const ALWAYS = ['options', 'principal', 'home', 'properties', 'list'] as const;

const migrationOf = (scene: Scene, more: readonly string[] = []): Promise<Ended> => {
  const server = scene.there.harness.server.info.base_url;
  return scene.say([
    'migrate',
    'mapping.csv',
    '--server',
    server,
    '--source-server',
    scene.here.harness.server.info.base_url,
    '--scheduling',
    'none',
    '--yes',
    '--json',
    ...scene.runs,
    ...more,
  ]);
};

/** The target holds an event of its own and, under another name, one that the source has too. */
async function prepare(scene: Scene): Promise<string> {
  await scene.there.put('mine.ics', event('mine', 'Mine'));
  await scene.there.put('copied.ics', event('100%'));
  const head = 'source,user,password_env,source_password_env,source_user';
  await scene.write('mapping.csv', `${head}\n${scene.here.url},alice,HUSHCAL_OTHER,HUSHCAL_PASSWORD,alice\n`);
  return '';
}

const KEPT = { mine: ['Mine'], '100%': ['Planning'] };
const MOVED = { ...all(Object.keys(OBJECTS), 'Planning'), mine: 'Mine' };

/** Copies once, then the source loses an event and changes another. Gives the id of the first pass. */
async function copyFirst(scene: Scene): Promise<string> {
  await prepare(scene);
  await scene.here.put('gone.ics', event('gone'));
  const { code, lines, err } = await migrationOf(scene);
  if (code !== 0) throw new Error(err);
  await scene.here.remove('gone.ics');
  await scene.here.put(OBJECTS['plain'] ?? '', event('plain', 'Changed', 1));
  return String(lines.find(({ kind }) => kind === 'started')?.['runId']);
}

const migrate = {
  prepare,
  run: (scene: Scene) => migrationOf(scene),
  check: async ({ there }: Scene, { code }: Ended) => {
    const partly = { ...all(Object.keys(OBJECTS), ['Planning', 'nothing']), ...KEPT };
    return compare(await there.held(), code, MOVED, partly);
  },
};

const finalPass = {
  prepare: copyFirst,
  run: (scene: Scene, batch: string) => migrationOf(scene, ['--after', batch, '--delete-gone']),
  check: async ({ there }: Scene, { code }: Ended) => {
    const kept = {
      ...all(Object.keys(OBJECTS), ['Planning']),
      ...KEPT,
      plain: ['Planning', 'Changed'],
      gone: ['Planning', 'nothing'],
    };
    return compare(await there.held(), code, { ...MOVED, plain: 'Changed' }, kept);
  },
};

export const migrateJobs: readonly Job[] = [
  { name: 'migrate, source', bends: 'here', sends: [...ALWAYS, 'query', 'get'], object: VICTIM, ...migrate },
  { name: 'migrate, target', bends: 'there', sends: [...ALWAYS, 'multiget'], object: '^copied', ...migrate },
  {
    name: 'final pass, source',
    bends: 'here',
    sends: [...ALWAYS, 'query', 'sync', 'get'],
    object: VICTIM,
    // What did not change is not read again.
    gets: '^plain',
    ...finalPass,
  },
  {
    name: 'final pass, target',
    bends: 'there',
    sends: [...ALWAYS, 'multiget', 'get'],
    object: '^copied',
    // Read one by one is what is to be replaced or deleted.
    gets: '',
    ...finalPass,
  },
];
