import { describe, expect, test } from 'vitest';
import { EMPTY_BATCH, type BatchSnapshot } from '../../../shared/model/batch/batch-snapshot.ts';
import type { BatchMember } from '../../../shared/model/batch/batch.ts';
import type { JobEvent, JobKind, RunStatus } from '../../../shared/model/job.ts';
import { EMPTY_SNAPSHOT, foldEvents, type RunSnapshot } from '../../../shared/model/snapshot.ts';
import { ZERO_TOTALS } from '../../../shared/model/outcome.ts';
import { batchFraction, fractionDone, sumUp, sumUpBatch } from './run-words.ts';

const during = (done: number, of: number | null): RunSnapshot => ({
  ...EMPTY_SNAPSHOT,
  phase: { name: 'writing', done, of },
});

test('the fraction is that of all runs together, and unknown while one does not know', () => {
  expect(fractionDone([during(1, 4), during(2, 4)])).toBe(0.375);
  expect(fractionDone([during(1, 4), during(2, null)])).toBeNull();
  expect(fractionDone([EMPTY_SNAPSHOT])).toBeNull();
  expect(fractionDone([])).toBeNull();
});

test('success is said only of a complete run', () => {
  const totals = { ...ZERO_TOTALS, created: 2, updated: 1, failed: 1 };
  const said = (status: RunSnapshot['status']) =>
    sumUp({ ...EMPTY_SNAPSHOT, job: 'restore', calendar: 'Work', status, totals });
  expect(said('complete')).toEqual({ title: 'Restored: Work', body: '3 events written and verified.' });
  expect(said('incomplete')).toEqual({ title: 'Needs attention: Work', body: '3 events written, 1 event to check.' });
  expect(said('stopped').body).toContain('resumed');
  expect(said('refused').body).toContain('Nothing was written');
});

test.for<readonly [JobKind, string, string]>([
  ['restore', 'Restored: Work', 'Not restored: Work'],
  ['undo', 'Undone: Work', 'Not undone: Work'],
  ['retry', 'Tried again: Work', 'Not tried again: Work'],
  ['migrate', 'Migrated: Work', 'Not migrated: Work'],
  ['cleanup', 'Cleaned up: Work', 'Not cleaned up: Work'],
  ['announce', 'Announced: Work', 'Not announced: Work'],
])('the end of a run of the job %s is called by what it did', ([job, done, notDone]) => {
  const started: JobEvent = {
    kind: 'started',
    runId: 'r1',
    job,
    at: '2026-01-01T00:00:00.000Z',
    server: 'practice',
    calendar: 'Work',
    user: 'anna',
    sources: [],
  };
  const ended = (status: RunStatus) => sumUp({ ...foldEvents(EMPTY_SNAPSHOT, [started]), status });
  expect(ended('complete').title).toBe(done);
  expect(ended('refused').title).toBe(notDone);
});

test('a run that ended before it said what it is does not claim to be a restore', () => {
  expect(sumUp({ ...EMPTY_SNAPSHOT, calendar: 'Work', status: 'complete' }).title).toBe('Done: Work');
  expect(sumUp({ ...EMPTY_SNAPSHOT, calendar: 'Work', status: 'refused' }).title).toBe('Not done: Work');
});

describe('the end of a batch', () => {
  const member = (state: BatchMember['state'], writes: number, written: number): BatchMember => ({
    id: 0,
    mailbox: 'anna',
    calendar: 'Calendar',
    calendarUrl: null,
    sources: [],
    state,
    hash: null,
    verdict: null,
    counts: null,
    writes,
    written,
    verified: 0,
    notified: null,
    totals: null,
    runIds: [],
    problem: null,
    notCarried: [],
  });
  const snapshot: BatchSnapshot = { ...EMPTY_BATCH, kind: 'migrate', totals: { ...ZERO_TOTALS, created: 3 } };

  test('how far it is counts writes, over all calendars', () => {
    expect(batchFraction([{ ...snapshot, members: [member('moving', 4, 3), member('queued', 4, 0)] }])).toBe(3 / 8);
    expect(batchFraction([snapshot])).toBeNull();
  });

  test('never says complete while a calendar needs somebody', () => {
    const members = [member('done', 3, 3), member('needs-attention', 1, 0)];
    expect(sumUpBatch({ ...snapshot, status: 'incomplete', members })).toEqual({
      title: 'Migration: needs attention',
      body: '3 events written in 2 calendars. 1 calendar to check.',
    });
    expect(sumUpBatch({ ...snapshot, status: 'complete', members: [member('done', 3, 3)] }).title).toBe(
      'Migration: complete',
    );
  });
});
