import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { calendar, GUESTS, openWorld, type World } from '../../engine/jobs/testing/world.ts';
import { AUTH_SCHEMES, tokenOf } from '../../practice/http/auth.ts';
import { sayIn, type Said } from '../testing/said.ts';

let world: World;
afterEach(() => world.close());

/** Restores one meeting into alice's calendar; `login` says who comes in and how. */
async function restore(login: readonly string[], more: readonly string[] = ['--yes']): Promise<Said> {
  const source = await world.source('one.ics', calendar([['UID:a', ...GUESTS]]));
  const target = ['--calendar', world.calendarUrl, '--scheduling', 'none', '--runs', world.runsDir];
  return sayIn(world, ['restore', source, ...target, ...login, ...more], environment());
}

function environment(): { readonly env: Readonly<Record<string, string>> } {
  const { password } = world.server.info.admin;
  return {
    env: { PASSWORD: password, WRONG: 'wrong', TOKEN: tokenOf('alice', password), ADMIN: tokenOf('admin', password) },
  };
}

const alice = ['--user', 'alice'];

describe.each(AUTH_SCHEMES)('a server that wants %s', (auth) => {
  const right = auth === 'bearer' ? '--token-env' : '--password-env';

  it('takes the right secret, and every command after it', async () => {
    world = await openWorld({ auth });
    const secret = [right, auth === 'bearer' ? 'TOKEN' : 'PASSWORD'];
    const said = await restore([...alice, ...secret]);
    expect([said.code, said.err]).toEqual([0, expect.any(String)]);
    const [runId = ''] = (await readdir(world.runsDir)).filter((name) => /^\d/.test(name));
    const undo = ['undo', runId, ...secret, '--runs', world.runsDir, '--yes'];
    expect((await sayIn(world, undo, environment())).code).toBe(0);
  });

  it('says plainly that a wrong secret is wrong', async () => {
    world = await openWorld({ auth });
    const said = await restore([...alice, right, 'WRONG']);
    expect(said.code).toBe(2);
    expect(said.err).toContain(
      auth === 'bearer'
        ? 'The server does not accept the token.'
        : 'The server does not accept the user name or the password.',
    );
  });

  it('says what it takes instead', async () => {
    world = await openWorld({ auth });
    const said = await restore([
      ...alice,
      ...(auth === 'bearer' ? ['--password-env', 'WRONG'] : ['--token-env', 'TOKEN']),
    ]);
    expect(said.code).toBe(2);
    expect(said.err).toMatch(
      auth === 'bearer' ? /only Bearer\. Log in with a token/ : /takes no token, only (?:Basic|Digest)/,
    );
  });
});

describe('--token-command', () => {
  it('prints a token that is renewed when it is refused, and is never written down', async () => {
    world = await openWorld({ auth: 'bearer' });
    const first = join(world.dir, 'asked');
    const command = `if [ -e '${first}' ]; then echo "$TOKEN"; else : > '${first}'; echo expired-token; fi`;
    const said = await restore([...alice, '--token-command', command]);
    expect([said.code, said.err]).toEqual([0, expect.any(String)]);
    const token = environment().env['TOKEN'] ?? '';
    for (const text of [said.out, said.err, ...(await filesOf(world.runsDir))]) {
      expect(text).not.toContain(token);
      expect(text).not.toContain('expired-token');
      expect(text).not.toContain(command);
    }
  });

  it('that fails is said with its own words', async () => {
    world = await openWorld({ auth: 'bearer' });
    const said = await restore([...alice, '--token-command', 'echo "please log in first" >&2; exit 1']);
    expect(said.code).toBe(2);
    expect(said.err).toContain('The command for the token failed (exit code 1). It says: "please log in first"');
  });
});

async function filesOf(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  return Promise.all(files.map((file) => readFile(join(file.parentPath, file.name), 'utf8')));
}

describe('acting for somebody', () => {
  const password = ['--password-env', 'PASSWORD'];
  const ways: readonly (readonly [string, readonly string[]])[] = [
    ['direct', ['--user', 'admin', '--for', 'alice', '--way', 'direct']],
    ['authorize-as', ['--user', 'admin', '--for', 'alice', '--way', 'authorize-as']],
    ['template', ['--user', 'admin', '--for', 'alice', '--way', 'template']],
    ['template', ['--user', 'admin', '--for', 'alice', '--way', 'template', '--login-template', '{user}%{admin}']],
  ];

  it.each(ways)('by %s restores as the owner, is kept with the run, and undone the same way', async (way, login) => {
    world = await openWorld();
    const said = await restore([...login, ...password]);
    expect([said.code, said.err]).toEqual([0, expect.any(String)]);
    expect((await world.objects()).size).toBe(1);
    const [entry] = await world.engine.runs();
    expect(entry).toMatchObject({ user: 'admin', behalf: { user: 'alice', way } });
    const undo = ['undo', entry?.runId ?? '', ...password, '--runs', world.runsDir, '--yes'];
    expect((await sayIn(world, undo, environment())).code).toBe(0);
    expect((await world.objects()).size).toBe(0);
  });

  it('counts and acts with the addresses of the owner, not of the administrator', async () => {
    world = await openWorld();
    const said = await restore([...(ways[0]?.[1] ?? []), ...password], ['--as', 'match', '--dry-run']);
    expect(said.out).toContain('mailto:alice@example.com (1)');
    expect(said.out).toMatch(/all +2 +1 +1 +2/);
  });

  it('counts an address that the administrator adds as the owner, says so, and keeps it with the run', async () => {
    world = await openWorld({ personality: 'cyrus-like' });
    const login = ['--user', 'alice', ...password, '--alias', 'alice@old.test'];
    const text = calendar([['UID:a', ...GUESTS.map((line) => line.replaceAll('alice@example.com', 'alice@old.test'))]]);
    const source = await world.source('old.ics', text);
    const target = ['--calendar', world.calendarUrl, '--scheduling', 'none', '--runs', world.runsDir];
    const said = await sayIn(world, ['restore', source, ...target, ...login, '--as', 'match', '--yes'], environment());
    expect([said.code, said.err]).toEqual([0, expect.any(String)]);
    expect(said.out).toContain("Counted as the owner's, on the word of the administrator: alice@old.test.");
    expect(said.out).toContain('mailto:alice@old.test (1)');
    expect(said.out).toMatch(/all +2 +1 +1 +2/);
    const [entry] = await world.engine.runs();
    expect(JSON.stringify(await world.engine.report(entry?.runId ?? ''))).toContain('alice@old.test');
  });

  it('as an address that is not the owner needs --alias; a server that checks it stops the run in one sentence', async () => {
    world = await openWorld();
    const fixed = ['--user', 'alice', ...password, '--as', 'mailto:alice@old.test'];
    expect((await restore(fixed)).err).toContain('is not an address of this calendar');
    const said = await restore([...fixed, '--alias', 'mailto:alice@old.test']);
    expect(said.code).toBe(3);
    expect(said.out + said.err).toContain('The server does not let you act as mailto:alice@old.test.');
    expect((await world.objects()).size).toBe(0);
    expect(world.server.messages()).toEqual([]);
  });

  it('by Authorize-As of one who is no administrator is refused in one sentence', async () => {
    world = await openWorld();
    const said = await restore(['--user', 'bob', '--for', 'alice', '--way', 'authorize-as', ...password]);
    expect(said.code).toBe(2);
    expect(said.err).toContain('The server does not let bob act for alice');
  });

  it.each([
    [['--user', 'admin', '--for', 'alice'], 'needs --way'],
    [['--user', 'admin', '--way', 'direct'], 'needs --for'],
    [['--user', 'admin', '--for', 'alice', '--way', 'sudo'], '--way takes one of'],
    [['--user', 'admin', '--for', 'alice', '--way', 'direct', '--login-template', 'x'], 'goes with --way template'],
    [
      ['--user', 'admin', '--for', 'alice', '--way', 'template', '--login-template', '{user}'],
      'places for {user} and {admin}',
    ],
    [['--user', 'admin', '--for', 'alice', '--way', 'grant'], 'cannot give itself rights'],
    [['--user', 'alice', '--token-env', 'TOKEN'], 'not both'],
  ])('%j is refused before anything is asked', async (login, words) => {
    world = await openWorld();
    const said = await restore([...login, ...password]);
    expect(said.code).toBe(2);
    expect(said.err).toContain(words);
  });
});
