import { describe, expect, it } from 'vitest';
import { ZERO_TOTALS } from '../../shared/model/outcome.ts';
import { NOBODY } from '../../shared/model/scheduling.ts';
import { batchConsent, batchHeadline, endsOf, limitWords } from './batch.ts';
import { headline } from './report.ts';

const end = { kind: 'migrate', status: 'complete', verified: 3, members: 2, needsAttention: 0, notified: 0 } as const;
const totals = { ...ZERO_TOTALS, created: 3 };

describe('the first words of a batch report', () => {
  it('say what was done, where, and that nobody was notified', () => {
    expect(batchHeadline({ ...end, totals })).toEqual({
      title: '3 events copied in 2 calendars',
      says: 'All 3 were read back and verified. Nobody was notified.',
      tone: 'new',
    });
  });

  it('count the calendars that were written to, as the button did, and not those that were looked at', () => {
    expect(batchHeadline({ ...end, members: 6, totals }, 1).title).toBe('3 events copied in 1 calendar');
  });

  it('never say that all went well while a calendar or an event needs somebody', () => {
    expect(batchHeadline({ ...end, totals, needsAttention: 1 })).toMatchObject({
      title: '3 events copied, 1 calendar needs attention',
      tone: 'warn',
    });
    expect(batchHeadline({ ...end, totals: { ...totals, failed: 2 } })).toMatchObject({
      title: '3 events copied, 2 need attention',
      says: 'All 3 were read back and verified. 2 failed. Nobody was notified.',
      tone: 'warn',
    });
    expect(batchHeadline({ ...end, totals, verified: 2 }).says).toContain('2 of 3 were read back');
  });

  it('count as the report of a single run counts', () => {
    const unread = { verified: 1, attention: 4, unread: 2, totals: { ...totals, conflict: 2 } };
    const alone = headline({ ...end, ...unread, job: 'migrate' });
    expect(batchHeadline({ ...end, ...unread, needsAttention: 1 })).toEqual({
      ...alone,
      title: `${alone.title} in 1 calendar`,
    });
    expect(alone.title).toBe('3 events copied, 4 need attention');
  });

  it('say of an undo which way it went', () => {
    const undo = { ...end, kind: 'undo' } as const;
    expect(batchHeadline({ ...undo, totals }).title).toBe('3 events restored in 2 calendars');
    const out = { ...ZERO_TOTALS, deleted: 3 };
    expect(batchHeadline({ ...undo, totals: out }).title).toBe('3 events removed again in 2 calendars');
  });
});

it('says limits in one line', () => {
  expect(limitWords({ members: 4, perOrigin: 8, stopAfter: 50, hours: { from: 22, to: 6 } })).toBe(
    '4 calendars at once · 8 connections per server · between 22:00 and 06:00 · stops after 50 errors',
  );
});

it('names hosts and files at both ends, the most frequent first', () => {
  const to = (sources: readonly string[], calendarUrl: string | null) => ({ sources, calendarUrl });
  expect(
    endsOf([
      to(['/backups/anna.ics'], null),
      to(['https://old.example/cal/bob/'], 'https://new.example/bob/'),
      to(['https://old.example/cal/carol/'], 'https://new.example/carol/'),
    ]),
  ).toEqual({ sources: ['old.example', 'anna.ics'], targets: ['new.example'] });
  expect(endsOf([])).toEqual({ sources: [], targets: [] });
});

it('the button of a batch names the calendars that change without messages, as that of a single run does', () => {
  const counts = { create: 3, update: 0, delete: 0, unchanged: 0, skip: 0, supersede: 0, conflict: 0, reject: 0 };
  const calendars = { ...NOBODY, calendars: 4 };
  const external = { ...NOBODY, people: 2, outside: 2, messages: 2 };
  const notified = { none: NOBODY, 'internal-only': calendars, 'external-only': external, all: calendars };
  const button = (asked: keyof typeof notified): string =>
    batchConsent({ kind: 'restore', asked, counts, notified }, 2);
  expect(button('internal-only')).toBe('Restore 3 events into 2 calendars, update 4 other calendars without messages');
  expect(button('all')).toBe('Restore 3 events into 2 calendars, update 4 other calendars without messages');
  expect(button('external-only')).toBe('Restore 3 events into 2 calendars, notify 2 external guests');
  expect(button('none')).toBe('Restore 3 events into 2 calendars, notify nobody');
});
