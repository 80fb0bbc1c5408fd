import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startPractice, type PracticeServer } from '../../electron/practice/index.ts';
import { countOf, putBoth, writeHushcal, writePeople } from './people.ts';
import { blockAfter } from './manual.ts';
import { runShell } from './shell.ts';
import { startCluster, type Cluster } from './slurm.ts';

const USERS = ['anna', 'ben', 'cleo', 'dan', 'eva', 'fritz'];

let dir: string;
let old: PracticeServer;
let fresh: PracticeServer;
let cluster: Cluster;

beforeAll(async () => {
  dir = await mkdtemp(path.join(tmpdir(), 'hc-fleet-'));
  old = await startPractice({ samples: false, users: USERS });
  fresh = await startPractice({ samples: false, users: USERS });
  cluster = await startCluster(dir);
});

afterAll(async () => {
  await cluster.stop();
  await Promise.all([old.close(), fresh.close()]);
  await rm(dir, { recursive: true, force: true });
});

test('the array of the manual moves every mailbox; a task that is killed goes on where it was', async () => {
  for (const user of USERS) await putBoth(old, user);
  await writeHushcal(dir);
  await writePeople(dir, old, USERS);
  const [script, submit] = await Promise.all([manual('#!/bin/bash'), manual('first=')]);
  await writeFile(path.join(dir, 'part.sh'), script);
  // The first event of one mailbox is never answered: its task hangs in the middle of the first pass.
  fresh.setFaults([{ method: 'PUT', path: '/cleo/', silent: true }]);
  const jobs = `set -x; ${submit}`;
  expect((await shell(jobs)).code).toBe(0);

  await until('the task hangs', () => fresh.faults().some(({ seen }) => seen > 0) || undefined);
  const hung = await until('one task is left of the first pass', () => {
    const tasks = cluster.run('squeue', '--noheader', '--array', '--format=%i %T %E').split('\n').filter(Boolean);
    const running = tasks.filter((task) => task.includes(' RUNNING '));
    const begun = tasks.filter((task) => !task.includes('afterok'));
    return begun.length === 1 ? running[0]?.split(' ')[0] : undefined;
  });
  cluster.run('scontrol', 'requeue', hung);
  await until('the task is dead, its machine is free', () => (statesOfMachines() === 'idle' ? true : undefined));
  // Slurm would let two minutes pass before it begins a task again.
  cluster.run('scontrol', 'update', `JobId=${hung}`, 'StartTime=now');
  await until('both passes are done', () => cluster.run('squeue', '--noheader', '--array') === '' || undefined);

  const [, part = ''] = hung.split('_');
  // The second pass wrote its log over that of the first.
  expect(await readFile(path.join(dir, `part-${part}.log`), 'utf8')).toContain('Nothing here is unfinished.');
  const runs = await shell(`hushcal runs --runs part-${part}`);
  expect([runs.code, runs.stdout]).toEqual([0, expect.not.stringMatching(/interrupted|stopped/)]);
  // One for each pass: what was killed was resumed, and not begun anew.
  expect(runs.stdout.match(/ migrate .* calendars /g)).toHaveLength(2);
  const merged = await shell('hushcal report --merge part-? --format html');
  expect([merged.code, merged.stdout]).toEqual([
    0,
    expect.stringContaining('12 events on the source = 12 on the target.'),
  ]);
  for (const user of USERS) expect([user, await countOf(fresh, user)]).toEqual([user, 2]);
  expect(fresh.messages()).toEqual([]);
});

/** A block of commands of "Beyond one machine", with the servers of this test. */
async function manual(start: string): Promise<string> {
  return (await blockAfter('docs/migrate.md', 'Beyond one machine', start))
    .replaceAll('http://127.0.0.1:8009', fresh.info.base_url)
    .replaceAll('http://127.0.0.1:8008', old.info.base_url);
}

function statesOfMachines(): string {
  return [...new Set(cluster.run('sinfo', '--noheader', '--Node', '--format=%T').split('\n'))].join(' ');
}

function shell(
  script: string,
): Promise<{ readonly code: number | null; readonly stdout: string; readonly stderr: string }> {
  const secrets = { HUSHCAL_OLD: old.info.admin.password, HUSHCAL_NEW: fresh.info.admin.password };
  return runShell(script, dir, { ...cluster.env, ...secrets });
}

/** Asks again until there is an answer: nothing of Slurm says when a task of an array ends. Gives up in minutes. */
async function until<T>(what: string, ask: () => T | undefined): Promise<T> {
  for (let left = 600; left > 0; left--) {
    const answer = ask();
    if (answer !== undefined) return answer;
    await wait(100);
  }
  throw new Error(`It does not come to this: ${what}.\n${cluster.run('squeue', '--array')}`);
}
