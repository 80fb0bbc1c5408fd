import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { batchReport } from '../../shared/model/batch/batch.ts';
import { startPractice, type PracticeServer } from '../practice/server.ts';
import { events, openCrowd, runWhole, type Crowd } from '../engine/batch/testing/crowd.ts';
import { sayIn, type Said } from './testing/said.ts';

const USERS = ['anna', 'ben', 'cleo', 'dan'] as const;

/** An old server with four full mailboxes, and an empty new one. */
interface Move {
  readonly old: Crowd;
  readonly fresh: PracticeServer;
  readonly dir: string;
  migrate(rows: readonly string[], ...more: string[]): Promise<Said>;
  again(...argv: string[]): Promise<Said>;
  /** How many events each of the users has on the new server. */
  there(): Promise<readonly number[]>;
}

const open: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of open.splice(0).reverse()) await close();
});

async function begin(): Promise<Move> {
  const old = await openCrowd(Object.fromEntries(USERS.map((user) => [user, events(user, 3)])));
  open.push(() => old.close());
  await runWhole(await old.plan(await old.spec()));
  const fresh = await startPractice({ samples: false, users: [...USERS] });
  open.push(() => fresh.close());
  const dir = await mkdtemp(join(tmpdir(), 'hushcal-bad-'));
  open.push(() => rm(dir, { recursive: true, force: true }));
  const env = {
    HUSHCAL_OLD: old.server.info.admin.password,
    HUSHCAL_NEW: fresh.info.admin.password,
    HUSHCAL_WRONG: 'not-it',
    OTHER: 'of somebody else',
  };
  const world = { server: fresh, dir };
  const again = (...argv: string[]): Promise<Said> => sayIn(world, [...argv, '--runs', join(dir, 'runs')], { env });
  return {
    old,
    fresh,
    dir,
    again,
    async migrate(rows, ...more) {
      await writeFile(join(dir, 'people.csv'), rows.join('\n'));
      const servers = ['--server', fresh.info.base_url, '--source-server', old.server.info.base_url];
      return again('migrate', 'people.csv', ...servers, '--scheduling', 'none', '--yes', ...more);
    },
    async there() {
      const counts: number[] = [];
      for (const user of USERS) {
        const url = new URL(`/dav/calendars/${user}/default/`, fresh.info.base_url);
        const authorization = `Basic ${Buffer.from(`${user}:${fresh.info.admin.password}`).toString('base64')}`;
        const answer = await fetch(url, { method: 'PROPFIND', headers: { authorization, depth: '1' } });
        counts.push((await answer.text()).match(/href>[^<]+\.ics</g)?.length ?? 0);
      }
      return counts;
    },
  };
}

const HEAD = 'source,user,password_env,source_password_env';
const row = ({ old }: Move, user: string, secret = 'HUSHCAL_NEW'): string =>
  `${old.url(user)},${user},${secret},HUSHCAL_OLD`;

describe('a migration goes on with what it can', () => {
  it('names duplicate rows, unknown columns and formulas by line, and moves the others', async () => {
    const move = await begin();
    const rows = [
      `${HEAD},office`,
      row(move, 'anna'),
      row(move, 'anna'),
      '"=1+1",ben,HUSHCAL_NEW,HUSHCAL_OLD',
      row(move, 'dan'),
    ];
    const said = await move.migrate(rows);
    expect([said.code, await move.there()]).toEqual([1, [3, 0, 0, 3]]);
    expect(said.err).toContain('The column "office" is not known');
    expect(said.err).toContain('Line 3 (user) is left out: It is the same as line 2.');
    expect(said.err).toContain('Line 4 (source) is left out: It begins like a formula');
  });

  it('a wrong password in the middle costs that mailbox only, and none is repeated', async () => {
    const move = await begin();
    const rows = [
      HEAD,
      row(move, 'anna'),
      row(move, 'ben', 'HUSHCAL_WRONG'),
      row(move, 'cleo', 'hunter2'),
      row(move, 'dan'),
    ];
    const said = await move.migrate(rows);
    expect([said.code, await move.there()]).toEqual([1, [3, 0, 0, 3]]);
    expect(said.err).toMatch(/Line 3 \(user\) is left out: .*password/);
    expect(said.out).toContain('Finished, but some events need attention');
    expect((await move.again('runs')).out).toMatch(/incomplete .*2 of 4 calendars/);
    expect(said.err).toContain('Line 4');
    expect(said.out + said.err).not.toMatch(/hunter2|not-it/);
  });

  it('writes what it resolved for its owner alone, and says where it cannot', async () => {
    const move = await begin();
    const rows = [HEAD, row(move, 'anna')];
    const file = join(move.dir, 'resolved.csv');
    await writeFile(file, 'of before', { mode: 0o644 });
    const said = await move.migrate(rows, '--dry-run', '--resolved-out', 'resolved.csv');
    expect([said.code, (await stat(file)).mode & 0o777]).toEqual([0, 0o600]);
    expect(await readFile(file, 'utf8')).toContain('anna');
    const nowhere = await move.migrate(rows, '--dry-run', '--resolved-out', 'no/such/folder.csv');
    expect([nowhere.code, nowhere.err]).toEqual([2, expect.stringContaining('could not be written there')]);
  });

  it('takes only variables that a list may name, and says first where each goes', async () => {
    const move = await begin();
    const rows = [HEAD, row(move, 'anna'), row(move, 'ben', 'OTHER'), row(move, 'cleo', 'PATH')];
    const said = await move.migrate(rows, '--dry-run');
    expect(said.err).toMatch(/Line 3 \(user\) is left out: .*OTHER.* add --allow-env OTHER/);
    expect(said.err).toMatch(/Line 4 \(user\) is left out: .*PATH/);
    const [fresh, old] = [move.fresh.info.base_url, move.old.server.info.base_url];
    expect(said.err.split('\n').slice(0, 3)).toEqual([
      `Logging in to ${fresh} with HUSHCAL_NEW for anna.`,
      `Logging in to ${old} with HUSHCAL_OLD for anna, ben, cleo.`,
      `Logging in to ${fresh} with OTHER for ben.`,
    ]);
    const allowed = await move.migrate(rows, '--allow-env', 'OTHER', '--dry-run');
    expect(allowed.err).toMatch(/Line 3 \(user\) is left out: .*password/);
    expect(allowed.err).not.toContain('--allow-env OTHER');
  });

  it('a mailbox over quota needs attention; with room again it is resumed', async () => {
    const move = await begin();
    move.fresh.setFaults([{ method: 'PUT', path: '/ben/', status: 507, after: 1, count: 0 }]);
    const rows = [HEAD, ...USERS.map((user) => row(move, user))];
    const said = await move.migrate(rows);
    expect([said.code, await move.there()]).toEqual([expect.any(Number), [3, 1, 3, 3]]);
    expect([1, 3]).toContain(said.code);
    expect(said.out).toMatch(/needs-attention ben/);
    move.fresh.setFaults([]);
    const id = /^Run (\S+)$/m.exec(said.out)?.[1] ?? '';
    const rest = said.code === 3 ? await move.again('resume', id, '--yes') : await move.migrate(rows);
    expect([rest.code, await move.there()]).toEqual([0, [3, 3, 3, 3]]);
  });

  it('an old server that dies half-way costs what was not read yet, and the next run brings it', async () => {
    const move = await begin();
    const { server } = move.old;
    // It gives one event of cleo's, and nothing of dan's.
    server.setFaults([
      { path: '/cleo/.*ics', method: 'GET', cut: 'before', after: 1, count: 0 },
      { path: '/dan/.*ics', method: 'GET', cut: 'before', count: 0 },
    ]);
    const rows = [HEAD, ...USERS.map((user) => row(move, user))];
    const said = await move.migrate(rows);
    expect([said.code, await move.there()]).toEqual([1, [3, 3, 1, 0]]);
    expect(said.out).toContain('Finished, but some events need attention');
    expect(said.out).toMatch(/2 events could not be read on the source/);
    const id = /^Run (\S+)$/m.exec(said.out)?.[1] ?? '';
    const { members } = batchReport.parse(JSON.parse((await move.again('report', id)).out));
    expect(members.map(({ state, before, after }) => [state, before, after])).toEqual([
      ['done', 3, 3],
      ['done', 3, 3],
      ['needs-attention', 3, 1],
      ['needs-attention', null, null],
    ]);
    server.setFaults([]);
    const rest = await move.migrate(rows);
    expect([rest.code, await move.there()]).toEqual([0, [3, 3, 3, 3]]);
  }, 60_000);
});
