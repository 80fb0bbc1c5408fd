import { expect, it } from 'vitest';
import type { PlanSummary } from '../../../shared/model/plan.ts';
import { notifiedDetails } from './notified-text.ts';

const none = { invitation: 0, update: 0, cancellation: 0, reply: 0 };
type Details = Pick<PlanSummary, 'kinds' | 'topDomains' | 'alarms'>;
// Only these three are looked at.
const lines = (details: Details): readonly string[] => notifiedDetails(details as PlanSummary);

it('says what the messages say, where they go, and which alarms go past every mode', () => {
  const all = { invitation: 2, update: 1, cancellation: 0, reply: 1 };
  expect(
    lines({
      kinds: { none, 'internal-only': none, 'external-only': { ...none, reply: 2 }, all },
      topDomains: [
        { domain: 'other.test', inside: false, people: 2, messages: 3 },
        { domain: 'example.com', inside: true, people: 1, messages: 1 },
      ],
      alarms: { email: 3, overdue: 1 },
    }),
  ).toEqual([
    'Messages    external-only: 2 replies',
    'Messages    all: 2 invitations, 1 update, 1 reply',
    'Domains     other.test (external, 2 people, 3 messages), example.com (internal, 1 person, 1 message)',
    'Alarms      3 entries have alarms that send mail, in every mode; for 1 the time is past, and the mail may go out at once. A restore with --rewrite email-alarms makes them reminders on the screen.',
    '',
  ]);
});

it('says nothing where nobody hears', () => {
  const kinds = { none, 'internal-only': none, 'external-only': none, all: none };
  expect(lines({ kinds, topDomains: [], alarms: { email: 0, overdue: 0 } })).toEqual([]);
  expect(lines({})).toEqual([]);
});

it('names five domains', () => {
  const topDomains = [1, 2, 3, 4, 5, 6, 7].map((one) => ({
    domain: `d${String(one)}.test`,
    inside: false,
    people: 1,
    messages: 1,
  }));
  expect(lines({ topDomains })[0]).toMatch(/d5\.test[^,]*, 1 person, 1 message\), and 2 more$/);
});
