import type { PlanSummary } from '../../../shared/model/plan.ts';
import { STANDARD_MODES } from '../../../shared/model/scheduling.ts';
import { escapeHtml as esc } from './escape.ts';
import { count, modeWords } from './words.ts';

/** Domains that are named. */
const LISTED = 10;

const COLUMNS = ['people', 'inside', 'outside', 'messages', 'calendars', 'past'] as const;
const KINDS = ['invitation', 'update', 'cancellation', 'reply'] as const;
const HEADS: Readonly<Record<(typeof COLUMNS)[number] | (typeof KINDS)[number], string>> = {
  people: 'People',
  inside: 'Internal',
  outside: 'External',
  messages: 'Messages',
  calendars: 'Calendars changed',
  past: 'For past meetings',
  invitation: 'Invitations',
  update: 'Updates',
  cancellation: 'Cancellations',
  reply: 'Replies',
};

/** What is looked at of a summary. */
export type Notified = Pick<PlanSummary, 'notified' | 'kinds' | 'topDomains'> & {
  readonly verdict: Pick<PlanSummary['verdict'], 'effective' | 'assurance'>;
};

/** Who the plan would have notified in each mode: the numbers that a person saw. Empty where nobody would have been in any. */
export function notifiedSection(summary: Notified): string {
  // A server without scheduling notifies nobody, whatever the plan counted.
  if (summary.verdict.assurance === 'noScheduling') return '';
  if (summary.notified.all.messages + summary.notified.all.calendars === 0) return '';
  const { kinds } = summary;
  const heads = [...COLUMNS, ...(kinds === undefined ? [] : KINDS)].map(
    (name) => `<th scope="col">${HEADS[name]}</th>`,
  );
  const rows = STANDARD_MODES.map((mode) => {
    const numbers = [
      ...COLUMNS.map((name) => summary.notified[mode][name]),
      ...(kinds === undefined ? [] : KINDS.map((name) => kinds[mode][name])),
    ];
    const mark = mode === summary.verdict.effective ? ' class="effective"' : '';
    return `<tr${mark}><th scope="row">${esc(modeWords(mode))}</th>${numbers.map((one) => `<td>${one}</td>`).join('')}</tr>`;
  });
  return (
    `<section><h2>Who would be notified, by mode</h2><table class="numbers"><thead><tr><th></th>${heads.join('')}</tr></thead>` +
    `<tbody>${rows.join('\n')}</tbody></table>${domains(summary)}</section>`
  );
}

function domains({ topDomains = [] }: Notified): string {
  if (topDomains.length === 0) return '';
  const named = topDomains.slice(0, LISTED).map(({ domain, inside, people, messages }) => {
    const where = inside ? 'internal' : 'external';
    return `${domain} (${where}): ${count(people, 'person', 'people')}, ${count(messages, 'message')}`;
  });
  const more = topDomains.length - named.length;
  const all = more > 0 ? [...named, `and ${count(more, 'more domain')}`] : named;
  return `<p class="sum">If everyone were notified: ${esc(all.join(' · '))}</p>`;
}
