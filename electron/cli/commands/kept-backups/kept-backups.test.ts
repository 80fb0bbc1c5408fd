import { readdir, readFile, rename, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { backupAge, retentionResult } from '../../../../shared/model/kept/backup.ts';
import { ArchiveReader, MANIFEST, manifestText } from '../../../engine/backup/archive-reader.ts';
import { event, openWorld, type World } from '../../../engine/jobs/testing/world.ts';
import { zip } from '../../../engine/read/testing/packing.ts';
import { sayIn, type Said } from '../../testing/said.ts';

let world: World;
beforeEach(async () => {
  world = await openWorld();
  await world.put('a.ics', event('a'));
});
afterEach(() => world.close());

const say = (...argv: readonly string[]): Promise<Said> => sayIn(world, argv);
const login = (): readonly string[] => [
  ...['--calendar', world.calendarUrl],
  ...['--user', 'alice', '--password-env', 'PASSWORD'],
];
const zips = async (): Promise<readonly string[]> =>
  (await readdir(world.dir)).filter((name) => name.endsWith('.zip')).toSorted();

/** A backup that says that it was made so many hours ago. */
async function backupOf(name: string, hours: number, lacks = false): Promise<void> {
  const made = join(world.dir, 'made.zip');
  expect((await say('backup', ...login(), '--out', made, '--overwrite')).code).toBe(0);
  const archive = await ArchiveReader.open(made);
  const at = new Date(Date.now() - hours * 3_600_000).toISOString();
  const missing = lacks ? { missing: [{ href: '/x.ics', reason: 'It could not be read.' }] } : {};
  const entries = [
    { name: MANIFEST, content: Buffer.from(manifestText({ ...archive.manifest, ...missing, at })) },
    ...(await Promise.all(
      archive.names.map(async (entry) => ({ name: entry, content: (await archive.read(entry)) ?? Buffer.alloc(0) })),
    )),
  ];
  archive.close();
  await rename(made, join(world.dir, `${name}.other`));
  await writeFile(join(world.dir, name), zip(entries));
}

/** Another octet in the text of an event. */
async function damage(name: string): Promise<void> {
  const path = join(world.dir, name);
  const bytes = await readFile(path);
  const at = bytes.indexOf('PK\x01\x02', 0, 'latin1');
  const second = bytes.indexOf('PK\x01\x02', at + 4, 'latin1') + 16;
  bytes[second] = (bytes[second] ?? 0) ^ 1;
  await writeFile(path, bytes);
}

describe('backup --keep', () => {
  const keep = (...argv: readonly string[]): Promise<Said> => say('backup', '--keep', '1d', '--folder', '.', ...argv);
  const result = (said: Said) => {
    const { kind, ...rest } = said.lines[0] as { kind: string };
    expect(kind).toBe('retention');
    return retentionResult.parse(rest);
  };

  it('lists, and deletes only with consent', async () => {
    for (const [name, hours] of [
      ['old.zip', 200],
      ['older.zip', 300],
      ['new.zip', 1],
    ] as const)
      await backupOf(name, hours);
    await writeFile(join(world.dir, 'photos.zip'), zip([{ name: 'a.txt', content: Buffer.from('x') }]));
    const all = await zips();
    const dry = await keep('--dry-run', '--json');
    expect([dry.code, result(dry).wouldRemove, result(dry).removed]).toEqual([0, ['old.zip', 'older.zip'], []]);
    expect(result(dry).kept).toMatchObject([{ name: 'new.zip', state: 'whole' }]);
    const shown = await keep();
    expect([shown.code, shown.out, shown.err]).toEqual([
      2,
      expect.stringContaining('goes     old.zip'),
      expect.stringContaining('Add --yes'),
    ]);
    expect(await zips()).toEqual(all);
    const done = await keep('--yes', '--json');
    expect([done.code, result(done).removed]).toEqual([0, ['old.zip', 'older.zip']]);
    expect(await zips()).toEqual(['new.zip', 'photos.zip']);
    expect((await keep('--yes')).code).toBe(0);
  });

  it('never deletes what no newer sound one replaces', async () => {
    for (const [name, hours] of [
      ['oldest.zip', 300],
      ['old.zip', 200],
      ['damaged.zip', 2],
    ] as const)
      await backupOf(name, hours);
    await damage('damaged.zip');
    await backupOf('late.incomplete.zip', 1, true);
    await backupOf('to-come.zip', -48);
    const done = await keep('--yes', '--json');
    expect([done.code, result(done).removed]).toEqual([1, ['oldest.zip']]);
    expect(result(done).problems.map(({ name }) => name)).toEqual([
      'damaged.zip',
      'late.incomplete.zip',
      'to-come.zip',
    ]);
    expect(await zips()).toEqual(['damaged.zip', 'late.incomplete.zip', 'old.zip', 'to-come.zip']);
  });

  it('keeps the last one of a calendar that is in no newer backup', async () => {
    await backupOf('old.zip', 200);
    const bob = world.server.info.users.find(({ user }) => user === 'bob');
    const url = new URL(bob?.calendar ?? '', world.server.info.base_url).href;
    const env = { env: { BOB: bob?.password } };
    const made = await sayIn(
      world,
      ['backup', '--calendar', url, '--user', 'bob', '--password-env', 'BOB', '--out', 'b.zip'],
      env,
    );
    expect(made.code).toBe(0);
    expect(result(await keep('--yes', '--json')).removed).toEqual([]);
  });

  it('follows a complete backup whose name has the date, with consent given before', async () => {
    await backupOf('old.zip', 200);
    const argv = ['backup', ...login(), '--out', 'alice-{date}.zip', '--keep', '1d'];
    const unasked = await say(...argv);
    expect([unasked.code, unasked.err, await zips()]).toEqual([2, expect.stringContaining('add --yes'), ['old.zip']]);
    const made = await say(...argv, '--yes', '--json');
    expect([made.code, made.lines.map((line) => (line as { kind: string }).kind)]).toEqual([
      0,
      ['backup', 'retention'],
    ]);
    expect(await zips()).toEqual([expect.stringMatching(/^alice-\d{4}-\d\d-\d\d\.zip$/)]);
  });

  it('deletes nothing after a backup that is not complete', async () => {
    await backupOf('old.zip', 300);
    await backupOf('new.zip', 200);
    const lacking = ['--calendar', new URL('none/', world.calendarUrl).href];
    const made = await say('backup', ...login(), ...lacking, '--out', 'x.zip', '--keep', '1d', '--yes');
    expect([made.code, made.err]).toEqual([1, expect.stringContaining('Nothing was deleted')]);
    expect(await zips()).toEqual(['new.zip', 'old.zip', 'x.incomplete.zip']);
  });

  it.each([
    ['--keep', '7x', '--folder', '.'],
    ['--keep', '7d', '--folder', 'nowhere'],
    ['--keep', '7d', '--folder', '.', '--all'],
    ['--keep', '7d', '--folder', '.', '--yes=abc'],
    ['--folder', '.'],
    ['--all', '--server', 'http://127.0.0.1:1', '--out', 'x.zip', '--yes'],
    ['--all', '--server', 'http://127.0.0.1:1', '--out', 'x.zip', '--keep', '7x', '--yes'],
  ])('refuses %s %s %s %s', async (...argv) => {
    expect(await say('backup', ...argv)).toMatchObject({ code: 2 });
  });
});

describe('backup-age', () => {
  const age = (...argv: readonly string[]): Promise<Said> => say('backup-age', '.', '--older-than', '26h', ...argv);

  it('is 0 where the newest is young enough, 2 where one series is not', async () => {
    await backupOf('alice-2026-11-20.zip', 200);
    await backupOf('alice-2026-11-29.zip', 25);
    const fresh = await age();
    expect([fresh.code, fresh.out]).toEqual([
      0,
      expect.stringMatching(/^OK: 1 of 1 fresh\nalice-\*: alice-2026-11-29\.zip, 25 h old/),
    ]);
    await backupOf('bob-2026-11-28.zip', 27);
    const stale = await age('--json');
    const { kind, ...found } = stale.lines[0] as { kind: string };
    expect([stale.code, kind, backupAge.parse(found).series.map((one) => [one.name, one.fresh])]).toEqual([
      2,
      'backup-age',
      [
        ['alice-*', true],
        ['bob-*', false],
      ],
    ]);
  });

  it.each([
    ['damaged', () => backupOf('alice-2026-11-29.zip', 1).then(() => damage('alice-2026-11-29.zip'))],
    ['incomplete', () => backupOf('alice-2026-11-29.incomplete.zip', 1, true)],
    ['from a day to come', () => backupOf('alice-2026-11-29.zip', -30)],
  ])('does not count one that is %s', async (_what, make) => {
    await make();
    expect((await age()).code).toBe(2);
    await backupOf('alice-2026-11-28.zip', 50);
    expect((await age()).code).toBe(2);
    await backupOf('alice-2026-11-27.zip', 20);
    expect(await age()).toMatchObject({ code: 1, out: expect.stringMatching(/^WARNING/) });
  });

  it('goes by what the backup says, not by when the file was changed', async () => {
    await backupOf('alice.zip', 50);
    await utimes(join(world.dir, 'alice.zip'), new Date(), new Date());
    expect((await age()).code).toBe(2);
  });

  it('is 2 for a folder without a backup, 3 where nothing can be said', async () => {
    expect(await age()).toMatchObject({ code: 2, out: expect.stringContaining('no backup') });
    expect((await say('backup-age', 'nowhere', '--older-than', '26h')).code).toBe(3);
    expect((await say('backup-age', '.')).code).toBe(3);
    expect((await say('backup-age', '.', '--older-than', '26')).code).toBe(3);
    expect((await say('backup-age', '.', '--older-than', '26h', '--wrong')).code).toBe(3);
  });
});
