import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { event, openWorld, type World } from '../../engine/jobs/testing/world.ts';
import { sayIn, type Said } from '../testing/said.ts';

const USERS = Array.from({ length: 20 }, (_, at) => `user${String(at).padStart(2, '0')}`);
const WAVES = [
  ['deals@spam.test', 'You won prize'],
  ['crypto@scam.test', 'Double your coins'],
  ['survey@phish.test', 'Mandatory training'],
] as const;

let world: World;
let runs: readonly string[];

beforeAll(async () => {
  world = await openWorld({ users: ['alice', ...USERS] });
  runs = ['--runs', world.runsDir];
  for (const user of USERS) await fill(user);
  world.server.clearMessages();
}, 60_000);
afterAll(async () => {
  await world.close();
});

/** One of each wave, a meeting of the user, an accepted invitation, and a plain event. */
async function fill(user: string): Promise<void> {
  const me = `mailto:${user}@example.com`;
  for (const [at, [from, title]] of WAVES.entries()) {
    await put(user, `wave${at}-${user}`, [
      `ORGANIZER:mailto:${from}`,
      `ATTENDEE;PARTSTAT=NEEDS-ACTION:${me}`,
      `SUMMARY:${title} ${user.length * 1000 + at}!`,
      `DESCRIPTION:Click https://www.evil${at}.test/x?u=${user}\\, now`,
    ]);
  }
  await put(user, `mine-${user}`, [`ORGANIZER:${me}`, `ATTENDEE:mailto:friend@elsewhere.test`, 'SUMMARY:Team']);
  await put(user, `yes-${user}`, [
    'ORGANIZER:mailto:deals@spam.test',
    `ATTENDEE;PARTSTAT=ACCEPTED:${me}`,
    'SUMMARY:Fair',
  ]);
  await put(user, `plain-${user}`, ['SUMMARY:Dentist']);
}

async function put(user: string, uid: string, lines: readonly string[]): Promise<void> {
  const answer = await fetch(new URL(`${uid}.ics`, urlOf(user)), {
    method: 'PUT',
    headers: { ...auth(user), scheduling: 'none', 'content-type': 'text/calendar' },
    body: event(uid, lines),
  });
  if (!answer.ok) throw new Error(`${answer.status} ${await answer.text()}`);
}

function urlOf(user: string): string {
  const found = world.server.info.users.find((one) => one.user === user);
  return new URL(found?.calendar ?? '', world.server.info.base_url).href;
}

function auth(user: string): { readonly authorization: string } {
  const secret = `${user}:${world.server.info.admin.password}`;
  return { authorization: `Basic ${Buffer.from(secret).toString('base64')}` };
}

/** Names of the objects in a user's calendar. */
async function holds(user: string): Promise<readonly string[]> {
  const listing = await fetch(urlOf(user), { method: 'PROPFIND', headers: { ...auth(user), depth: '1' } });
  const names = [...(await listing.text()).matchAll(/href>[^<]*\/([\w-]+)\.ics</g)].map((match) => match[1] ?? '');
  return names.sort();
}

const settled = z.looseObject({
  kind: z.literal('settled'),
  runId: z.string(),
  status: z.string(),
  totals: z.record(z.string(), z.int()),
  verified: z.int(),
});

function settledOf({ lines }: Said): z.infer<typeof settled> {
  return settled.parse(lines.at(-1));
}

const everybody = (more: readonly string[]): Promise<Said> =>
  sayIn(world, [
    'cleanup',
    '--server',
    world.server.info.base_url,
    '--users',
    USERS.join(','),
    '--password-env',
    'PASSWORD',
    '--scheduling',
    'none',
    '--max-share',
    '50%',
    ...runs,
    ...more,
  ]);
const ALL = ['--match', 'outside=yes', '--match', 'answered=no', '--match', 'link=*'];

describe('cleanup over many calendars', () => {
  it('shows clusters, biggest first, and writes nothing without consent', async () => {
    const said = await everybody([...ALL]);
    expect(said.code).toBe(2);
    expect(said.out).toMatch(/^Found +60 of 120 events in 20 of 20 calendars$/m);
    expect(said.out).toMatch(/^ +20 {2}evil0\.test {2}\(20 calendars of 20 users/m);
    expect(said.out).toMatch(/^ +20 {2}you won prize …! {2}\(/m);
    expect(await holds('user03')).toHaveLength(6);
  });

  it('cleans three waves over twenty calendars, and puts one of them back, without a message', async () => {
    const said = await everybody([...ALL, '--yes', '--json']);
    expect(said.lines.slice(0, 2)).toMatchObject([{ kind: 'started', job: 'cleanup' }, { kind: 'plan' }]);
    const { runId, ...end } = settledOf(said);
    expect([said.code, end]).toMatchObject([0, { status: 'complete', totals: { deleted: 60 }, verified: 60 }]);
    for (const user of USERS) expect(await holds(user)).toEqual([`mine-${user}`, `plain-${user}`, `yes-${user}`]);
    const undo = ['undo', runId, '--only', 'organizer=*@scam.test', '--password-env', 'PASSWORD', '--yes', '--json'];
    const back = await sayIn(world, [...undo, ...runs]);
    expect([back.code, settledOf(back)]).toMatchObject([0, { totals: { created: 20, skipped: 40 }, verified: 20 }]);
    for (const user of USERS) {
      expect(await holds(user)).toEqual([`mine-${user}`, `plain-${user}`, `wave1-${user}`, `yes-${user}`]);
    }
    expect(world.server.messages()).toEqual([]);
  }, 60_000);

  it('counts over everything that is searched: copies of a text, calendars of an organizer', async () => {
    const args = ['--match', 'copies>19', '--match', 'outside=yes', '--dry-run', '--json'];
    const items = (await everybody(args)).lines.filter(
      (line) => z.looseObject({ kind: z.literal('item') }).safeParse(line).success,
    );
    expect(items).toHaveLength(40);
    expect(items).toMatchObject(Array.from({ length: 40 }, () => ({ outcome: 'planned' })));
    const none = await everybody(['--match', 'copies>20', '--dry-run', '--json']);
    expect(none.lines.filter((line) => JSON.stringify(line).includes('"item"'))).toEqual([]);
  }, 60_000);
});

describe('cleanup of one calendar', () => {
  const one = (user: string, more: readonly string[]): Promise<Said> =>
    sayIn(world, [
      ...['cleanup', '--calendar', urlOf(user), '--user', user, '--password-env', 'PASSWORD', '--scheduling', 'none'],
      ...runs,
      ...more,
    ]);

  it('is a plain run: dry, with a hash, with consent, undone', async () => {
    const dry = await one('user05', ['--match', 'organizer=*@scam.test', '--dry-run', '--json']);
    expect(dry.code).toBe(0);
    expect(dry.lines[0]).toMatchObject({ kind: 'started', runId: 'dry-run', job: 'cleanup' });
    const { hash } = z.looseObject({ hash: z.string() }).parse(dry.lines[1]);
    const done = await one('user05', ['--match', 'organizer=*@scam.test', `--yes=${hash}`, '--json']);
    expect([done.code, settledOf(done)]).toMatchObject([0, { totals: { deleted: 1 }, verified: 1 }]);
    const { runId } = settledOf(done);
    const undo = await sayIn(world, ['undo', runId, '--password-env', 'PASSWORD', '--yes', '--json', ...runs]);
    expect(settledOf(undo)).toMatchObject({ status: 'complete', totals: { created: 1 } });
    expect(world.server.messages()).toEqual([]);
  });

  it('keeps own meetings unless it is said that they go as well', async () => {
    const rules = ['--match', 'organizer=*@spam.test', '--match', 'title=team', '--any', '--json'];
    const kept = await one('user07', [...rules, '--yes']);
    expect([kept.code, settledOf(kept)]).toMatchObject([0, { totals: { deleted: 0, skipped: 2 } }]);
    const gone = await one('user07', [...rules, '--yes', '--include-own']);
    expect([gone.code, settledOf(gone)]).toMatchObject([0, { totals: { deleted: 2 } }]);
    expect(await holds('user07')).toEqual(['plain-user07', 'wave1-user07']);
    expect(world.server.messages()).toEqual([]);
  });

  it('stops before more of a calendar goes than was said', async () => {
    for (let at = 0; at < 24; at += 1) await put('alice', `many${at}`, [`SUMMARY:${at < 12 ? 'Spam' : 'Ham'}`]);
    const careful = await one('alice', ['--match', 'title=spam', '--yes', '--json']);
    expect([careful.code, careful.err]).toMatchObject([2, expect.stringContaining('--max-share')]);
    expect(await holds('alice')).toHaveLength(24);
    const said = await one('alice', ['--match', 'title=spam', '--yes', '--max-share', '50%', '--json']);
    expect([said.code, settledOf(said)]).toMatchObject([0, { totals: { deleted: 12 } }]);
  });

  it('saves rules under a name and takes them from there', async () => {
    const saved = await one('user08', ['--match', 'title=dentist', '--save-rules', 'Teeth', '--dry-run', '--json']);
    expect(saved.code).toBe(0);
    const again = await one('user08', ['--rules', 'teeth', '--dry-run', '--json']);
    expect(again.lines[1]).toMatchObject({ summary: { counts: { delete: 1 } } });
    const wrong = await one('user08', ['--rules', 'nails', '--dry-run']);
    expect([wrong.code, wrong.err]).toMatchObject([2, expect.stringContaining('"Teeth"')]);
  });

  it.each([
    [['--match', 'colour=red']],
    [[]],
    [['--match', 'title=x', '--max-share', 'much']],
    [['--match', 'title=x', '--users', 'a,b']],
    [['--match', 'copies~x']],
  ])('refuses %j with a sentence and writes nothing', async (more) => {
    const said = await one('user09', [...more, '--yes']);
    expect([said.code, said.err.length > 0]).toEqual([2, true]);
    expect(await holds('user09')).toHaveLength(4);
  });
});
