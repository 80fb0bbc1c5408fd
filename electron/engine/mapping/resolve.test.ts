import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { move, type MigrateSpec } from '../../../shared/model/batch/migrate.ts';
import { events, LIMITS, openCrowd, type Crowd } from '../batch/testing/crowd.ts';
import type { MappingDefaults, ResolvedRows } from './defaults.ts';
import { readMapping } from './read-mapping.ts';

let crowd: Crowd | null = null;
afterEach(async () => {
  await crowd?.close();
  crowd = null;
});

async function open(personality = 'default'): Promise<Crowd> {
  crowd = await openCrowd({ anna: events('anna', 2), ben: events('ben', 2), cleo: events('cleo', 2) }, { personality });
  for (const user of crowd.users) await crowd.source(user, events(user, 2));
  return crowd;
}

async function resolve(here: Crowd, csv: string, over: Partial<MappingDefaults> = {}): Promise<ResolvedRows> {
  const { rows, problems } = readMapping(csv);
  expect(problems).toEqual([]);
  const url = here.server.info.base_url;
  const defaults: MappingDefaults = {
    target: { url, credential: 'password', admin: null },
    source: { url, credential: 'password', admin: null },
    mode: 'none',
    identity: { kind: 'server' },
    baseDir: here.dir,
    assume: [],
    ...over,
  };
  return here.engine.mappings.resolve({ rows, problems }, defaults, here.connect);
}

/** Makes a calendar by plain MKCALENDAR. */
async function make(here: Crowd, user: string, name: string): Promise<string> {
  const url = new URL(`../${name}/`, here.url(user)).href;
  const password = here.server.info.admin.password;
  const headers = { authorization: `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}` };
  const answer = await fetch(url, { method: 'MKCALENDAR', headers });
  expect(answer.status).toBe(201);
  return url;
}

const why = ({ problems }: ResolvedRows): readonly (readonly [number, string, string])[] =>
  problems.map(({ line, column, message }) => [line, column, message]);

describe('resolveMapping', () => {
  it('finds the only calendar of each user', async () => {
    const here = await open();
    const resolved = await resolve(here, 'source,user,password\nanna.ics,anna,PW\nben.ics,ben,PW\n');
    expect(why(resolved)).toEqual([]);
    expect(resolved.moves.map((one) => move.parse(one).calendarUrl)).toEqual([here.url('anna'), here.url('ben')]);
    expect(resolved.moves[0]).toMatchObject({
      line: 2,
      mailbox: 'anna',
      makes: false,
      mode: 'none',
      from: { kind: 'files', paths: [join(here.dir, 'anna.ics')] },
      to: { way: 'own', actor: 'anna', secret: 'PW' },
    });
  });

  it('takes a calendar by name or by address, and plans to make what is not there', async () => {
    const here = await open();
    const work = await make(here, 'anna', 'work');
    const csv = [
      'source,user,password,calendar',
      'anna.ics,anna,PW,WORK',
      `ben.ics,ben,PW,${here.url('ben')}`,
      'cleo.ics,cleo,PW,Reise & Büro',
    ].join('\n');
    const resolved = await resolve(here, csv);
    expect(why(resolved)).toEqual([]);
    const home = new URL('..', here.url('cleo')).href;
    expect(resolved.moves.map(({ calendarUrl, calendarName, makes }) => [calendarUrl, calendarName, makes])).toEqual([
      [work, expect.any(String), false],
      [here.url('ben'), expect.any(String), false],
      [`${home}reise-buro/`, 'Reise & Büro', true],
    ]);
  });

  it('gives every calendar of a folder of folders its own', async () => {
    const here = await open();
    for (const name of ['work', 'private']) {
      await mkdir(join(here.dir, 'all', name), { recursive: true });
      await writeFile(join(here.dir, 'all', name, 'events.ics'), events(name, 1));
    }
    const resolved = await resolve(here, 'source,user,password\nall,anna,PW\n');
    expect(resolved.moves.map(({ calendarName, makes }) => [calendarName, makes])).toEqual([
      ['private', true],
      ['work', true],
    ]);
  });

  it('reads the calendars of an old server, all or one', async () => {
    const here = await open();
    await make(here, 'ben', 'work');
    const home = new URL('..', here.url('ben')).href;
    const csv = `source,user,password,source_user,source_password\n${home},anna,PW,ben,OLD\n${here.url('cleo')},cleo,PW,,OLD\n`;
    const resolved = await resolve(here, csv);
    // Cleo's calendar would go into itself, which is nothing that a mapping can know to be wrong.
    expect(why(resolved)).toEqual([]);
    expect(resolved.moves.map(({ from }) => (from.kind === 'server' ? [from.url, from.login.secret] : []))).toEqual(
      expect.arrayContaining([
        [`${home}work/`, 'OLD'],
        [here.url('ben'), 'OLD'],
        [here.url('cleo'), 'OLD'],
      ]),
    );
  });

  it('logs in as an administrator for everybody', async () => {
    const here = await open();
    const { base_url: url, admin } = here.server.info;
    const target = {
      url,
      credential: 'password',
      admin: { way: 'direct', actor: admin.user, secret: 'ADMIN' },
    } as const;
    const resolved = await resolve(here, 'source,user\nanna.ics,anna\nben.ics,ben\n', { target });
    expect(why(resolved)).toEqual([]);
    expect(resolved.moves.map(({ calendarUrl, to }) => [calendarUrl, to.actor, to.user, to.way])).toEqual([
      [here.url('anna'), admin.user, 'anna', 'direct'],
      [here.url('ben'), admin.user, 'ben', 'direct'],
    ]);
  });

  it("never gives the administrator's password to another server that a cell names", async () => {
    const here = await open();
    const { base_url: url, admin } = here.server.info;
    const target = {
      url,
      credential: 'password',
      admin: { way: 'direct', actor: admin.user, secret: 'ADMIN' },
    } as const;
    const csv = 'source,user,calendar\nanna.ics,anna,http://127.0.0.1:9/steal/\n';
    const resolved = await resolve(here, csv, { target });
    expect(why(resolved)).toEqual([[2, 'password_env', expect.stringContaining('is for http://127.0.0.1:')]]);
  });

  it('gives a secret that a row names to the server of its side, and to no other one', async () => {
    const here = await open();
    const away = 'http://127.0.0.1:9/steal/';
    const csv = `source,user,password,calendar,source_password\nanna.ics,anna,PW,${away},\n${away},ben,PW,,OLD\n`;
    const columns = [
      [2, 'password_env', expect.stringContaining('and the row is on http://127.0.0.1:9')],
      [3, 'source_password_env', expect.stringContaining('and the row is on http://127.0.0.1:9')],
    ];
    expect(why(await resolve(here, csv))).toEqual(columns);
    const named = [
      [2, 'password_env', expect.stringContaining('name http://127.0.0.1:9 as the new server if it is meant')],
      [3, 'password_env', expect.any(String)],
    ];
    expect(
      why(await resolve(here, csv.replace('ben,PW,,', `ben,PW,${away},`), { target: null, source: null })),
    ).toEqual(named);
  });

  it('says which secret would go where, and asks nobody for it', async () => {
    const here = await open();
    const { rows } = readMapping(
      `source,user,password,source_password\n${here.url('anna')},anna,PW,OLD\n${here.url('ben')},ben,PW,OLD\nhttp://127.0.0.1:9/,cleo,PW,OLD\n`,
    );
    const server = (url: string): MappingDefaults['target'] => ({ url, credential: 'password', admin: null });
    const { base_url: origin } = here.server.info;
    const sides = { target: server('https://new.test'), source: server(origin) };
    const defaults = { ...sides, mode: 'none', identity: { kind: 'server' }, baseDir: '', assume: [] } as const;
    expect(here.engine.mappings.destinations(rows, defaults)).toEqual([
      { secret: 'PW', origin: 'https://new.test', users: ['anna', 'ben', 'cleo'] },
      { secret: 'OLD', origin, users: ['anna', 'ben'] },
    ]);
  });

  it('names what is wrong with one row, and goes on with the others', async () => {
    const here = await open();
    here.lockedOut.add('ben');
    await make(here, 'cleo', 'second');
    const csv = [
      'source,user,password,calendar,identity',
      'anna.ics,anna,PW,,',
      'ben.ics,ben,PW,,',
      'gone.ics,anna,PW,,',
      'cleo.ics,cleo,PW,,mailto:somebody@else.test',
      'anna.ics,cleo,,,',
    ].join('\n');
    const resolved = await resolve(here, csv);
    expect(resolved.moves.map(({ line }) => line)).toEqual([2]);
    expect(why(resolved)).toEqual([
      [3, 'user', expect.stringContaining('password')],
      [4, 'source', 'There is no file or folder of this name.'],
      [5, 'identity', expect.stringContaining('is not an address of this user')],
      [6, 'password_env', expect.stringContaining('There is no password for cleo')],
    ]);
  });

  it('a server that does not keep the mode is refused before anything is planned', async () => {
    const here = await open('ignores-header');
    const resolved = await resolve(here, 'source,user,password\nanna.ics,anna,PW\n');
    expect(resolved.moves).toEqual([]);
    expect(why(resolved)).toEqual([[2, 'mode', expect.any(String)]]);
  });

  it('stops after three refused logins, each one failed login, and says what was not tried', async () => {
    const here = await open();
    let logins = 0;
    const password = (): Promise<string> => {
      logins += 1;
      return Promise.resolve('wrong');
    };
    const { rows, problems } = readMapping(
      `source,user,password\n${['anna', 'ben', 'cleo', 'dora', 'emil', 'fritz'].map((user) => `anna.ics,${user},PW\n`).join('')}`,
    );
    const target = { url: here.server.info.base_url, credential: 'password', admin: null } as const;
    const defaults: MappingDefaults = {
      target,
      source: null,
      mode: 'none',
      identity: { kind: 'server' },
      baseDir: here.dir,
      assume: [],
    };
    const resolved = await here.engine.mappings.resolve({ rows, problems }, defaults, (to) => ({
      ...here.connect(to),
      password,
    }));
    expect(resolved.moves).toEqual([]);
    const said = why(resolved).map(([line, , message]) => [line, message.startsWith('Not tried')]);
    expect(said).toEqual([
      [2, false],
      [3, false],
      [4, false],
      [5, true],
      [6, true],
      [7, true],
    ]);
    expect(logins).toBe(3);
  });

  it('takes what a test event showed, for the user it was tried on', async () => {
    const here = await open('nextcloud-29-like');
    const csv = 'source,user,password\nanna.ics,anna,PW\nben.ics,ben,PW\n';
    const before = await resolve(here, csv);
    expect(why(before)).toEqual([
      [2, 'mode', expect.stringContaining('A test event may settle it')],
      [3, 'mode', expect.stringContaining('A test event may settle it')],
    ]);
    const [move = expect.fail()] = (await resolve(here, csv, { mode: 'all' })).moves.slice(1);
    const connection = here.connect(move.to);
    await here.engine.canary({ calendarUrl: here.url('ben') }, connection);
    const after = await resolve(here, csv);
    expect(after.moves.map(({ mailbox }) => mailbox)).toEqual(['ben']);
    expect(why(after)).toEqual([[2, 'mode', expect.any(String)]]);
    expect(after.notes).toEqual([expect.stringContaining('kept quiet about a test event on ')]);
  });

  it('tries a test event for the rows that one may open, once for each user, also where the calendar is to be made', async () => {
    const here = await open('nextcloud-29-like');
    const csv =
      'source,user,password,calendar\nanna.ics,anna,PW,\nben.ics,anna,PW,New\ncleo.ics,cleo,PW,New\nben.ics,ben,PW,\n';
    const before = await resolve(here, csv, { mode: 'none' });
    const [anna = expect.fail(), ...others] = here.engine.mappings.testable(before.rows);
    expect([anna, ...others].map((group) => group.map(({ row }) => row.line))).toEqual([[2, 3], [4], [5]]);
    const seen: string[] = [];
    const tested = await here.engine.mappings.test([...anna, ...(others[0] ?? [])], here.connect, {
      onRow: ({ mailbox }, done, of) => seen.push(`${mailbox} ${done}/${of}`),
    });
    expect(seen).toEqual(['anna 1/3', 'anna 2/3', 'cleo 3/3']);
    expect(tested.map(({ line, opens }) => [line, opens])).toEqual([
      [2, true],
      [3, true],
      [4, true],
    ]);
    const after = await resolve(here, csv, { mode: 'none' });
    expect(after.moves.map(({ mailbox, makes }) => [mailbox, makes])).toEqual([
      ['anna', false],
      ['anna', true],
      ['cleo', true],
    ]);
    expect(why(after)).toEqual([[5, 'mode', expect.any(String)]]);
    // What the test events opened is what the plan of the migration goes by, too.
    const spec: MigrateSpec = {
      moves: [...after.moves],
      mode: 'none',
      onConflict: 'newer',
      insideDomains: [],
      assume: [],
      shard: null,
      pass: 'both',
      limits: LIMITS,
      after: null,
      deleteGone: false,
    };
    const batch = await here.engine.prepareMigration(spec, here.connect);
    expect(batch.members.map(({ problem }) => problem)).toEqual([null, null, null]);
    await batch.discard();
    for (const user of here.users) expect([...(await here.objects(user)).values()].join('')).not.toContain('canary');
  });

  it.each(['ignores-header', 'noScheduling'])(
    '%s: the test event of one user that opens nothing spares the others theirs',
    async (personality) => {
      const here = await open(personality);
      const csv = 'source,user,password\nanna.ics,anna,PW\nben.ics,ben,PW\ncleo.ics,cleo,PW\n';
      const before = await resolve(here, csv);
      const tested = await here.engine.mappings.test(before.rows, here.connect);
      expect(tested.map(({ mailbox, opens, proof }) => [mailbox, opens, proof !== null])).toEqual([
        ['anna', false, true],
        ['ben', false, false],
        ['cleo', false, false],
      ]);
      expect(tested[1]?.said).toBe('Not tried: the test event of anna showed enough of this server.');
      const after = await resolve(here, csv);
      expect(after.moves).toEqual([]);
      expect(
        here.engine.mappings
          .testable(after.rows)
          .flat()
          .map(({ row }) => row.user),
      ).toEqual(['ben', 'cleo']);
    },
  );

  it('puts files for one calendar together, and refuses two calendars for one', async () => {
    const here = await open();
    const files = await resolve(here, 'source,user,password\nanna.ics,anna,PW\nben.ics,anna,PW\n');
    expect(files.moves.map(({ from }) => (from.kind === 'files' ? from.paths.length : 0))).toEqual([2]);
    const csv = `source,user,password,source_user,source_password\n${here.url('ben')},anna,PW,ben,OLD\n${here.url('cleo')},anna,PW,cleo,OLD\n`;
    expect(why(await resolve(here, csv))).toEqual([
      [3, 'calendar', expect.stringContaining('same calendar as line 2')],
    ]);
  });
});
