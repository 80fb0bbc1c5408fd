import { chromium } from '@playwright/test';
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Bridge, Envelope, RouteOutput } from '../../shared/ipc/contract.ts';

/*
 * The package as an ordinary user has it: installed, used, replaced by the next version, removed. Only the sandbox of
 * Chromium is switched off, since a container forbids it.
 */

const USER = 'hushcal-test';
const HOME = `/home/${USER}`;
const EVENTS = ['one', 'two'].map(
  (uid) =>
    `BEGIN:VEVENT\r\nUID:${uid}\r\nDTSTAMP:20260101T000000Z\r\nDTSTART:20260102T100000Z\r\nDTEND:20260102T110000Z\r\nSUMMARY:${uid}\r\nEND:VEVENT\r\n`,
);
const BACKUP = `BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//test//EN\r\n${EVENTS.join('')}END:VCALENDAR\r\n`;

/** Runs something to its end; fails with what it said when its exit code is another one. */
function run(command: string, args: readonly string[], expected = 0): string {
  const { status, stdout, stderr } = spawnSync(command, args, { encoding: 'utf8' });
  expect(status, `${command} ${args.join(' ')}\n${stdout}\n${stderr}`).toBe(expected);
  return stdout;
}

/** As the user, after a login: with the environment of nobody else. */
const asUser = (line: string): readonly string[] => [
  '-u',
  USER,
  '--',
  'env',
  '-i',
  `HOME=${HOME}`,
  'PATH=/usr/bin:/bin',
  'sh',
  '-c',
  line,
];
const user = (line: string, expected = 0): string => run('runuser', asUser(line), expected);

const filesOf = (deb: string): readonly string[] =>
  run('dpkg-deb', ['--contents', deb])
    .split('\n')
    .map((line) => line.split(/\s+/)[5]?.replace(/^\./, '').replace(/ ->.*/, '') ?? '')
    .filter((name) => name !== '' && !name.endsWith('/'));

const before = process.env['HUSHCAL_DEB_BEFORE'] ?? '';
const now = process.env['HUSHCAL_DEB'] ?? '';
const running: ChildProcess[] = [];

/** Begun at once, awaited at the end: it reads all of the runtime, which takes longer than everything else. */
let lintian: Promise<{ code: number | null; said: string }> | undefined;

function startLintian(): Promise<{ code: number | null; said: string }> {
  const child = spawn('lintian', ['--fail-on', 'error,warning', '--allow-root', now], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  running.push(child);
  let said = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => (said += text));
  return new Promise((resolve) => child.once('close', (code) => resolve({ code, said })));
}

beforeAll(() => {
  lintian = startLintian();
  if (spawnSync('dpkg', ['-s', 'hushcal']).status === 0) run('dpkg', ['--purge', 'hushcal']);
  if (existsSync(HOME)) run('userdel', ['--remove', USER]);
  run('useradd', ['--create-home', USER]);
});

afterAll(() => {
  for (const child of running) child.kill();
  spawnSync('pkill', ['-KILL', '-u', USER]);
  spawnSync('dpkg', ['--purge', 'hushcal']);
  spawnSync('userdel', ['--remove', USER]);
});

type Request = (route: string, input: unknown) => Promise<Envelope<unknown>>;

/** Opens the window in a session with a keyring, asks its bridge, and ends it as a person does. */
async function inWindow<T>(work: (request: Request) => Promise<T>): Promise<T> {
  const login = 'eval "$(echo login | gnome-keyring-daemon --unlock --components=secrets 2>/dev/null)"';
  const window = 'exec hushcal-window --no-sandbox --password-store=gnome-libsecret --remote-debugging-port=0';
  const inside = `export DISPLAY=${process.env['HUSHCAL_DISPLAY'] ?? ''} XDG_RUNTIME_DIR=${HOME}/run; mkdir -p -m 700 ${HOME}/run; exec dbus-run-session -- sh -c '${login}; ${window}'`;
  const child = spawn('runuser', asUser(inside), { stdio: ['ignore', 'ignore', 'pipe'] });
  running.push(child);
  let said = '';
  const address = await new Promise<string>((resolve, reject) => {
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      said += text;
      const found = /DevTools listening on (ws:\S+)/.exec(said)?.[1];
      if (found !== undefined) resolve(found);
    });
    child.once('exit', (code) => {
      reject(new Error(`The window ended with ${String(code)}: ${said}`));
    });
  });
  const browser = await chromium.connectOverCDP(address);
  try {
    const context = browser.contexts()[0];
    const page = context?.pages()[0] ?? (await context?.waitForEvent('page'));
    if (page === undefined) throw new Error('There is no window.');
    await page.getByRole('navigation').first().waitFor();
    return await work(async (route, input) => {
      const answer = await page.evaluate(
        ([name, value]) => (globalThis as unknown as { hushcal: Bridge }).hushcal.request(name, value),
        [route, input] as const,
      );
      // Main makes it of an envelope.
      return JSON.parse(answer) as Envelope<unknown>;
    });
  } finally {
    const gone = new Promise((resolve) => child.once('exit', resolve));
    await browser.close();
    // The program itself, not the session around it: the next one must not find this one still there.
    spawnSync('pkill', ['-TERM', '-u', USER, '-f', '^/usr/lib/hushcal/hushcal --no-sandbox']);
    await gone;
  }
}

it('is in order: AppStream, desktop entry, manual pages, completions', () => {
  const description = run('dpkg-deb', ['--field', now, 'Description']);
  expect(description.includes('TEST BUILD')).toBe(path.basename(now).includes('-test-build'));
  run('dpkg', ['--install', before]);
  run('appstreamcli', ['validate', '--no-net', '/usr/share/metainfo/example.hushcal.app.metainfo.xml']);
  run('desktop-file-validate', ['/usr/share/applications/hushcal.desktop']);
  for (const page of ['hushcal', 'hushcal-window']) {
    expect(run('mandoc', ['-T', 'lint', '-W', 'warning', `/usr/share/man/man1/${page}.1.gz`])).toBe('');
  }
  expect(user('man --warnings -l /usr/share/man/man1/hushcal.1.gz 2>&1 >/dev/null')).toBe('');
  run('bash', ['-n', '/usr/share/bash-completion/completions/hushcal']);
  run('zsh', ['-n', '/usr/share/zsh/vendor-completions/_hushcal']);
  expect(spawnSync('ldd', ['/usr/lib/hushcal/hushcal'], { encoding: 'utf8' }).stdout).not.toContain('not found');
});

it('restores on the practice server, is replaced by the next version with all that was kept, and leaves the rest', async () => {
  const practice = spawn('runuser', asUser('exec hushcal practice --no-samples'), {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  running.push(practice);
  const line = await new Promise<string>((resolve) => practice.stdout.once('data', (text) => resolve(String(text))));
  const info = JSON.parse(line) as {
    base_url: string;
    users: readonly { user: string; password: string; calendar: string }[];
  };
  const alice = info.users[0];
  if (alice === undefined) throw new Error('nobody');
  await writeFile(`${HOME}/backup.ics`, BACKUP);
  const calendar = new URL(alice.calendar, info.base_url).href;
  const restore = `PW=${alice.password} hushcal restore backup.ics --calendar ${calendar} --user ${alice.user} --password-env PW --scheduling none --yes`;
  expect(user(`cd && ${restore}`)).toContain('2');
  const runs = user('hushcal runs --json');
  expect(runs.trim().split('\n').length).toBeGreaterThan(0);
  const added = await inWindow((request) =>
    request('server.add', {
      name: 'Kept',
      url: info.base_url,
      user: alice.user,
      password: alice.password,
      remember: true,
    }),
  );
  expect(added).toMatchObject({ ok: true });

  run('dpkg', ['--install', now]);
  expect(run('dpkg-query', ['-W', '-f', '${Version}', 'hushcal'])).not.toBe('0.0.1');
  expect(user('hushcal runs --json')).toBe(runs);
  expect(user(`cd && ${restore}`)).toContain('2');
  const opened = await inWindow(async (request) => {
    const servers = await request('server.list', {});
    const listed = servers.ok ? (servers.value as RouteOutput<'server.list'>) : [];
    const kept = listed.find(({ name }) => name === 'Kept');
    // Its password comes from the keyring of the desktop.
    return kept === undefined ? servers : request('server.open', { id: kept.id });
  });
  expect(opened).toMatchObject({ ok: true, value: { calendars: expect.anything() } });

  const files = filesOf(now);
  const mine = (await readdir(HOME)).sort();
  run('dpkg', ['--purge', 'hushcal']);
  expect(files.filter((file) => existsSync(file))).toEqual([]);
  expect(existsSync('/usr/lib/hushcal')).toBe(false);
  expect((await readdir(HOME)).sort()).toEqual(mine);
  expect(await readFile(`${HOME}/backup.ics`, 'utf8')).toBe(BACKUP);
});

it('has nothing that lintian finds, but what its overrides give a reason for', async () => {
  expect(await lintian).toEqual({ code: 0, said: '' });
});
