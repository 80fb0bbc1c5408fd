import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { events, openCrowd, type Crowd } from '../../engine/batch/testing/crowd.ts';
import { LINES } from '../output/line-schema.ts';
import { sayIn, type Said } from '../testing/said.ts';

let crowd: Crowd | null = null;
afterEach(async () => {
  await crowd?.close();
  crowd = null;
});

/** Three users on a server of that kind, and a mapping of their files. */
async function begin(personality: string): Promise<(...more: string[]) => Promise<Said>> {
  crowd = await openCrowd({ anna: events('anna', 2), ben: events('ben', 2), cleo: events('cleo', 2) }, { personality });
  for (const user of crowd.users) await crowd.source(user, events(user, 2));
  const rows = crowd.users.map((user) => `${user}.ics,${user},HUSHCAL_PW`);
  await writeFile(join(crowd.dir, 'people.csv'), ['source,user,password_env', ...rows].join('\n'));
  const { server, dir, runsDir } = crowd;
  const env = { HUSHCAL_PW: server.info.admin.password };
  const argv = ['migrate', 'people.csv', '--server', server.info.base_url, '--scheduling', 'none', '--runs', runsDir];
  return (...more) => sayIn({ server, dir }, [...argv, ...more], { env });
}

const sentTo = async (): Promise<number> => {
  const answer = await fetch(crowd?.server.info.messages_url ?? '');
  return ((await answer.json()) as readonly unknown[]).length;
};

it('offers a test event for rows that one may open, asks before, and opens one row or all', async () => {
  const migrate = await begin('nextcloud-29-like');
  const blocked = await migrate('--dry-run');
  expect(blocked.code).toBe(2);
  expect(blocked.err).toContain('A test event may open the rows of 3 users');
  const asked = await migrate('--canary');
  expect([asked.code, await sentTo()]).toEqual([2, 0]);
  expect(asked.err).toContain('two test events into a calendar of 3 users (anna, ben, cleo)');
  expect((await migrate('--canary', '--dry-run', '--yes')).code).toBe(2);

  const one = await migrate('--canary', '--line', '3', '--yes', '--json');
  expect(one.code).toBe(0);
  expect(one.lines).toMatchObject([{ kind: 'tested', line: 3, mailbox: 'ben', opens: true, proof: { create: true } }]);
  const [, schema] = LINES.find(([name]) => name === 'tested') ?? expect.fail();
  expect(one.lines.map((line) => schema.safeParse(line).error)).toEqual([undefined]);
  const open = await migrate('--dry-run');
  expect(open.code).toBe(0);
  expect(open.err).toContain('kept quiet about a test event on');
  expect(open.err).toContain('A test event may open the rows of 2 users');

  const rest = await migrate('--canary', '--yes');
  expect(rest.code).toBe(0);
  expect(rest.err).toContain('2 of 2: line 4 (cleo) is open now.');
  const all = await migrate('--dry-run');
  expect(all.err).not.toContain('left out');
  expect((await migrate('--canary', '--yes')).code).toBe(2);
  expect((await migrate('--yes')).code).toBe(0);
});

it('one that opens nothing ends it for that server, exit code 1', async () => {
  const migrate = await begin('ignores-header');
  const said = await migrate('--canary', '--yes', '--json');
  expect(said.code).toBe(1);
  expect(said.lines).toMatchObject([
    { mailbox: 'anna', opens: false, proof: { control: true, create: false } },
    { mailbox: 'ben', opens: false, proof: null },
    { mailbox: 'cleo', opens: false, proof: null },
  ]);
  expect((await migrate('--canary', '--line', '2', '--yes')).err).toContain('--line 2 is no row');
  expect((await migrate('--line', '2', '--dry-run')).err).toContain('--line N goes with --canary');
});
