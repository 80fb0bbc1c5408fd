import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { filled, restore, targetOf } from './command-line.ts';
import type { CommandResult } from './command-line.ts';
import { useServer } from './harness.ts';
import type { RunningServer, ServerName } from './harness.ts';
import { plainClient } from './plain-http.ts';

/** A backup that holds only a part of what an object of the calendar holds: the rest of the object is never lost. */
const work = mkdtempSync(path.join(tmpdir(), 'hushcal-parts.'));
afterAll(() => rmSync(work, { recursive: true, force: true }));

interface Case {
  readonly name: ServerName;
  readonly flags: readonly string[];
  /** Whether it stores an object with two UIDs at all (RFC 4791 §4.1 forbids it). */
  readonly mixesUids: boolean;
}

const CASES: readonly Case[] = [
  { name: 'radicale', flags: ['--scheduling', 'none', '--assume', 'no-mail-hook'], mixesUids: false },
  { name: 'xandikos', flags: ['--scheduling', 'none'], mixesUids: true },
  { name: 'cyrus', flags: ['--scheduling', 'none'], mixesUids: false },
  { name: 'sogo', flags: ['--scheduling', 'all'], mixesUids: true },
];

function calendar(...events: readonly (readonly string[])[]): string {
  const body = events.flatMap((lines) => ['BEGIN:VEVENT', 'DTSTAMP:20260101T000000Z', ...lines, 'END:VEVENT']);
  return ['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//Example//Test//EN', ...body, 'END:VCALENDAR', ''].join('\r\n');
}

const event = (uid: string, title: string): readonly string[] => [
  `UID:${uid}`,
  'DTSTART:20370302T100000Z',
  'DTEND:20370302T110000Z',
  `SUMMARY:${title}`,
];
const series = calendar([...event('series', 'Every day'), 'RRULE:FREQ=DAILY;COUNT=10']);
const instance = calendar([
  'UID:series',
  'SEQUENCE:2',
  'RECURRENCE-ID:20370304T100000Z',
  'DTSTART:20370304T140000Z',
  'DTEND:20370304T150000Z',
  'SUMMARY:Once later',
]);
const two = calendar(event('one', 'One'), event('other', 'Other'));
const newer = calendar([...event('one', 'One, newer'), 'SEQUENCE:3']);

describe.each(CASES)('a part of an object, on $name', ({ name, flags, mixesUids }) => {
  const server = useServer(name);

  it('one changed instance is put into its series, and the series stays', async () => {
    expect(await put(server(), 'series.ics', series)).toBeLessThan(300);
    const result = await restoreText(server(), instance, flags);
    expect(filled(result.settled?.totals), result.stderr).toEqual({ updated: 1 });
    expect(result.code).toBe(0);
    const text = await read(server(), 'series.ics');
    expect(text).toMatch(/RRULE:FREQ=DAILY/);
    expect(text).toMatch(/SUMMARY:Every day/);
    expect(text).toMatch(/SUMMARY:Once later/);
  });

  it('an object with two UIDs is not written through by one of them', async () => {
    const status = await put(server(), 'two.ics', two);
    if (!mixesUids) {
      expect(status).toBeGreaterThanOrEqual(400);
      return;
    }
    expect(status).toBeLessThan(300);
    const before = await read(server(), 'two.ics');
    const result = await restoreText(server(), newer, [...flags, '--on-conflict', 'replace']);
    expect(filled(result.settled?.totals), result.stderr).toEqual({ conflict: 1 });
    expect(result.items[0]?.reason).toContain('holds another one, too');
    expect(result.code).not.toBe(0);
    expect(await read(server(), 'two.ics')).toBe(before);
    expect(before).toMatch(/SUMMARY:Other/);
  });
});

function restoreText(server: RunningServer, text: string, flags: readonly string[]): Promise<CommandResult> {
  const source = path.join(work, `${server.name}.ics`);
  writeFileSync(source, text);
  return restore([source], targetOf(server, 'alice'), flags, path.join(work, 'runs'));
}

async function put(server: RunningServer, name: string, body: string): Promise<number> {
  const headers = { 'Content-Type': 'text/calendar; charset=utf-8' };
  const user = server.user('alice');
  return (await plainClient(server, user).request('PUT', user.calendar + name, { body, headers })).status;
}

async function read(server: RunningServer, name: string): Promise<string> {
  const user = server.user('alice');
  const { status, body } = await plainClient(server, user).request('GET', user.calendar + name);
  if (status !== 200) throw new Error(`GET ${name}: ${String(status)}`);
  return body.toString('utf8').replace(/\r?\n[ \t]/g, '');
}
