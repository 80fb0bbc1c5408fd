import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { compareWithSource, isSame, neededRewrites } from './compare.ts';
import { filled, restore, targetOf } from './command-line.ts';
import type { CommandResult } from './command-line.ts';
import { chooseRealEvents, cutOut, hasGuests } from './corpus.ts';
import type { RealEvent, RealFile } from './corpus.ts';
import { useServer } from './harness.ts';
import type { RunningServer, ServerName } from './harness.ts';
import { readComponents, valueOf } from './line-reader.ts';
import type { Component } from './line-reader.ts';
import { plainClient } from './plain-http.ts';
import { keeps, rewritesOf } from './rewrites.ts';

/** Real events, restored by the command line and read back by other means. */
const COUNT = 300;
const work = mkdtempSync(path.join(tmpdir(), 'hushcal-restore.'));
afterAll(() => rmSync(work, { recursive: true, force: true }));

interface Case {
  readonly name: ServerName;
  readonly flags: readonly string[];
  readonly accept: (event: RealEvent) => boolean;
}

const CASES: readonly Case[] = [
  {
    name: 'radicale',
    flags: ['--scheduling', 'none', '--assume', 'no-mail-hook'],
    accept: ({ events }) => keeps('radicale', events),
  },
  {
    name: 'cyrus',
    flags: ['--scheduling', 'all'],
    accept: (event) => keeps('cyrus', event.events) && !hasGuests(event),
  },
];

describe.each(CASES)(`${COUNT} real events into $name`, ({ name, flags, accept }) => {
  const server = useServer(name);
  const files = () => chooseRealEvents(COUNT, accept);
  const events = () => files().flatMap((file) => file.events);
  let restored: Promise<CommandResult> | undefined;
  /** Once for all tests of this server; what went wrong in it fails each of them. */
  const restoreOnce = () => (restored ??= restoreAll(server(), writeBackup(name, files()), flags));

  it('ends with every event created and verified', async () => {
    const { code, settled, stderr } = await restoreOnce();
    expect(filled(settled?.totals), stderr).toEqual({ created: COUNT });
    expect(settled?.verified).toBe(COUNT);
    expect(settled?.status).toBe('complete');
    expect(code).toBe(0);
  });

  it('names each event with its file and line', async () => {
    const { items } = await restoreOnce();
    const created = items.filter(({ outcome }) => outcome === 'created');
    expect(created.map(({ uid }) => uid).sort()).toEqual(
      events()
        .map(({ uid }) => uid)
        .sort(),
    );
    for (const { file, line } of created) {
      expect(file).toMatch(/\.ics$/);
      expect(line).toBeGreaterThan(0);
    }
  });

  it('leaves nothing out and alters nothing but what the table says', async () => {
    await restoreOnce();
    const stored = await storedByUid(server());
    const rewrites = rewritesOf(name);
    const wrong = events().flatMap((event) => {
      const found = stored.get(event.uid);
      if (found === undefined) return [`${event.file} ${event.uid}: not there`];
      const { lost, added } = compareWithSource(event, found, rewrites);
      if (isSame({ lost, added })) return [];
      return [
        [`${event.file} ${event.uid}`, ...lost.map((text) => `- ${text}`), ...added.map((text) => `+ ${text}`)].join(
          '\n',
        ),
      ];
    });
    expect(wrong).toEqual([]);
    expect(stored.size).toBe(COUNT);
  });

  it('needs every row of the table', async () => {
    await restoreOnce();
    const stored = await storedByUid(server());
    const rewrites = rewritesOf(name);
    const counts = new Map(rewrites.map((rewrite) => [rewrite.name, 0]));
    for (const event of events()) {
      const found = stored.get(event.uid);
      if (found === undefined) continue;
      for (const rewrite of neededRewrites(event, found, rewrites)) {
        counts.set(rewrite.name, (counts.get(rewrite.name) ?? 0) + 1);
      }
    }
    const table = [...counts].map(([row, count]) => `  ${String(count).padStart(4)} ${row}\n`).join('');
    process.stdout.write(`${name} re-wrote, in so many events:\n${table}`);
    expect([...counts].filter(([, count]) => count === 0)).toEqual([]);
  });

  it('tells nobody', async () => {
    await restoreOnce();
    expect(await server().mail()).toEqual([]);
    for (const other of server().description.users.filter(({ user }) => user !== 'alice')) {
      expect(await plainClient(server(), other).list(other.calendar)).toEqual([]);
    }
  });

  it('writes nothing the second time', async () => {
    await restoreOnce();
    const before = await bytesOf(server());
    const { code, settled, stderr } = await restoreAll(server(), path.join(work, name), flags);
    expect(filled(settled?.totals), stderr).toEqual({ unchanged: COUNT });
    expect(code).toBe(0);
    expect(await bytesOf(server())).toEqual(before);
  });
});

/** The chosen events as a folder of backups, with the bytes of the corpus. */
function writeBackup(name: ServerName, files: readonly RealFile[]): string {
  const folder = path.join(work, name);
  for (const file of files) {
    const target = path.join(folder, file.file);
    mkdirSync(path.dirname(target), { recursive: true });
    writeFileSync(target, cutOut(file));
  }
  return folder;
}

function restoreAll(running: RunningServer, folder: string, flags: readonly string[]): Promise<CommandResult> {
  return restore([folder], targetOf(running, 'alice'), flags, path.join(work, 'runs'));
}

async function storedByUid(running: RunningServer): Promise<ReadonlyMap<string, Component>> {
  const alice = running.user('alice');
  const bodies = await plainClient(running, alice).readAll(alice.calendar);
  const byUid = new Map<string, Component>();
  for (const [href, body] of bodies) {
    const [calendar, ...more] = readComponents(body);
    const event = calendar?.components.find((one) => one.name === 'VEVENT');
    const uid = event === undefined ? undefined : valueOf(event, 'UID');
    if (calendar === undefined || uid === undefined || more.length > 0) throw new Error(`${href} is not one event`);
    if (byUid.has(uid)) throw new Error(`${uid} is there twice`);
    byUid.set(uid, calendar);
  }
  return byUid;
}

/** What is stored, byte for byte, by path. */
async function bytesOf(running: RunningServer): Promise<Readonly<Record<string, string>>> {
  const alice = running.user('alice');
  const bodies = await plainClient(running, alice).readAll(alice.calendar);
  return Object.fromEntries([...bodies].map(([href, body]) => [href, body.toString('latin1')]));
}
