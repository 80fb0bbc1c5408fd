import { describe, expect, it } from 'vitest';
import { outcomeWord } from './bin.ts';
import { ZERO_TOTALS, type Totals } from '../../shared/model/outcome.ts';
import { NOBODY, type NotifiedCount, type Verdict } from '../../shared/model/scheduling.ts';
import type { PlanSummary } from '../../shared/model/plan.ts';
import { consentWords, recipientWords, whyNot } from './consent.ts';
import { fieldOfFailure } from './event/fields.ts';
import { blockedGroups, modeNumbers, modeTone, pastWords, notifiedIn } from './modes.ts';
import { headline, lookWords, readBackWords, notifiedWords } from './report.ts';
import { chosenWords } from './undo.ts';

const EVERYBODY: NotifiedCount = { people: 148, inside: 117, outside: 31, messages: 412, calendars: 59, past: 97 };
const OUTSIDE: NotifiedCount = { people: 31, inside: 0, outside: 31, messages: 44, calendars: 0, past: 9 };
const COLLEAGUES: NotifiedCount = { ...NOBODY, calendars: 59 };

function verdict(asked: Verdict['asked'], part: Partial<Verdict> = {}): Verdict {
  const words = { because: '', alternatives: [], checkedAt: '2026-11-22T10:00:00Z', undo: '' };
  return { asked, effective: asked, assurance: 'advertised', ...words, ...part };
}

function summary(asked: Verdict['asked'], part: Partial<PlanSummary> = {}): PlanSummary {
  return {
    hash: 'h',
    counts: { create: 201, update: 14, delete: 3, unchanged: 30, skip: 0, supersede: 0, conflict: 3, reject: 1 },
    resources: 251,
    components: 300,
    withGuests: 118,
    past: 97,
    findings: 0,
    notified: { none: NOBODY, 'internal-only': COLLEAGUES, 'external-only': OUTSIDE, all: EVERYBODY },
    verdict: verdict(asked),
    verdicts: {
      none: verdict('none'),
      'internal-only': verdict('internal-only'),
      'external-only': verdict('external-only'),
      all: verdict('all', { assurance: 'plain' }),
    },
    actingAs: {},
    ambiguous: 0,
    strangers: 0,
    stops: [],
    topRecipients: [],
    months: [],
    ...part,
  };
}

describe('the words on the button', () => {
  it.each([
    ['none', 'Restore 218 events, notify nobody'],
    ['internal-only', 'Restore 218 events, update 59 other calendars without messages'],
    ['external-only', 'Restore 218 events, notify 31 external guests'],
    ['all', 'Restore 218 events, notify 148 people'],
  ] as const)('says for %s what happens', (mode, words) => {
    expect(consentWords('restore', summary(mode))).toBe(words);
  });

  it('names undo and retry for what they are', () => {
    expect(consentWords('undo', summary('none'))).toBe('Undo 218 changes, notify nobody');
    expect(consentWords('retry', summary('none'))).toBe('Try 218 events again, notify nobody');
  });

  it('has none for a blocked plan, and says why', () => {
    const blocked = verdict('none', { effective: null, assurance: 'blocked' });
    const plan = summary('none', { verdict: blocked, verdicts: { ...summary('none').verdicts, none: blocked } });
    expect(consentWords('restore', plan)).toBeNull();
    expect(whyNot(plan)).toMatch(/^Blocked/);
    expect(notifiedIn(plan, 'none')).toBeNull();
  });
});

describe('consent', () => {
  it('says who gets the messages', () => {
    expect(recipientWords(OUTSIDE)).toBe(
      'They go to 31 people: 0 internal, 31 external. 9 of these messages are about past meetings.',
    );
  });

  it('says that nobody is told where the server tells nobody', () => {
    const silent = verdict('all', { assurance: 'noScheduling' });
    const plan = summary('all', { verdict: silent, verdicts: { ...summary('all').verdicts, all: silent } });
    expect(consentWords('restore', plan)).toBe('Restore 218 events, notify nobody');
  });

  it('is refused by a safety stop that nobody may wave on, and by an empty plan', () => {
    expect(whyNot(summary('none', { stops: [{ code: 'READ_ONLY', message: '', override: false }] }))).toMatch(/safety/);
    expect(whyNot(summary('none', { stops: [{ code: 'MASS_DELETE', message: '', override: true }] }))).toBeNull();
    const counts = { create: 0, update: 0, delete: 0, unchanged: 9, skip: 0, supersede: 0, conflict: 0, reject: 0 };
    expect(whyNot(summary('none', { counts }))).toMatch(/^Nothing to write/);
  });
});

describe('mode numbers', () => {
  it('are said in the words of the mode', () => {
    expect(modeNumbers('none', NOBODY)).toBe('0 messages');
    expect(modeNumbers('internal-only', COLLEAGUES)).toBe('59 calendars · 0 messages');
    expect(modeNumbers('external-only', OUTSIDE)).toBe('31 external guests · 44 messages, 9 for past meetings');
    expect(modeNumbers('all', EVERYBODY)).toBe('148 people · 412 messages, 97 for past meetings');
  });

  it('are as loud as what they say', () => {
    expect(modeTone('internal-only', COLLEAGUES)).toBe('hush');
    expect(modeTone('external-only', OUTSIDE)).toBe('warn');
    expect(modeTone('all', EVERYBODY)).toBe('bad');
    expect(pastWords(NOBODY)).toBe('');
    expect(pastWords(EVERYBODY)).toContain('97');
  });
});

describe('the headline of a report', () => {
  const run = (totals: Partial<Totals>, part: object = {}) => ({
    job: 'restore' as const,
    status: 'complete' as const,
    totals: { ...ZERO_TOTALS, ...totals },
    verified: 0,
    notified: 0,
    ...part,
  });

  it('is glad only when everything is done', () => {
    const glad = headline(run({ created: 218 }, { verified: 218 }));
    expect(glad).toMatchObject({ title: '218 events restored', tone: 'new' });
    expect(glad.says).toContain('Nobody was notified');
  });

  it.each(['conflict', 'rejected', 'failed', 'unknown'] as const)(
    'names what is %s, even if the status says complete',
    (bucket) => {
      const said = headline(run({ created: 933, [bucket]: 4 }, { verified: 933 }));
      expect(said.tone).toBe('warn');
      expect(said.title).toContain('4 need attention');
    },
  );

  it('does not call it done when something could not be verified', () => {
    const unread = run({ created: 76 }, { status: 'incomplete', verified: 23, attention: 53, unread: 53 });
    expect(headline(unread)).toMatchObject({
      title: '76 events restored, 53 need attention',
      says: expect.stringContaining('53 written and not read back') as string,
    });
    const waiting = run({ created: 3, unknown: 40 }, { status: 'incomplete', verified: 3, attention: 0 });
    expect(headline(waiting).title, 'what waits needs nobody').not.toContain('attention');
    expect(headline(run({ created: 10 }, { status: 'incomplete', verified: 8 }))).toMatchObject({
      title: '10 events restored, not all could be verified',
      tone: 'warn',
    });
  });

  it('says of a stopped run what is left, each once', () => {
    const ended = run({ created: 29, unknown: 7, cancelled: 164 }, { status: 'stopped', verified: 6, unread: 23 });
    expect(headline(ended)).toMatchObject({
      title: 'Stopped: 29 events restored so far',
      says: expect.stringContaining(
        '23 events written and not read back. 7 events with an unknown outcome. 164 events not reached yet.',
      ) as string,
    });
  });
  it('says that a stopped run can go on', () => {
    expect(headline(run({ created: 80, cancelled: 120 }, { status: 'stopped' })).says).toContain(
      '120 events not reached',
    );
  });
});

describe('the short words of a run', () => {
  it('say how many people were told, and how many events need attention', () => {
    expect([0, 1, 5].map(notifiedWords)).toEqual(['nobody notified', '1 person notified', '5 people notified']);
    expect([1, 2].map(lookWords)).toEqual(['1 needs attention', '2 need attention']);
  });

  it('claim no more reading back than there was', () => {
    const said = (created: number, verified: number): string =>
      readBackWords({ totals: { ...ZERO_TOTALS, created }, verified });
    expect(said(31, 31)).toBe('All 31 were read back and verified.');
    expect(said(31, 30)).toBe('30 of 31 were read back and are as they should be.');
    expect(said(0, 0)).toMatch(/^Nothing was written/);
  });
});

describe('an undo that asks', () => {
  it('says the answer back in plain words', () => {
    expect(chosenWords('none')).toBe('The undo notifies nobody.');
    expect(chosenWords('all')).toBe('The undo notifies everyone.');
    expect(chosenWords('X-QUIET')).toBe('The undo runs as X-QUIET.');
  });
});

describe('answers that are blocked', () => {
  it('give their reason once for all that share it', () => {
    const no = {
      effective: null,
      assurance: 'blocked',
      because: 'It says nothing.',
      alternatives: ['Go elsewhere.'],
    } as const;
    const { verdicts } = summary('none');
    const shared = { none: verdict('none', no), 'internal-only': verdict('internal-only', no) };
    const other = verdict('external-only', { ...no, because: 'It sends nothing.' });
    expect(blockedGroups({ verdicts })).toEqual([]);
    expect(blockedGroups({ verdicts: { ...verdicts, ...shared, 'external-only': other } })).toEqual([
      { modes: ['none', 'internal-only'], because: 'It says nothing.', alternatives: ['Go elsewhere.'] },
      { modes: ['external-only'], because: 'It sends nothing.', alternatives: ['Go elsewhere.'] },
    ]);
  });
});

describe('failures of a login', () => {
  it.each([
    ['SERVER_UNAUTHORIZED', 'password'],
    ['SERVER_NOT_CALDAV', 'url'],
    ['SERVER_BAD_ADDRESS', 'url'],
    ['SERVER_FORBIDDEN', 'user'],
    ['INTERNAL', null],
  ] as const)('%s belongs to %s', (code, field) => {
    expect(fieldOfFailure({ code, message: '', reaction: 'fix-input' })).toBe(field);
  });
});

describe('what became of an event', () => {
  it('is said of an undo as what it undid, and of other jobs as ever', () => {
    const labels = (job: 'undo' | 'restore') =>
      (['created', 'updated', 'deleted', 'failed'] as const).map((outcome) => outcomeWord({ outcome }, job).label);
    expect(labels('restore')).toEqual(['Created', 'Updated', 'Deleted', 'Failed']);
    expect(labels('undo')).toEqual(['Restored', 'Reverted', 'Removed again', 'Failed']);
    expect(outcomeWord({ outcome: 'deleted', bin: 'remove' }, 'undo').label).toBe('Out of bin');
  });
});
