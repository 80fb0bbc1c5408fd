import type { PlanSummary } from '../../../shared/model/plan.ts';
import { STANDARD_MODES } from '../../../shared/model/scheduling.ts';
import { formatNumber } from '../../../shared/words/format.ts';
import { escapeHtml as esc } from './escape.ts';
import { count, modeWords } from './words.ts';

/** Domains that are named. */
const LISTED = 10;

type StandardMode = (typeof STANDARD_MODES)[number];

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
  const modes = STANDARD_MODES.map((mode) => `<th scope="col"${mark(mode, summary)}>${esc(modeWords(mode))}</th>`);
  const line = (name: keyof typeof HEADS, numberIn: (mode: StandardMode) => number): string => {
    const numbers = STANDARD_MODES.map(numberIn);
    if (numbers.every((one) => one === 0)) return '';
    const cells = STANDARD_MODES.map((mode, at) => `<td${mark(mode, summary)}>${formatNumber(numbers[at] ?? 0)}</td>`);
    return `<tr><th scope="row">${HEADS[name]}</th>${cells.join('')}</tr>`;
  };
  const rows = [
    ...COLUMNS.map((name) => line(name, (mode) => summary.notified[mode][name])),
    ...(kinds === undefined ? [] : KINDS.map((name) => line(name, (mode) => kinds[mode][name]))),
  ];
  return (
    `<section><h2>Who would be notified, by mode</h2><table class="numbers"><thead><tr><td></td>${modes.join('')}</tr></thead>` +
    `<tbody>${rows.join('')}</tbody></table>${domains(summary)}</section>`
  );
}

function mark(mode: StandardMode, { verdict }: Notified): string {
  return mode === verdict.effective ? ' class="effective"' : '';
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
