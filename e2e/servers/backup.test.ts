import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import yauzl from 'yauzl';
import { z } from 'zod';
import { hushcal, restore, targetOf } from './command-line.ts';
import { useServer } from './harness.ts';
import type { RunningServer, ServerName } from './harness.ts';
import { plainClient } from './plain-http.ts';

/** What the command line saves is what plain HTTP gets, octet by octet; and it comes back. */
const work = mkdtempSync(path.join(tmpdir(), 'hushcal-backup.'));
afterAll(() => rmSync(work, { recursive: true, force: true }));

const manifestShape = z.looseObject({
  calendars: z.array(
    z.looseObject({
      syncToken: z.string().nullable(),
      properties: z.looseObject({ name: z.string().nullable() }),
      resources: z.array(z.looseObject({ path: z.string(), href: z.string(), uid: z.string() })),
      warnings: z.array(z.string()),
    }),
  ),
});
const resultShape = z.looseObject({
  events: z.number(),
  reused: z.number(),
  verified: z.number(),
  failed: z.array(z.unknown()),
  warnings: z.array(z.string()),
});

/** How a restore that changes nothing is asked for: a mode that the server is known to keep. */
const QUIET: Readonly<Record<ServerName, readonly string[]>> = {
  cyrus: ['--scheduling', 'none'],
  radicale: ['--scheduling', 'none', '--assume', 'no-mail-hook'],
  xandikos: ['--scheduling', 'none'],
  davical: ['--scheduling', 'all'],
  sogo: ['--scheduling', 'all'],
};

/** Two saved one after the other: the second says what has changed since the first. SOGo's ETags repeat. */
const TELLS_CHANGES: readonly ServerName[] = ['cyrus', 'radicale', 'xandikos', 'davical', 'sogo'];

describe.each(['cyrus', 'radicale', 'xandikos', 'davical', 'sogo'] as const)('%s', (name) => {
  const server = useServer(name);
  const file = (number: number) => path.join(work, `${name}-${number}.zip`);

  it('is saved byte for byte', async () => {
    await fill(server(), name);
    const { code, result, stderr } = await backup(server(), file(1));
    const there = await everything(server());
    expect(there.size).toBeGreaterThanOrEqual(4);
    expect(code, stderr).toBe(0);
    expect(result).toMatchObject({ events: there.size, verified: there.size, failed: [] });
    expect(await contentsOf(file(1))).toEqual(hexed(there));
    if (name === 'sogo') expect(result.warnings.join(' ')).toContain('SOGoDAVCalendarStartTimeLimit');
  });

  it('comes back: a restore finds everything unchanged', async () => {
    const { settled, stderr } = await restore(
      [file(1)],
      targetOf(server(), 'alice'),
      QUIET[name],
      path.join(work, 'runs'),
    );
    const count = (await everything(server())).size;
    expect(settled?.totals['unchanged'], stderr).toBe(count);
    expect(Object.values(settled?.totals ?? {}).reduce((sum, one) => sum + one, 0)).toBe(count);
  });

  it('takes over what did not change', async () => {
    const client = plainClient(server(), server().user('alice'));
    const { calendar } = server().user('alice');
    const before = await everything(server());
    await put(server(), `${calendar}later.ics`, text('later', 'Later'));
    const [first] = [...before.keys()];
    expect((await client.request('DELETE', first ?? '')).status).toBeLessThan(300);
    const { code, result, stderr } = await backup(server(), file(2), ['--since', file(1)]);
    expect(code, stderr).toBe(0);
    const there = await everything(server());
    expect(result.events).toBe(there.size);
    if (TELLS_CHANGES.includes(name)) expect(result.reused).toBe(there.size - 1);
    expect(await contentsOf(file(2))).toEqual(hexed(there));
  });
});

async function fill(running: RunningServer, name: ServerName): Promise<void> {
  const { calendar } = running.user('alice');
  for (const uid of ['one', 'two', 'three']) await put(running, `${calendar}${uid}.ics`, text(uid, `Event ${uid} äöü`));
  // Latin-1 octets: Cyrus stores them as they are, and its REPORT is not well-formed then.
  const latin = Buffer.from(text('four', 'caf\u00e9'), 'latin1');
  await put(running, `${calendar}four.ics`, name === 'cyrus' ? latin : text('four', 'café'));
}

async function put(running: RunningServer, href: string, body: string | Buffer): Promise<void> {
  const client = plainClient(running, running.user('alice'));
  const headers = { 'Content-Type': 'text/calendar; charset=utf-8' };
  const { status } = await client.request('PUT', href, { body, headers });
  if (status >= 300) throw new Error(`PUT ${href}: ${status}`);
}

function text(uid: string, title: string): string {
  const lines = ['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//test//EN', 'BEGIN:VEVENT', `UID:${uid}@backup.test`];
  const rest = ['DTSTAMP:20260101T000000Z', 'DTSTART:20370105T090000Z', 'DTEND:20370105T100000Z', `SUMMARY:${title}`];
  return [...lines, ...rest, 'END:VEVENT', 'END:VCALENDAR', ''].join('\r\n');
}

async function backup(running: RunningServer, out: string, more: readonly string[] = []) {
  const { calendar, user, password } = targetOf(running, 'alice');
  const args = ['backup', '--calendar', calendar, '--user', user, '--out', out, ...more];
  const { code, events, stderr } = await hushcal(args, password ?? 'any');
  return { code, stderr, result: resultShape.parse(events.find(({ kind }) => kind === 'backup') ?? {}) };
}

async function everything(running: RunningServer): Promise<ReadonlyMap<string, Buffer>> {
  const alice = running.user('alice');
  return plainClient(running, alice).readAll(alice.calendar);
}

/** Octets by href, read out of the zip by its manifest. */
async function contentsOf(file: string): Promise<Readonly<Record<string, string>>> {
  const entries = new Map<string, Buffer>();
  const zip = await yauzl.openPromise(file, { autoClose: false, lazyEntries: true });
  for await (const entry of zip.eachEntry()) {
    const chunks: Buffer[] = [];
    for await (const chunk of (await zip.openReadStreamPromise(entry)) as AsyncIterable<Buffer>) chunks.push(chunk);
    entries.set(entry.fileName, Buffer.concat(chunks));
  }
  zip.close();
  const manifest = manifestShape.parse(JSON.parse(entries.get('manifest.json')?.toString('utf8') ?? ''));
  const resources = manifest.calendars.flatMap((calendar) => calendar.resources);
  expect(entries.size).toBe(resources.length + 1);
  return Object.fromEntries(resources.map(({ href, path: name }) => [href, entries.get(name)?.toString('hex') ?? '']));
}

function hexed(bodies: ReadonlyMap<string, Buffer>): Readonly<Record<string, string>> {
  return Object.fromEntries([...bodies].map(([href, body]) => [href, body.toString('hex')]));
}
