import { spawn, spawnSync } from 'node:child_process';
import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { startPractice, type PracticeServer } from '../../electron/practice/index.ts';

const ROOT = path.resolve(import.meta.dirname, '../..');
const CLI = path.join(ROOT, 'out/main/cli.cjs');
const USERS = ['anna', 'ben', 'cleo', 'dan', 'eva', 'fritz'];
const asked = spawnSync('parallel', ['--version'], { encoding: 'utf8' });
const hasParallel = asked.error === undefined && asked.stdout.startsWith('GNU parallel');

if (!hasParallel)
  process.stdout.write('The example of GNU parallel is skipped: it is not installed (Debian: parallel).\n');

test.skipIf(!hasParallel)(
  'the example in the manual moves every mailbox, in parts, and makes one report',
  async () => {
    const old = await startPractice({ samples: false, users: USERS });
    const fresh = await startPractice({ samples: false, users: USERS });
    const dir = await mkdtemp(path.join(tmpdir(), 'hushcal-parts-'));
    try {
      for (const user of USERS) await put(old, user);
      const hushcal = path.join(dir, 'hushcal');
      await writeFile(hushcal, `#!/bin/sh\nexec '${process.execPath}' '${CLI}' "$@"\n`);
      await chmod(hushcal, 0o755);
      const rows = USERS.map(
        (user) =>
          `${new URL(`/dav/calendars/${user}/default/`, old.info.base_url).href},${user},HUSHCAL_NEW,HUSHCAL_OLD`,
      );
      await writeFile(
        path.join(dir, 'people.csv'),
        ['source,user,password_env,source_password_env', ...rows, ''].join('\n'),
      );
      const script = (await example())
        .replaceAll('http://127.0.0.1:8009', fresh.info.base_url)
        .replaceAll('http://127.0.0.1:8008', old.info.base_url);
      expect(script).toContain('--shard {}/4');
      const env = { HUSHCAL_OLD: old.info.admin.password, HUSHCAL_NEW: fresh.info.admin.password };
      const { code, stderr } = await run(script, dir, env);
      expect([code, stderr]).toEqual([0, expect.not.stringContaining('cannot')]);
      const whole = await readFile(path.join(dir, 'whole.html'), 'utf8');
      expect(whole).toContain('12 events on the source = 12 on the target.');
      for (const user of USERS) expect([user, await countOf(fresh, user)]).toEqual([user, 2]);
      expect(fresh.messages()).toEqual([]);
    } finally {
      await Promise.all([old.close(), fresh.close()]);
      await rm(dir, { recursive: true, force: true });
    }
  },
  180_000,
);

/** The first block of commands of "Beyond one machine". */
async function example(): Promise<string> {
  const page = await readFile(path.join(ROOT, 'docs/migrate.md'), 'utf8');
  const [, block] = /## Beyond one machine\n[\s\S]*?```sh\n([\s\S]*?)```/.exec(page) ?? [];
  return block ?? expect.fail('docs/migrate.md has no example');
}

async function run(
  script: string,
  dir: string,
  secrets: Readonly<Record<string, string>>,
): Promise<{ readonly code: number | null; readonly stderr: string }> {
  const env = { ...process.env, ...secrets, HOME: dir, PATH: `${dir}:${process.env['PATH'] ?? ''}` };
  const child = spawn('bash', ['-euc', script], { cwd: dir, env, stdio: ['ignore', 'ignore', 'pipe'] });
  let stderr = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  const code = await new Promise<number | null>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', resolve);
  });
  return { code, stderr };
}

/** A meeting with a colleague of the mapping, and an appointment. */
async function put(server: PracticeServer, user: string): Promise<void> {
  const guests = [`ORGANIZER:mailto:${user}@example.com`, 'ATTENDEE:mailto:zoe@example.com'];
  for (const [name, lines] of [
    ['meeting', guests],
    ['alone', []],
  ] as const) {
    const text = [
      ...['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//test//EN', 'BEGIN:VEVENT', `UID:${user}-${name}`],
      ...['DTSTAMP:20260101T000000Z', 'DTSTART:20370105T090000Z', `SUMMARY:${name}`, ...lines, 'END:VEVENT'],
      ...['END:VCALENDAR', ''],
    ].join('\r\n');
    const url = new URL(`/dav/calendars/${user}/default/${name}.ics`, server.info.base_url);
    const headers = { authorization: basic(user, server), scheduling: 'none', 'content-type': 'text/calendar' };
    const answer = await fetch(url, { method: 'PUT', headers, body: text });
    expect(answer.status).toBe(201);
  }
}

async function countOf(server: PracticeServer, user: string): Promise<number> {
  const url = new URL(`/dav/calendars/${user}/default/`, server.info.base_url);
  const answer = await fetch(url, { method: 'PROPFIND', headers: { authorization: basic(user, server), depth: '1' } });
  return (await answer.text()).match(/href>[^<]+\.ics</g)?.length ?? 0;
}

function basic(user: string, server: PracticeServer): string {
  return `Basic ${Buffer.from(`${user}:${server.info.admin.password}`).toString('base64')}`;
}
