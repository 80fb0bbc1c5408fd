import { chmod, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect } from 'vitest';
import type { PracticeServer } from '../../electron/practice/index.ts';

const CLI = path.resolve(import.meta.dirname, '../../out/main/cli.cjs');

/** Puts the built command line into a folder, as `hushcal`. */
export async function writeHushcal(dir: string): Promise<void> {
  const hushcal = path.join(dir, 'hushcal');
  await writeFile(hushcal, `#!/bin/sh\nexec '${process.execPath}' '${CLI}' "$@"\n`);
  await chmod(hushcal, 0o755);
}

/** A mapping `people.csv` of the users' first calendars; passwords in HUSHCAL_OLD and HUSHCAL_NEW. */
export async function writePeople(dir: string, old: PracticeServer, users: readonly string[]): Promise<void> {
  const rows = users.map(
    (user) => `${new URL(`/dav/calendars/${user}/default/`, old.info.base_url).href},${user},HUSHCAL_NEW,HUSHCAL_OLD`,
  );
  const head = 'source,user,password_env,source_password_env';
  await writeFile(path.join(dir, 'people.csv'), [head, ...rows, ''].join('\n'));
}

/** A meeting with a colleague who is not in the mapping, and an appointment. */
export async function putBoth(server: PracticeServer, user: string): Promise<void> {
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

/** How many events are in the first calendar of a user. */
export async function countOf(server: PracticeServer, user: string): Promise<number> {
  const url = new URL(`/dav/calendars/${user}/default/`, server.info.base_url);
  const answer = await fetch(url, { method: 'PROPFIND', headers: { authorization: basic(user, server), depth: '1' } });
  return (await answer.text()).match(/href>[^<]+\.ics</g)?.length ?? 0;
}

function basic(user: string, server: PracticeServer): string {
  return `Basic ${Buffer.from(`${user}:${server.info.admin.password}`).toString('base64')}`;
}
