import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import yauzl from 'yauzl';
import { hushcal, targetOf } from './command-line.ts';
import { useServer, type RunningServer } from './harness.ts';
import { plainClient } from './plain-http.ts';

/**
 * What servers make of names: UIDs with a slash, a question mark, a number sign, a percent sign or a blank, and addresses
 * with a slash too many. A backup holds the very octets of every object that plain HTTP gets.
 */
const work = mkdtempSync(path.join(tmpdir(), 'hushcal-names.'));
afterAll(() => rmSync(work, { recursive: true, force: true }));

const UIDS = ['plain', 'a/b', 'q?x', 'nr#5', '100%', '50%25', 'two words', 'at@home', 'ü'];

describe.each(['radicale', 'cyrus', 'xandikos', 'sogo'] as const)('%s', (name) => {
  const server = useServer(name);

  it('keeps events under names of every kind, and a backup has them all', async () => {
    const stored = await fill(server());
    expect(stored.size).toBeGreaterThanOrEqual(UIDS.length - 2);
    const out = path.join(work, `${name}.zip`);
    const { code, stderr } = await backup(server(), targetOf(server(), 'alice').calendar, out);
    expect(code, stderr).toBe(0);
    expect(await bodiesIn(out)).toEqual([...stored.values()].sort());
  });

  it.each(['begin', 'end'])('has the same calendar at an address with a slash too many at its %s', async (where) => {
    const { calendar } = targetOf(server(), 'alice');
    const { origin, pathname } = new URL(calendar);
    const doubled = where === 'begin' ? `/${pathname}` : pathname.replace(/([^/]+\/)$/, '/$1');
    const status = await plainClient(server(), server().user('alice')).request('PROPFIND', doubled, {
      headers: { Depth: '0' },
    });
    const out = path.join(work, `${name}-${where}.zip`);
    const { code, stderr } = await backup(server(), origin + doubled, out);
    // A server that does not know such an address says so, and nothing is called complete.
    if (status.status !== 207) {
      expect(code, stderr).not.toBe(0);
      return;
    }
    expect(code, stderr).toBe(0);
    expect(await bodiesIn(out)).toEqual(await bodiesIn(path.join(work, `${name}.zip`)));
  });
});

/** The octets of each object as plain HTTP gets them afterwards, by UID; a name that the server does not take is left out. */
async function fill(running: RunningServer): Promise<ReadonlyMap<string, string>> {
  const alice = running.user('alice');
  const client = plainClient(running, alice);
  const stored = new Map<string, string>();
  for (const uid of UIDS) {
    const href = `${alice.calendar}${encodeURIComponent(uid)}.ics`;
    const headers = { 'Content-Type': 'text/calendar; charset=utf-8' };
    const { status } = await client.request('PUT', href, { body: text(uid), headers });
    const there = await client.request('GET', href);
    if (status < 300 && there.status === 200) stored.set(uid, there.body.toString('hex'));
  }
  return stored;
}

function text(uid: string): string {
  const lines = ['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//test//EN', 'BEGIN:VEVENT', `UID:${uid}`];
  const rest = ['DTSTAMP:20260101T000000Z', 'DTSTART:20370105T090000Z', 'DTEND:20370105T100000Z', `SUMMARY:${uid}`];
  return [...lines, ...rest, 'END:VEVENT', 'END:VCALENDAR', ''].join('\r\n');
}

function backup(running: RunningServer, calendar: string, out: string): ReturnType<typeof hushcal> {
  const { user, password } = targetOf(running, 'alice');
  return hushcal(['backup', '--calendar', calendar, '--user', user, '--out', out], password ?? 'any');
}

/** Octets of the events in a backup, sorted; none where there is no backup. */
async function bodiesIn(file: string): Promise<readonly string[]> {
  const bodies: string[] = [];
  const zip = await yauzl.openPromise(file, { autoClose: false, lazyEntries: true });
  for await (const entry of zip.eachEntry()) {
    if (!entry.fileName.endsWith('.ics')) continue;
    const chunks: Buffer[] = [];
    for await (const chunk of (await zip.openReadStreamPromise(entry)) as AsyncIterable<Buffer>) chunks.push(chunk);
    bodies.push(Buffer.concat(chunks).toString('hex'));
  }
  zip.close();
  return bodies.sort();
}
