import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { answerOf, meeting, openOffice, type Office } from '../../electron/engine/jobs/migrate/testing/office.ts';
import { runProcess, type Death, type Output } from './run-process.ts';

/*
 * Twenty mailboxes with meetings among each other, moved by the command line from one server to another, killed in the
 * middle and resumed; then the guests outside are told, once.
 */
const USERS = Array.from({ length: 20 }, (_, at) => `u${at + 1}`);
/** The last one is a colleague whose mailbox is not in the mapping. */
const LEFT = 'stays';

/** Everybody invites the next two; every fifth also the colleague who is left behind, every fourth somebody outside. */
function peopleOf(at: number): readonly string[] {
  const next = (by: number): string => USERS[(at + by) % USERS.length] ?? '';
  const people = [`${USERS[at] ?? ''}=ACCEPTED`, `${next(1)}=DECLINED`, `${next(2)}=TENTATIVE`];
  return [...people, ...(at % 5 === 0 ? [LEFT] : []), ...(at % 4 === 0 ? ['ext@other.test'] : [])];
}

it('twenty mailboxes, killed in the middle, resumed, and announced once', async () => {
  const office = await openOffice([...USERS, LEFT]);
  try {
    for (const [at, user] of USERS.entries()) {
      const people = peopleOf(at);
      // In the organizer's copy the answers have not come in yet; each guest's own copy has them.
      const bare = people.map((one) => one.split('=')[0] ?? '');
      await office.keep(user, `m${at}.ics`, meeting(`m${at}`, bare));
      for (const by of [1, 2]) {
        await office.keep(USERS[(at + by) % 20] ?? '', `m${at}.ics`, meeting(`m${at}`, people));
      }
    }
    const mapping = path.join(office.dir, 'people.csv');
    writeFileSync(mapping, ['source,user,password_env,source_password_env', ...rowsOf(office), ''].join('\n'));
    const flags = ['--scheduling', 'auto', '--inside-domain', 'example.com'];
    const argv = [
      'migrate',
      mapping,
      '--server',
      office.fresh.server.info.base_url,
      '--source-server',
      office.old.server.info.base_url,
      ...flags,
    ];

    const killed = await run(office, argv, { at: 'journal applied#25 after' });
    expect(killed.code, killed.stderr).toBe(null);
    const batch = (await office.engine.batches())[0];
    expect(batch).toMatchObject({ status: 'interrupted', canResume: true });
    const resumed = await run(office, ['resume', batch?.batchId ?? '']);
    expect(resumed.code, resumed.stderr).toBe(0);

    expect((await office.engine.batches())[0]).toMatchObject({ status: 'complete' });
    expect(office.fresh.notified().filter((line) => line.includes('imip'))).toEqual([]);
    for (const [at, user] of USERS.entries()) {
      const names = await office.fresh.members(user);
      expect([user, names.length]).toEqual([user, 3]);
      const [one, two] = [(at + 19) % 20, (at + 18) % 20];
      expect(answerOf(await office.fresh.copy(user, `m${one}`), user)).toBe('DECLINED');
      expect(answerOf(await office.fresh.copy(user, `m${two}`), user)).toBe('TENTATIVE');
    }
    expect(await office.fresh.members(LEFT)).toHaveLength(4);

    office.fresh.clear();
    const first = await run(office, ['announce', batch?.batchId ?? '', '--messages', '5']);
    expect(first.code, first.stderr).toBe(0);
    const notified = office.fresh.server
      .messages()
      .map(({ method, to, uid, kind }) => `${method} ${kind} ${to} ${uid}`);
    expect(notified.sort()).toEqual([0, 4, 8, 12, 16].map((at) => `REQUEST imip ext@other.test m${at}`).sort());
    expect((await run(office, ['announce', batch?.batchId ?? ''])).code).toBe(2);
    expect(office.fresh.server.messages()).toHaveLength(5);
  } finally {
    await office.close();
  }
}, 120_000);

function rowsOf(office: Office): readonly string[] {
  return USERS.map((user) => {
    const source = new URL(office.old.calendar(user), office.old.server.info.base_url).href;
    return [source, user, 'HUSHCAL_NEW', 'HUSHCAL_OLD'].join(',');
  });
}

function run(office: Office, argv: readonly string[], death?: Death): Promise<Output> {
  const env = {
    ...process.env,
    HUSHCAL_NEW: office.fresh.server.info.admin.password,
    HUSHCAL_OLD: office.old.server.info.admin.password,
  };
  return runProcess([...argv, '--runs', office.runsDir, '--yes', '--json'], env, death);
}
