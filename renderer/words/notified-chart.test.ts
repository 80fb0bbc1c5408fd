import { expect, it } from 'vitest';
import { chartRows, type ChartBy } from './notified-chart.ts';
import type { StandardMode } from '../../shared/model/scheduling.ts';

const NONE = { invitation: 0, update: 0, cancellation: 0, reply: 0 };
const summary = {
  topDomains: [
    { domain: 'office.test', inside: true, people: 2, messages: 7, meetings: ['Review'] },
    { domain: 'partner.test', inside: false, people: 1, messages: 4, meetings: ['Review', 'Lunch'] },
  ],
  topRecipients: [{ address: 'mailto:eve@partner.test', inside: false, messages: 4, meetings: ['Lunch'] }],
  notifiedMonths: [{ month: '2027-03', inside: 7, outside: 4, meetings: ['Review'] }],
  kinds: {
    none: NONE,
    'internal-only': NONE,
    'external-only': { ...NONE, invitation: 4 },
    all: { ...NONE, invitation: 9, update: 2 },
  },
  kindMeetings: { invitation: ['Review'] },
};

function bars(mode: StandardMode, by: ChartBy): readonly string[] {
  return chartRows(summary, mode, by).map(({ label, inside, outside, meetings }) =>
    `${label} ${String(inside)}+${String(outside)} ${meetings.join(', ')}`.trim(),
  );
}

it('everyone: by domain, person, kind and month', () => {
  expect(bars('all', 'domain')).toEqual(['office.test 7+0 Review', 'partner.test 0+4 Review, Lunch']);
  expect(bars('all', 'person')).toEqual(['eve@partner.test 0+4 Lunch']);
  expect(bars('all', 'kind')).toEqual(['Invitations 5+4 Review', 'Updates 2+0']);
  expect(bars('all', 'month')[0]).toContain('7+4 Review');
});

it('external guests only, colleagues only, and nobody', () => {
  expect(bars('external-only', 'domain')).toEqual(['partner.test 0+4 Review, Lunch']);
  expect(bars('external-only', 'kind')).toEqual(['Invitations 0+4 Review']);
  expect(bars('internal-only', 'domain')).toEqual(['office.test 7+0 Review']);
  expect(bars('none', 'domain')).toEqual([]);
});
