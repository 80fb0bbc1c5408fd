import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ArchiveReader, MANIFEST, manifestText } from '../../engine/backup/archive-reader.ts';
import { event, openWorld, type World } from '../../engine/jobs/testing/world.ts';
import { zip, type ZipEntry } from '../../engine/read/testing/packing.ts';
import { sayIn, toCalendar, type Said } from '../testing/said.ts';

let world: World;
beforeEach(async () => {
  world = await openWorld();
});
afterEach(() => world.close());

const say = (...argv: readonly string[]): Promise<Said> => sayIn(world, argv);
const verify = (...argv: readonly string[]): Promise<Said> => say('verify', ...argv, '--runs', world.runsDir);

const login = (): readonly string[] => [
  '--calendar',
  world.calendarUrl,
  '--user',
  'alice',
  '--password-env',
  'PASSWORD',
];

describe('a backup', () => {
  beforeEach(async () => {
    for (const uid of ['a', 'b', 'c']) await world.put(`${uid}.ics`, event(uid));
    expect((await say('backup', ...login(), '--out', 'all.zip')).code).toBe(0);
  });

  /** The entries of the backup, as somebody else packs them. */
  async function packed(name: string, change: (entries: ZipEntry[]) => readonly ZipEntry[]): Promise<void> {
    const archive = await ArchiveReader.open(join(world.dir, 'all.zip'));
    const entries: ZipEntry[] = [{ name: MANIFEST, content: Buffer.from(manifestText(archive.manifest)) }];
    for (const entry of archive.names) {
      entries.push({ name: entry, content: (await archive.read(entry)) ?? Buffer.alloc(0) });
    }
    archive.close();
    await writeFile(join(world.dir, name), zip(change(entries)));
  }

  it('is as it was written', async () => {
    expect(await verify('all.zip')).toMatchObject({ code: 0, out: expect.stringContaining('as it was written') });
    await packed('again.zip', (entries) => entries);
    expect((await verify('again.zip')).code).toBe(0);
  });

  it.each([
    ['changed', (content: Buffer) => Buffer.from(content.toString('utf8').replace('Planning', 'Plannung')), 'SHA-256'],
    ['missing', () => null, 'is not in it'],
  ])('of which an entry is %s is named, and the others are restored', async (_kind, change, words) => {
    await packed('other.zip', (entries) =>
      entries.flatMap((entry) => {
        const content = entry.name.endsWith('b.ics') ? change(entry.content) : entry.content;
        return content === null ? [] : [{ ...entry, content }];
      }),
    );
    const checked = await verify('other.zip', '--json');
    expect(checked.code).toBe(1);
    expect(JSON.parse(checked.out)).toMatchObject({
      kind: 'backup',
      sound: false,
      problems: [expect.stringContaining('b.ics')],
    });
    world.server.reset();
    const restored = await say('restore', 'other.zip', ...toCalendar(world), '--scheduling', 'none', '--yes');
    expect([restored.code, restored.out + restored.err]).toEqual([1, expect.stringContaining(words)]);
    expect([...(await world.objects()).values()].map((text) => /UID:(.)/.exec(text)?.[1]).sort()).toEqual(['a', 'c']);
  });

  it('into which an entry was put is named, and that entry is not restored', async () => {
    await packed('more.zip', (entries) => [...entries, { name: 'x/y.ics', content: Buffer.from(event('y')) }]);
    expect(await verify('more.zip')).toMatchObject({ code: 1, out: expect.stringContaining('x/y.ics') });
    world.server.reset();
    await say('restore', 'more.zip', ...toCalendar(world), '--scheduling', 'none', '--yes');
    expect((await world.objects()).size).toBe(3);
  });

  it('whose list was edited says so, and restores what is sound', async () => {
    await packed('list.zip', ([list, ...events]) => [
      { name: MANIFEST, content: Buffer.from(list?.content.toString('utf8').replace('"alice"', '"alicf"') ?? '') },
      ...events,
    ]);
    expect(await verify('list.zip')).toMatchObject({ code: 1, out: expect.stringContaining('list of this backup') });
    world.server.reset();
    const restored = await say('restore', 'list.zip', ...toCalendar(world), '--scheduling', 'none', '--yes');
    expect([restored.code, (await world.objects()).size]).toEqual([1, 3]);
  });
});

describe('any other archive', () => {
  it('is checked by its CRC, also where it is restored from', async () => {
    const name = 'a/plain.ics';
    const bytes = zip([{ name, content: Buffer.from(event('p')) }]);
    await writeFile(join(world.dir, 'plain.zip'), bytes);
    expect((await verify('plain.zip')).code).toBe(0);
    // The CRC in the central directory, which is the one that counts.
    const at = bytes.indexOf('PK\x01\x02', 0, 'latin1') + 16;
    bytes[at] = (bytes[at] ?? 0) ^ 1;
    await writeFile(join(world.dir, 'plain.zip'), bytes);
    expect(await verify('plain.zip')).toMatchObject({ code: 1, out: expect.stringContaining(name) });
    const restored = await say('restore', 'plain.zip', ...toCalendar(world), '--scheduling', 'none', '--yes');
    expect([restored.code, (await world.objects()).size]).toEqual([2, 0]);
  });

  it('and what is none has nothing to check', async () => {
    await writeFile(join(world.dir, 'plain.ics'), event('p'));
    expect(await verify('plain.ics')).toMatchObject({ code: 2, err: expect.stringContaining('no checksums') });
    expect((await verify('20260101T000000000-aaaaaaaa')).code).toBe(2);
  });
});

describe('a run', () => {
  it('is as it was written, until a bit of it flips; what it saved can be written out and restored', async () => {
    for (const uid of ['a', 'b']) await world.put(`${uid}.ics`, event(uid, ['SUMMARY:Old']));
    const source = await world.source('new.ics', event('a', ['SEQUENCE:1']));
    const { runId } = await world.restore({ sources: [source], onConflict: 'replace' });
    const folder = join(world.runsDir, runId);
    expect((await verify(runId, folder)).code).toBe(0);

    const head = join(folder, 'run.json');
    await writeFile(head, (await readFile(head, 'utf8')).replaceAll('"none"', '"all"'));
    expect(await verify(runId)).toMatchObject({ code: 1, out: expect.stringContaining('not as it was written') });
    const listed = await say('runs', '--runs', world.runsDir);
    expect(listed.out).toMatch(/damaged .*not as it was written.*--originals/s);
    for (const command of ['resume', 'undo', 'retry']) {
      const refused = await say(command, runId, '--password-env', 'PASSWORD', '--runs', world.runsDir, '--yes');
      expect([command, refused.code, refused.err]).toEqual([
        command,
        2,
        expect.stringContaining('not as it was written'),
      ]);
    }

    expect((await verify(runId, '--originals', 'rescued')).err).toContain('Originals written: 1');
    expect(await readdir(join(world.dir, 'rescued'))).toEqual(['000000.ics']);
    const back = ['--on-conflict', 'replace', '--scheduling', 'none', '--yes'];
    expect((await say('restore', 'rescued', ...toCalendar(world), ...back)).code).toBe(0);
    expect([...(await world.objects()).values()].join('')).not.toContain('Planning');
  });
});
