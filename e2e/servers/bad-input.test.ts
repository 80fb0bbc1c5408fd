import { appendFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { filled, restore, targetOf } from './command-line.ts';
import type { CommandResult, Target } from './command-line.ts';
import { useServer } from './harness.ts';
import type { RunningServer } from './harness.ts';
import { plainClient } from './plain-http.ts';

/** What a helpdesk person gets wrong, and servers that do not take part: one clear sentence, exit code 2, nothing lost. */
const work = mkdtempSync(path.join(tmpdir(), 'hushcal-bad.'));
afterAll(() => rmSync(work, { recursive: true, force: true }));
const runs = path.join(work, 'runs');
const backup = path.join(work, 'backup.ics');
writeFileSync(backup, calendarOf([event('plain', ['DURATION:PT1H'])]));

/** A mode that is not refused for its own sake. */
const FLAGS = {
  cyrus: ['--scheduling', 'all'],
  davical: ['--scheduling', 'all'],
  sogo: ['--scheduling', 'all'],
  radicale: ['--scheduling', 'none', '--assume', 'no-mail-hook'],
} as const;

describe.each(['cyrus', 'davical', 'sogo', 'radicale'] as const)('%s', (name) => {
  const server = useServer(name);

  it('turns away a wrong password', async () => {
    const target = { ...targetOf(server(), 'alice'), password: 'not-the-password' };
    const result = await restore([backup], target, FLAGS[name], runs);
    expectSentence(result, /password|user name|log ?in|sign ?in/i, FLAGS[name][1]);
    expect(result.stdout + result.stderr).not.toContain('not-the-password');
    expect(await contents(server(), targetOf(server(), 'alice'))).toEqual([]);
  });

  it('has no such calendar', async () => {
    const target = targetOf(server(), 'alice');
    const missing = { ...target, calendar: target.calendar.replace(/[^/]+\/$/, 'not-there/') };
    expectSentence(await restore([backup], missing, FLAGS[name], runs), /calendar|nothing at/i, FLAGS[name][1]);
    expect(await contents(server(), target)).toEqual([]);
  });
});

describe('a server that answers with a web page', () => {
  const sogo = useServer('sogo');

  it('is named as such: the web interface of SOGo', async () => {
    const page = { ...targetOf(sogo(), 'alice'), calendar: `${sogo().description.base_url}/SOGo/so/alice/` };
    expectSentence(await restore([backup], page, FLAGS.sogo, runs), /web page|HTML|CalDAV/i, 'all');
  });

  it('is named as such: a portal that says 200 to everything', async () => {
    const portal = createServer((_, response) => {
      response.writeHead(200, { 'Content-Type': 'text/html' }).end('<!DOCTYPE html><title>Welcome</title><p>Log in');
    });
    const port = await new Promise<number>((resolve) => {
      portal.listen(0, '127.0.0.1', () => {
        const address = portal.address();
        resolve(typeof address === 'object' && address !== null ? address.port : 0);
      });
    });
    try {
      const target = { calendar: `http://127.0.0.1:${String(port)}/dav/alice/`, user: 'alice', password: 'secret' };
      expectSentence(await restore([backup], target, FLAGS.cyrus, runs), /web page|HTML|CalDAV/i, 'all');
    } finally {
      portal.close();
    }
  });
});

describe('a calendar that may only be read', () => {
  const cyrus = useServer('cyrus');
  const radicale = useServer('radicale');

  it('is not written to: Cyrus, by its access list', async () => {
    await imap(cyrus(), ['SETACL "user.alice.#calendars.Default" alice lr']);
    const target = targetOf(cyrus(), 'alice');
    expectSentence(
      await restore([backup], target, FLAGS.cyrus, runs),
      /read-only|only be read|not allowed|may not|permission/i,
      'all',
    );
    expect(await contents(cyrus(), target)).toEqual([]);
  });

  it('is not written to: Radicale, by its rights file', async () => {
    const target = targetOf(radicale(), 'alice');
    const other = { ...target, calendar: target.calendar.replace('/alice/', '/bob/') };
    // The last section that matches does not count, the first one does; nothing before gives alice this path.
    appendFileSync(
      path.join(radicale().description.data_dir, 'rights'),
      '[shared]\nuser: alice\ncollection: bob(/default)?\npermissions: Rr\n',
    );
    expectSentence(
      await restore([backup], other, FLAGS.radicale, runs),
      /read-only|only be read|not allowed|may not|permission/i,
      'none',
    );
    expect(await contents(radicale(), targetOf(radicale(), 'bob'))).toEqual([]);
  });
});

describe('one event that the server does not take', () => {
  const cyrus = useServer('cyrus');

  it('costs no other: the rest is there, and the report has the words of the server', async () => {
    const file = path.join(work, 'three.ics');
    writeFileSync(
      file,
      calendarOf([event('before', ['DURATION:PT1H']), event('instant', []), event('after', ['DURATION:PT1H'])]),
    );
    const target = targetOf(cyrus(), 'alice');
    const { code, settled, items, stderr } = await restore([file], target, FLAGS.cyrus, runs);
    expect(code, stderr).toBe(1);
    expect(filled(settled?.totals)).toEqual({ created: 2, failed: 1 });
    expect(settled?.verified).toBe(2);
    const failed = items.filter(({ outcome }) => outcome === 'failed');
    expect(failed).toMatchObject([{ uid: 'instant', line: 11 }]);
    expect(failed[0]?.file).toMatch(/three\.ics$/);
    expect(failed[0]?.reason).toContain('DTEND must occur after DTSTART');
    expect(await contents(cyrus(), target)).toHaveLength(2);
  });
});

describe('an event of which the server keeps only a part', () => {
  const radicale = useServer('radicale');

  it('is not called verified', async () => {
    const file = path.join(work, 'cut.ics');
    writeFileSync(
      file,
      calendarOf([
        event('whole', ['DURATION:PT1H']),
        event('cut', ['DURATION:PT1H', 'X-PLACE;VALUE=URI:geo:48.2,16.3']),
      ]),
    );
    const { code, settled, stderr } = await restore([file], targetOf(radicale(), 'alice'), FLAGS.radicale, runs);
    expect(code, stderr).toBe(1);
    expect(settled?.verified).toBe(1);
  });
});

/** Exit code 2, nothing written, and one sentence that a person understands. */
function expectSentence({ code, items, settled, stdout, stderr }: CommandResult, words: RegExp, asked: string) {
  const said = stdout + stderr;
  expect(code, said).toBe(2);
  expect(items.filter(({ outcome }) => outcome !== 'planned')).toEqual([]);
  expect(settled).toMatchObject({ status: 'refused', mode: { asked } });
  expect(stderr).toMatch(words);
  expect(said).not.toMatch(/^\s+at .*:\d+:\d+\)?$/m);
  expect(said).not.toMatch(/<html|<!DOCTYPE/i);
}

async function contents(server: RunningServer, target: Target): Promise<readonly string[]> {
  const user = server.user(target.user);
  return plainClient(server, user).list(user.calendar);
}

function event(uid: string, lines: readonly string[]): readonly string[] {
  const start = `DTSTART:${String(new Date().getUTCFullYear() + 1)}0310T100000Z`;
  return ['BEGIN:VEVENT', `UID:${uid}`, 'DTSTAMP:20260101T090000Z', start, 'SUMMARY:Dentist', ...lines, 'END:VEVENT'];
}

function calendarOf(events: readonly (readonly string[])[]): string {
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Hushcal tests//EN',
    ...events.flat(),
    'END:VCALENDAR',
    '',
  ];
  return lines.join('\r\n');
}

/** Says a few lines to Cyrus over IMAP, as its administrator. */
function imap(server: RunningServer, commands: readonly string[]): Promise<void> {
  const { imap_port: port, admin } = server.description;
  if (port === undefined || admin === null) throw new Error('no IMAP for administration');
  const lines = [`LOGIN ${admin.user} ${admin.password}`, ...commands, 'LOGOUT'];
  return new Promise((resolve, reject) => {
    let answer = '';
    const socket = connect(port, '127.0.0.1', () =>
      socket.write(lines.map((line, at) => `a${String(at)} ${line}\r\n`).join('')),
    );
    socket.setEncoding('utf8').on('data', (text: string) => (answer += text));
    socket.on('error', reject).on('end', () => {
      const done = lines.every((_, at) => answer.includes(`a${String(at)} OK`));
      if (done) resolve();
      else reject(new Error(answer));
    });
  });
}
