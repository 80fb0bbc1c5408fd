import { expect, it } from 'vitest';
import { NOBODY } from '../../../shared/model/scheduling.ts';
import { notifiedSection, type Notified } from './notified.ts';

const none = { invitation: 0, update: 0, cancellation: 0, reply: 0 };
const all = { people: 3, inside: 1, outside: 2, messages: 4, calendars: 1, past: 2 };
const summary: Notified = {
  notified: { none: NOBODY, 'internal-only': NOBODY, 'external-only': NOBODY, all },
  kinds: { none, 'internal-only': none, 'external-only': none, all: { ...none, invitation: 3, reply: 1 } },
  topDomains: [{ domain: '<other>.test', inside: false, people: 2, messages: 3 }],
  verdict: { effective: 'none', assurance: 'advertised' },
};
const section = (more: Partial<Notified>): string => notifiedSection({ ...summary, ...more });

it('shows every mode with its numbers and kinds, and marks the one that ran', () => {
  const html = section({});
  const last = [...html.matchAll(/<td>(\d+)<\/td><\/tr>/g)].map(([, number]) => Number(number));
  expect(last, 'the column of all').toEqual([3, 1, 2, 4, 1, 2, 3, 1]);
  expect(html, 'what is nowhere has no line').not.toContain('Cancellations');
  expect(html).toContain('<th scope="col" class="effective">Notify nobody');
  expect(html).toContain('&lt;other&gt;.test (external): 2 people, 3 messages');
});

it('does without kinds, which older runs do not have, and is empty where nobody would have heard', () => {
  expect(section({ kinds: undefined })).not.toContain('Invitations');
  expect(section({ notified: { ...summary.notified, all: NOBODY } })).toBe('');
});

it('is empty on a server without scheduling, which notifies nobody in any mode', () => {
  expect(section({ verdict: { effective: 'all', assurance: 'noScheduling' } })).toBe('');
});
