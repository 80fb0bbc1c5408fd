import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { runClient, usePractice } from './practice-process.ts';

/**
 * The practice server under clients that nobody here wrote, from the packages of Debian: python3-caldav, vdirsyncer and
 * litmus (practice-curl.test.ts has curl). What they cannot have stands in practice-limits.ts.
 */

const event = (uid: string, summary: string, more: readonly string[] = []): string =>
  [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Test//EN',
    'BEGIN:VEVENT',
    `UID:${uid}`,
    'DTSTAMP:20270101T000000Z',
    'DTSTART:20270301T100000Z',
    'DTEND:20270301T110000Z',
    `SUMMARY:${summary}`,
    ...more,
    'END:VEVENT',
    'END:VCALENDAR',
    '',
  ].join('\r\n');

describe('python3-caldav', () => {
  const server = usePractice();
  const script = path.join(import.meta.dirname, 'drive_caldav.py');
  const names = [...readFileSync(script, 'utf8').matchAll(/^@step\ndef (\w+)/gm)].map((m) =>
    String(m[1]).replaceAll('_', ' '),
  );
  const said = z.object({ step: z.string(), ok: z.boolean(), why: z.string().optional() });
  let steps: ReadonlyMap<string, z.infer<typeof said>> = new Map();
  beforeAll(async () => {
    // Debian's own Python: another one on the path does not have the package.
    const { stdout, stderr } = await runClient('/usr/bin/python3', [script, server().origin, server().password]);
    const lines = stdout.split('\n').filter((line) => line.startsWith('{'));
    if (lines.length === 0) throw new Error(stderr);
    steps = new Map(lines.map((line) => said.parse(JSON.parse(line))).map((one) => [one.step, one]));
  });
  it('is driven through at least 30 steps', () => {
    expect(names.length).toBeGreaterThanOrEqual(30);
  });
  it.each(names)('%s', (name) => {
    expect(steps.get(name)).toEqual({ step: name, ok: true });
  });
});

describe('vdirsyncer', () => {
  const server = usePractice();
  const at = (...parts: string[]): string => path.join(server().folder, ...parts);
  const config = (): string =>
    [
      `[general]\nstatus_path = "${at('status')}"`,
      '[pair here]\na = "files"\nb = "practice"\ncollections = ["from a", "from b"]\nmetadata = ["displayname", "color"]\nconflict_resolution = "b wins"',
      '[pair over]\na = "practice"\nb = "other"\ncollections = [["moved", "default", "from-alice"]]',
      `[storage files]\ntype = "filesystem"\npath = "${at('files')}"\nfileext = ".ics"`,
      ...[
        ['practice', 'alice'],
        ['other', 'bob'],
      ].map(
        ([name = '', user = '']) =>
          `[storage ${name}]\ntype = "caldav"\nurl = "${server().origin}/"\nusername = "${user}"\npassword = "${server().password}"`,
      ),
    ].join('\n\n');
  const sync = async (...args: string[]): Promise<string> => {
    const { code, stdout, stderr } = await runClient('vdirsyncer', ['-c', at('config'), ...args], {
      input: 'y\n'.repeat(9),
    });
    expect([code, stdout + stderr]).toEqual([0, expect.not.stringMatching(/error|critical/i)]);
    return stdout + stderr;
  };
  const dav = (method: string, url: string, body?: string, headers: Record<string, string> = {}): Promise<Response> => {
    const authorization = `Basic ${Buffer.from(`alice:${server().password}`).toString('base64')}`;
    return fetch(url, { method, headers: { authorization, ...headers }, ...(body === undefined ? {} : { body }) });
  };
  const put = (name: string, text: string): Promise<Response> =>
    dav('PUT', server().calendar('alice') + name, text, { 'content-type': 'text/calendar' });
  const local = (collection: string): string[] =>
    readdirSync(at('files', collection))
      .filter((name) => name.endsWith('.ics'))
      .sort();
  const displayName = async (collection: string): Promise<string> => {
    const url = `${server().home('alice')}${collection}/`;
    const body = '<D:propfind xmlns:D="DAV:"><D:prop><D:displayname/></D:prop></D:propfind>';
    const text = await (await dav('PROPFIND', url, body, { depth: '0' })).text();
    return /displayname[^>]*>([^<]*)</.exec(text)?.[1] ?? '';
  };

  beforeAll(async () => {
    mkdirSync(at('files', 'local'), { recursive: true });
    writeFileSync(at('config'), config());
    writeFileSync(at('files', 'local', 'two.ics'), event('two', 'Second'));
    await put('one.ics', event('one', 'First'));
  });
  it('discovers the calendars and makes the missing one on each side', async () => {
    expect(await sync('discover', 'here')).toMatch(/- "default" \("Calendar"\)/);
    expect((await dav('PROPFIND', `${server().home('alice')}local/`, undefined, { depth: '0' })).status).toBe(207);
    expect(readdirSync(at('files')).sort()).toEqual(['default', 'local']);
  });
  it('copies both ways, byte by byte', async () => {
    await sync('sync', 'here');
    expect(readFileSync(at('files', 'default', 'one.ics'), 'utf8')).toBe(event('one', 'First'));
    expect(await (await dav('GET', `${server().home('alice')}local/two.ics`)).text()).toBe(event('two', 'Second'));
  });
  it('brings an edit of each side to the other', async () => {
    await put('one.ics', event('one', 'First, edited'));
    writeFileSync(at('files', 'local', 'two.ics'), event('two', 'Second, edited'));
    await sync('sync', 'here');
    expect(readFileSync(at('files', 'default', 'one.ics'), 'utf8')).toContain('First, edited');
    expect(await (await dav('GET', `${server().home('alice')}local/two.ics`)).text()).toContain('Second, edited');
  });
  it('meets a conflict: both sides edited the same event', async () => {
    await put('one.ics', event('one', 'Of the server'));
    writeFileSync(at('files', 'default', 'one.ics'), event('one', 'Of the file'));
    await sync('sync', 'here');
    expect(readFileSync(at('files', 'default', 'one.ics'), 'utf8')).toContain('Of the server');
  });
  it('brings a deletion of each side to the other', async () => {
    await put('three.ics', event('three', 'Third'));
    await put('four.ics', event('four', 'Fourth'));
    await sync('sync', 'here');
    expect(local('default')).toEqual(['four.ics', 'one.ics', 'three.ics']);
    await dav('DELETE', `${server().calendar('alice')}three.ics`);
    rmSync(at('files', 'default', 'four.ics'));
    await sync('sync', 'here');
    expect(local('default')).toEqual(['one.ics']);
    expect((await dav('GET', `${server().calendar('alice')}four.ics`)).status).toBe(404);
  });
  it('brings names and colours of calendars both ways', async () => {
    await sync('metasync', 'here');
    expect(readFileSync(at('files', 'default', 'displayname'), 'utf8')).toBe('Calendar');
    writeFileSync(at('files', 'local', 'displayname'), 'Über & all');
    await sync('metasync', 'here');
    expect(await displayName('local')).toBe('Über &amp; all');
  });
  it('finds nothing to do the second time', async () => {
    await sync('sync', 'here');
    expect(await sync('sync', 'here')).not.toMatch(/Copying|Deleting/);
  });
  it('moves a calendar from one user to another, and a meeting in it invites', async () => {
    const guests = [
      'ORGANIZER:mailto:bob@example.com',
      'ATTENDEE:mailto:carol@example.com',
      'ATTENDEE:mailto:eve@elsewhere.test',
    ];
    await put('meeting.ics', event('meeting', 'Bob’s', guests));
    expect(await server().notified()).toEqual([]);
    await sync('discover', 'over');
    await sync('sync', 'over');
    expect(await server().notified()).toEqual(['REQUEST imip eve@elsewhere.test', 'REQUEST inbox carol@example.com']);
  });
});

describe('litmus', () => {
  const server = usePractice();
  /** How many tests each suite of litmus 0.13 holds: a suite that breaks off early must not pass. */
  const SUITES = [
    ['basic', 16],
    ['copymove', 13],
    ['props', 30],
    ['http', 4],
  ] as const;
  const litmus = async (suite: string): Promise<{ readonly name: string; readonly result: string }[]> => {
    const cwd = path.join(server().folder, suite);
    mkdirSync(cwd);
    const args = ['-k', server().home('alice'), 'alice', server().password];
    const { stdout } = await runClient('litmus', args, { cwd, env: { TESTS: suite } });
    const lines = stdout.matchAll(/(\w+)\.{2,} (pass|FAIL|SKIPPED|WARNING)([^\r\n]*)/g);
    return [...lines].map(([, name = '', result = '', why = '']) => ({ name, result: result + why }));
  };
  it.each(SUITES)('%s: all %i tests', async (suite, count) => {
    const tests = await litmus(suite);
    const warned = ({ result }: { result: string }): boolean => result.includes('Class 2');
    expect(tests.filter((one) => one.result !== 'pass' && !warned(one))).toEqual([]);
    expect(tests).toHaveLength(count);
  });
  it('locks: not offered, and the suite sees that', async () => {
    expect(await litmus('locks')).toContainEqual({ name: 'precond', result: expect.stringMatching(/^SKIPPED/) });
  });
});
