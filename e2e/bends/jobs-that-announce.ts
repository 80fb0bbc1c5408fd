import { event, meeting } from './events.ts';
import type { Job } from './job.ts';
import { all, compare } from './property.ts';
import type { Ended, Scene } from './scene.ts';

const TALKS = ['talk', 'victim talk'];

/** Two meetings of alice with a guest outside have come into the new calendar silently. Gives the id of the migration. */
async function prepare(scene: Scene): Promise<string> {
  for (const uid of TALKS) await scene.here.put(`${encodeURIComponent(uid)}.ics`, meeting(uid));
  await scene.here.put('alone.ics', event('alone'));
  const head = 'source,user,password_env,source_password_env,source_user';
  await scene.write('mapping.csv', `${head}\n${scene.here.url},alice,HUSHCAL_OTHER,HUSHCAL_PASSWORD,alice\n`);
  const [old, fresh] = [scene.here, scene.there].map(({ harness }) => harness.server.info.base_url);
  const servers = ['--server', fresh ?? '', '--source-server', old ?? ''];
  const asked = ['migrate', 'mapping.csv', ...servers, '--scheduling', 'none', '--yes', '--json', ...scene.runs];
  const { code, lines, err } = await scene.say(asked);
  if (code !== 0) throw new Error(err);
  return String(lines.find(({ kind }) => kind === 'started')?.['runId']);
}

/** Looks at the plan first, and consents to exactly that. */
async function announce(scene: Scene, batch: string): Promise<Ended> {
  const asked = ['announce', batch, '--json', ...scene.runs];
  const plan = await scene.say([...asked, '--dry-run']);
  const hash = plan.lines.find(({ kind }) => kind === 'plan')?.['hash'];
  return typeof hash === 'string' ? scene.say([...asked, `--yes=${hash}`]) : plan;
}

/** Each meeting is there once, and its guest hears at most once; with exit 0 of each. */
async function check({ here, there }: Scene, { code }: Ended): Promise<readonly string[]> {
  const done = Object.fromEntries([...(await here.held()).values()].map((text) => [uidOf(text), 'Planning']));
  const kept = all(Object.keys(done), ['Planning']);
  const wrong = [...compare(await there.held(), code, done, kept)];
  const heard = there.harness.server.messages().map(({ uid }) => uid);
  for (const uid of new Set(heard)) {
    if (heard.filter((one) => one === uid).length > 1) wrong.push(`the guest of ${uid} heard twice`);
  }
  for (const uid of TALKS) if (code === 0 && !heard.includes(uid)) wrong.push(`exit 0, and nobody heard of ${uid}`);
  return wrong;
}

const uidOf = (text: string): string => /^UID:(.*?)\r?$/m.exec(text)?.[1] ?? '';

export const announceJobs: readonly Job[] = [
  {
    name: 'announce',
    bends: 'there',
    sends: ['options', 'principal', 'properties', 'multiget', 'get'],
    // Whichever it is: new addresses are made from digests.
    object: '',
    prepare,
    run: announce,
    check,
  },
];
