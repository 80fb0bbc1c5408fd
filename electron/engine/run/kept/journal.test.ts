import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { etag } from '../../plan/testing/resources.ts';
import { atOnce } from '../../yielding.ts';
import { IntentFeed } from '../writing/feed.ts';
import { Journal } from './journal.ts';
import { PackReader, PackWriter } from './pack.ts';
import { readJournal, replaying, type Replay } from './replay.ts';
import { LineWriter } from './sealed-lines.ts';
import type { JournalRecord } from '../types.ts';

let dir: string;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'hushcal-journal-'));
});
afterEach(async () => {
  await rm(dir, { recursive: true, force: true });
});

/** Name of the folder that a journal is in. */
const OWNER = 'r';
const replay = (bytes: Buffer, owner: string): Replay => atOnce(replaying(bytes, owner));

const outcome = (row: number) =>
  ({ row, outcome: 'created', reason: '', status: 201, href: `/c/${row}.ics`, etag: '"1"', ms: 3 }) as const;
const applied = (row: number): JournalRecord => ({ k: 'applied', ...outcome(row) });

describe('journal', () => {
  it('keeps the order of what is appended and committed by many at once', async () => {
    const path = join(dir, 'journal.jsonl');
    const journal = await Journal.open(path, OWNER);
    const waits = Array.from({ length: 200 }, (_, row) => {
      if (row % 3 === 0) journal.append(applied(row));
      else return journal.commit({ k: 'intent', rows: [row] });
      return Promise.resolve();
    });
    await Promise.all(waits);
    await journal.close();
    const lines = (await readFile(path, 'utf8')).trimEnd().split('\n');
    expect(lines.map((line) => /"rows?":\[?(\d+)/.exec(line)?.[1])).toEqual(waits.map((_, row) => String(row)));
  });

  it.each(['{"k":"op', '{"k":"intent","rows":[1]}\n{"k":"app'])(
    'goes on after a record that a crash tore: %s',
    async (torn) => {
      const path = join(dir, 'journal.jsonl');
      await writeFile(path, torn);
      const journal = await Journal.open(path, basename(dir), (await readJournal(path)).end);
      await journal.commit({ k: 'intent', rows: [7] });
      await journal.close();
      expect((await readJournal(path)).rows.get(7)?.intended).toBe(true);
    },
  );

  it('reads a code that this version does not know, with its words', () => {
    const failure = { code: 'OF_ANOTHER_VERSION', message: 'What it was.', reaction: 'stop-job' };
    const lines = [
      { k: 'problem', failure },
      { k: 'settled', status: 'stopped', at: 'then', problems: [failure] },
    ];
    const run = replay(Buffer.from(lines.map((line) => `${JSON.stringify(line)}\n`).join('')), OWNER);
    const read = { ...failure, code: 'UNKNOWN_CODE' };
    expect([run.problems, run.settled?.problems]).toEqual([[read], [read]]);
  });

  it('reads that people were notified against the mode by its name of before', () => {
    const problem = { k: 'problem', failure: { code: 'TOLD_ANYWAY', message: 'Why.', reaction: 'stop-job' } };
    const writer = new LineWriter(OWNER);
    const lines = [problem, problem, { k: 'resumed', at: 'later' }].map((record) => `${writer.line(record)}\n`);
    const damaged = [lines[0], lines[1]?.replace('Why.', 'Who.'), lines[2]].join('');
    const kept = [JSON.stringify(problem), ''].join('\n');
    const codes = [kept, damaged].map((text) => replay(Buffer.from(text), OWNER).problems.map(({ code }) => code));
    expect(codes).toEqual([['NOTIFIED_ANYWAY'], ['NOTIFIED_ANYWAY', 'NOTIFIED_ANYWAY']]);
  });

  it('has on the disk what was committed, before it is closed', async () => {
    const path = join(dir, 'journal.jsonl');
    const journal = await Journal.open(path, basename(dir));
    journal.append({ k: 'open', v: 1, runId: 'r', hash: 'h', at: 'now' });
    await journal.commit({ k: 'intent', rows: [1, 2] });
    expect((await readJournal(path)).rows.get(2)?.intended).toBe(true);
    await journal.close();
  });

  it('rejects commits once writing failed, and hides no gap', async () => {
    const journal = await Journal.open('/dev/full', OWNER);
    await expect(journal.commit({ k: 'intent', rows: [1] })).rejects.toThrow(/ENOSPC/);
    await expect(journal.commit({ k: 'intent', rows: [2] })).rejects.toThrow(/ENOSPC/);
    await expect(journal.close()).rejects.toThrow(/ENOSPC/);
  });
});

describe('replay of a journal without checksums', () => {
  const records: readonly JournalRecord[] = [
    { k: 'open', v: 1, runId: 'r', hash: 'h', at: 'now' },
    { k: 'original', row: 1, body: { at: 0, length: 5 }, etag: etag('0') },
    { k: 'intent', rows: [0, 1, 2] },
    applied(0),
    { k: 'verified', row: 0, verdict: 'same', properties: [], etag: '"1"' },
    { k: 'final', ...outcome(0) },
    { k: 'withdrawn', rows: [2] },
    { k: 'settled', status: 'stopped', at: 'then', problems: [] },
  ];
  const bytes = Buffer.from(records.map((record) => `${JSON.stringify(record)}\n`).join(''));

  it('knows of every row what was recorded', () => {
    const { rows, settled, end } = replay(bytes, OWNER);
    expect(rows.get(0)).toMatchObject({
      intended: false,
      applied: { outcome: 'created' },
      verified: { verdict: 'same' },
    });
    expect(rows.get(1)).toMatchObject({ intended: true, original: { etag: '"0"' }, final: null });
    expect(rows.get(2)?.intended).toBe(false);
    expect(settled?.status).toBe('stopped');
    expect(end.validBytes).toBe(bytes.length);
  });

  it('takes any prefix, and only whole records of it', () => {
    for (let cut = 0; cut <= bytes.length; cut += 1) {
      const { end, rows } = replay(bytes.subarray(0, cut), OWNER);
      expect(end.validBytes).toBeLessThanOrEqual(cut);
      expect(replay(bytes.subarray(0, end.validBytes), OWNER).rows).toEqual(rows);
    }
  });

  it('is done record by record, so that others have their turn in between', () => {
    const work = replaying(bytes, OWNER);
    let turns = 0;
    while (work.next().done !== true) turns += 1;
    expect(turns).toBe(records.length);
  });

  it('forgets the end when the run was taken up again', () => {
    const more = Buffer.concat([bytes, Buffer.from('{"k":"resumed","at":"later"}\n')]);
    expect(replay(more, OWNER).settled).toBeNull();
  });

  it('refuses what it cannot read', () => {
    for (const line of ['{"k":"intent","rows":["x"]}', '{"k":"unheard of"}', 'not json', '']) {
      expect(() => replay(Buffer.concat([bytes, Buffer.from(`${line}\n`)]), OWNER)).toThrow(
        /journal of this run is damaged/,
      );
    }
    expect(() => replay(Buffer.from('{"k":"open","v":2,"runId":"r","hash":"h","at":"now"}\n'), OWNER)).toThrow();
  });
});

describe('pack', () => {
  it('gives back every slice, also after it was opened again', async () => {
    const path = join(dir, 'pack');
    const texts = Array.from({ length: 50 }, (_, at) => Buffer.alloc(at * 7, at));
    const slices = [];
    for (const half of [texts.slice(0, 25), texts.slice(25)]) {
      const writer = await PackWriter.open(path);
      for (const text of half) slices.push(await writer.append(text));
      await writer.sync();
      await writer.close();
    }
    const reader = new PackReader(path);
    for (const [at, slice] of slices.entries()) expect(await reader.read(slice)).toEqual(texts[at]);
    await expect(reader.read({ at: 1_000_000, length: 1 })).rejects.toThrow(/damaged/);
    await reader.close();
  });
});

describe('intent feed', () => {
  it('hands out each row once, never before its chunk is durable', async () => {
    const durable = new Set<number>();
    const feed = new IntentFeed([...Array(100).keys()], 8, async (chunk) => {
      await Promise.resolve();
      for (const row of chunk) durable.add(row);
      return chunk.filter((row) => row % 10 !== 0);
    });
    const seen: number[] = [];
    const worker = async (): Promise<void> => {
      for (let row = await feed.next(); row !== undefined; row = await feed.next()) {
        expect(durable.has(row)).toBe(true);
        seen.push(row);
      }
    };
    await Promise.all([worker(), worker(), worker()]);
    expect(seen.sort((a, b) => a - b)).toEqual([...Array(100).keys()].filter((row) => row % 10 !== 0));
    expect(await feed.leftOver()).toEqual([]);
  });

  it('stops everybody when a chunk cannot be made durable', async () => {
    const feed = new IntentFeed([1, 2, 3], 2, () => Promise.reject(new Error('disk full')));
    await expect(feed.next()).rejects.toThrow('disk full');
  });

  it('tells what was intended and not handed out', async () => {
    const feed = new IntentFeed([1, 2, 3, 4], 3, (chunk) => Promise.resolve(chunk));
    expect(await feed.next()).toBe(1);
    expect(await feed.leftOver()).toEqual(expect.arrayContaining([2, 3]));
  });
});
