import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { Budget } from './budget.ts';
import { DEFAULT_LIMITS } from './limits.ts';
import { codes, event, useLaid } from './testing/laid.ts';
import { tar, zip } from './testing/packing.ts';

const { file, read, labels } = useLaid();

describe('zip', () => {
  const good = { name: 'Takeout/Calendar/work.ics', content: Buffer.from(event('x')) };

  test('links in an archive are named, not followed; names of Windows are no way out', async () => {
    const content = Buffer.from('/etc/passwd');
    const archive = zip([
      { name: 'link.ics', content, unixMode: 0o120777 },
      { name: 'Calendar\\work.ics', content: good.content },
      { name: 'C:evil.ics', content: good.content },
      { name: '..\\..\\evil.ics', content: good.content },
    ]);
    const reading = await read([file('a.zip', archive)]);
    expect(codes(reading)).toEqual(['archive-link', 'unsafe-name', 'unsafe-name']);
    expect(labels(reading)).toEqual(['a.zip › Calendar/work.ics']);
  });

  test('the limits of an archive hold for the archives in it, too', async () => {
    const inner = zip([good, { ...good, name: 'second.ics' }]);
    const outer = file(
      'outer.zip',
      zip([
        { name: 'one.zip', content: inner },
        { name: 'two.zip', content: inner },
      ]),
    );
    expect((await read([outer], { maxArchiveEntries: 6 })).files).toHaveLength(4);
    expect(codes(await read([outer], { maxArchiveEntries: 5 }))).toEqual(['too-many-entries']);
    const octets = 2 * (inner.length + 2 * good.content.length);
    expect((await read([outer], { maxArchiveBytes: octets })).files).toHaveLength(4);
    expect(codes(await read([outer], { maxArchiveBytes: octets - 1 }))).toContain('archive-too-large');
  });
});

describe('many small entries', () => {
  test('all together are held against the size of the archive', () => {
    const mib = 1024 * 1024;
    expect(new Budget(DEFAULT_LIMITS, 1000).octets).toBe(64 * mib);
    expect(new Budget(DEFAULT_LIMITS, mib).octets).toBe(200 * mib);
    expect(new Budget(DEFAULT_LIMITS, 1000 * mib).octets).toBe(DEFAULT_LIMITS.maxArchiveBytes);
  });

  test('too many of them are ended, however little each one is', async () => {
    const content = Buffer.from(event('x').replace('END:VEVENT', `DESCRIPTION:${'A'.repeat(1_000_000)}\r\nEND:VEVENT`));
    const entries = Array.from({ length: 70 }, (_, at) => ({ name: `${String(at)}.ics`, content }));
    const reading = await read([file('many.zip', zip(entries))]);
    expect(codes(reading)).toEqual(['archive-too-large']);
    expect(reading.files.length).toBeLessThan(70);
  });
});

describe('gzip and tar', () => {
  const one = Buffer.from(event('x'));

  test('a compressed calendar, of one member or of several', async () => {
    const several = Buffer.concat([gzipSync(one), gzipSync(event('y'))]);
    const reading = await read([file('a.ics.gz', gzipSync(one)), file('b.ics.gz', several)]);
    expect(codes(reading)).toEqual([]);
    expect(reading.files.map(({ path: at }) => readFileSync(at, 'utf8'))).toEqual([
      event('x'),
      event('x') + event('y'),
    ]);
  });

  test('a tar archive, compressed or not, with another archive in it', async () => {
    const inner = zip([{ name: 'inner.ics', content: one }]);
    const archive = tar({ 'home/alice/work.ics': one, 'home/photo.jpg': Buffer.from('x'), 'home/in.zip': inner });
    const reading = await read([file('a.tar', archive), file('a.tar.gz', gzipSync(archive))]);
    expect(codes(reading)).toEqual([]);
    expect(labels(reading)).toEqual([
      'a.tar › home/alice/work.ics',
      'a.tar › home/in.zip › inner.ics',
      'a.tar.gz › home/alice/work.ics',
      'a.tar.gz › home/in.zip › inner.ics',
    ]);
  });

  test('names that lead out, links and damage cost themselves only', async () => {
    const archive = tar({ '../../escape.ics': one, 'link.ics': '/etc/passwd', 'good.ics': one });
    const reading = await read([file('a.tar', archive), file('cut.tar', archive.subarray(0, 2000))]);
    expect(labels(reading)).toContain('a.tar › good.ics');
    expect(codes(reading).slice(0, 2)).toEqual(['unsafe-name', 'archive-link']);
    expect(codes(reading).at(-1)).toBe('cut-archive');
  });

  test.each([
    ['zip-bomb', {}, gzipSync(Buffer.alloc(20 * 1024 * 1024, 'A'))],
    ['archive-too-large', { maxArchiveBytes: 50 }, gzipSync(one)],
    ['nested-too-deep', {}, gzipSync(gzipSync(gzipSync(one)))],
  ])('%s', async (code, limits, content) => {
    expect(codes(await read([file('a.ics.gz', content)], limits))).toEqual([code]);
  });

  test.each([
    ['too-many-entries', { maxArchiveEntries: 1 }],
    ['archive-too-large', { maxArchiveBytes: 150 }],
    ['too-large', { maxFileBytes: 3000 }],
  ])('%s in a tar archive', async (code, limits) => {
    const big = Buffer.concat([one, Buffer.alloc(code === 'too-large' ? 3000 : 0, ' ')]);
    const archive = tar({ 'a.ics': one, 'b.ics': big });
    const reading = await read([file('a.tar', archive)], code === 'too-large' ? {} : limits);
    if (code !== 'too-large') expect(codes(reading)).toEqual([code]);
    expect(reading.files.length).toBe(code === 'too-large' ? 2 : 1);
  });
});
