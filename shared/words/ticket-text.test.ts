import { afterAll, beforeAll, expect, it } from 'vitest';
import { ZERO_TOTALS } from '../model/outcome.ts';
import type { RunEntry } from '../model/kept/report.ts';
import { setHere } from './here.ts';
import { paperSize } from './paper.ts';
import { batchTicketText, runTicketText } from './ticket-text.ts';

beforeAll(() => setHere({ locale: 'en-GB', timeZone: 'Europe/Berlin' }));
afterAll(() => setHere({}));

const RUN: RunEntry = {
  runId: '20261128T2204-8b409aab',
  job: 'restore',
  startedAt: '2026-11-28T21:03:00Z',
  endedAt: '2026-11-28T21:04:00Z',
  server: 'mail.example.org',
  calendar: 'Calendar',
  calendarUrl: 'https://mail.example.org/alice/',
  user: 'alice',
  sources: ['a.ics'],
  status: 'complete',
  running: false,
  asked: 'none',
  effective: 'none',
  totals: { ...ZERO_TOTALS, created: 30, updated: 1, skipped: 5 },
  verified: 31,
  notified: 0,
  canUndo: true,
};

it('says a run in one sentence', () => {
  expect(runTicketText(RUN)).toBe(
    "31 events restored into alice's Calendar on mail.example.org, nobody notified, 28 Nov 2026, 22:04 Europe/Berlin, run 20261128T2204-8b409aab",
  );
});

it('says whom it notified, what is left, and for which ticket', () => {
  const loud = { ...RUN, ticket: 'INC-4711', notified: 2, totals: { ...RUN.totals, failed: 1, conflict: 2 } };
  expect(runTicketText(loud, 'Office')).toMatch(
    /^INC-4711: 31 events restored into alice's Calendar on Office, 2 people notified, 3 need attention, /,
  );
});

it('says of many calendars which were not done', () => {
  const { runId: batchId, job: _job, ...rest } = RUN;
  const batch = {
    ...rest,
    batchId,
    kind: 'migrate',
    members: 20,
    done: 19,
    needsAttention: 1,
    canResume: false,
    canAnnounce: false,
  } as const;
  expect(batchTicketText(batch)).toMatch(
    /^31 events copied into 20 calendars, 1 of 20 calendars not done, nobody notified, /,
  );
});

it('is written on the paper of the region', () => {
  expect(['en-US@posix', 'en_US.UTF-8', 'es-MX'].map(paperSize)).toEqual(['Letter', 'Letter', 'Letter']);
  expect(['de', 'en-GB', 'C', ''].map(paperSize)).toEqual(['A4', 'A4', 'A4', 'A4']);
});
