import { describe, expect, it } from 'vitest';
import { LineWriter } from '../../run/kept/sealed-lines.ts';
import type { BatchRecord } from './records.ts';
import { replayBatch } from './replay.ts';

const OWNER = '20260101T000000000-aaaaaaaa';
const AT = '2026-01-01T00:00:00.000Z';
const NOTIFIED = { code: 'NOTIFIED_ANYWAY', message: 'The server notified people.', reaction: 'stop-job' } as const;

const RECORDS: readonly BatchRecord[] = [
  { k: 'batch', v: 1, batchId: OWNER, hash: 'h', at: AT },
  { k: 'began', member: 0, runId: 'run-0', at: AT },
  { k: 'held', member: 0, runId: 'run-0', failure: NOTIFIED, at: AT },
  { k: 'finished', status: 'stopped', at: AT, problems: [] },
];

/** The journal with one line of it damaged. */
function without(line: number, records: readonly object[] = RECORDS): Buffer {
  const writer = new LineWriter(OWNER);
  const lines = records.map((record) => writer.line(record));
  return Buffer.from(lines.map((text, at) => `${at === line ? text.replace('"k"', '"q"') : text}\n`).join(''));
}

describe('a damaged line of the journal of a job over many calendars', () => {
  it('does not lose which run a calendar became', () => {
    const { members, damaged } = replayBatch(without(1), OWNER);
    expect(damaged).toEqual([2]);
    expect(members.get(0)?.runIds).toEqual(['run-0']);
  });

  it.each(['NOTIFIED_ANYWAY', 'TOLD_ANYWAY'])(
    'does not lose that people were notified against the mode (%s)',
    (code) => {
      const ended = { k: 'ended', member: 0, runId: 'run-0', failure: { ...NOTIFIED, code }, at: AT };
      for (const record of [{ ...ended, k: 'held' }, ended]) {
        const { members } = replayBatch(without(2, [...RECORDS.slice(0, 2), record, ...RECORDS.slice(3)]), OWNER);
        expect(members.get(0)?.held?.code).toBe('NOTIFIED_ANYWAY');
      }
    },
  );

  it('is named where it was the end, and nothing is taken for finished', () => {
    const { finished, damaged } = replayBatch(without(3), OWNER);
    expect([finished, damaged]).toEqual([null, [4]]);
  });

  it('is missed where the journal is shorter than it was at the end', () => {
    expect(replayBatch(without(-1).subarray(0, 0), OWNER, 4).damaged).toEqual([1, 2, 3, 4]);
  });
});

it('reads a code that this version does not know as one that has no name, with its words', () => {
  const newer = { ...NOTIFIED, code: 'OF_ANOTHER_VERSION', message: 'What it was.' };
  const writer = new LineWriter(OWNER);
  const records = [
    ...RECORDS.slice(0, 2),
    { k: 'held', member: 0, runId: 'run-0', failure: newer, at: AT },
    { k: 'finished', status: 'stopped', at: AT, problems: [newer, NOTIFIED] },
  ];
  const journal = Buffer.from(records.map((record) => `${writer.line(record)}\n`).join(''));
  const { members, finished, damaged } = replayBatch(journal, OWNER);
  const read = { ...newer, code: 'UNKNOWN_CODE' };
  expect(damaged).toEqual([]);
  expect(members.get(0)?.held).toEqual(read);
  expect(finished?.problems).toEqual([read, NOTIFIED]);
});
