import type { BatchEntry, BatchReport, MemberReport } from '../../../shared/model/batch/batch.ts';
import type { RunReport } from '../../../shared/model/kept/report.ts';
import { countWritten, OUTCOMES, TROUBLE } from '../../../shared/model/outcome.ts';
import { batchTitle, differenceWords, stateWords } from './batch-words.ts';
import { escapeHtml as esc } from './escape.ts';
import { rowsHtml } from './html-rows.ts';
import type { Medium } from './html.ts';
import { PAGE_NUMBERS, STYLE } from './html-style.ts';
import { count, modeWords, outcomeWords, period, statusWords, notifiedTitle } from './words.ts';
import { formatNumber } from '../../../shared/words/format.ts';

/**
 * The report of a batch as one page: no script, nothing fetched, printable, light and dark. With `runs`, every event of
 * them follows: the report of one mailbox.
 */
export function batchHtml(
  report: BatchReport,
  mailbox: string | null = null,
  runs: readonly RunReport[] = [],
  medium: Medium = 'page',
): string {
  const { batch, summary } = report;
  const of = mailbox ?? count(batch.members, 'calendar');
  const title = `${batchTitle(batch.kind)}: ${of}`;
  const needy = report.members.filter(({ state }) => state !== 'done');
  const done = report.members.filter(({ state }) => state === 'done');
  return [
    '<!doctype html>',
    '<html lang="en"><head><meta charset="utf-8">',
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">`,
    `<title>${esc(title)}</title><style>${STYLE}${medium === 'page' ? PAGE_NUMBERS : ''}</style></head><body><main>`,
    `<header><h1>${esc(title)}</h1><p class="status ${batch.status}">${esc(statusWords(batch))}</p>`,
    `<p class="when">${esc(period(batch))}</p></header>`,
    `<section class="notified ${batch.notified === 0 ? 'quiet' : 'loud'}"><p class="big">${esc(notifiedTitle(batch))}</p></section>`,
    totals(report),
    facts(batch),
    notes(report.notes),
    needy.length === 0
      ? ''
      : `<section><h2>Needs attention, or is not done (${formatNumber(needy.length)})</h2>${table(needy)}</section>`,
    done.length === 0 ? '' : `<section><h2>Done (${formatNumber(done.length)})</h2>${table(done)}</section>`,
    ...runs.map(
      (run) => `<section><h2>${esc(run.run.calendar)}</h2></section>${[...rowsHtml(run.items, run.run.job)].join('')}`,
    ),
    `<footer>Hushcal report · run ${esc(batch.batchId)} · plan ${esc(summary.hash)}</footer>`,
    '</main></body></html>\n',
  ].join('\n');
}

function facts({ ticket = '', note = '', operator = '', asked }: BatchEntry): string {
  const rows = [
    ['Ticket', ticket],
    ['Note', note],
    ['Operator', operator],
    ['You chose', modeWords(asked)],
  ] as const;
  const cells = rows
    .filter(([, value]) => value !== '')
    .map(([name, value]) => `<tr><th scope="row">${name}</th><td>${esc(value)}</td></tr>`);
  return `<section><table class="facts"><tbody>${cells.join('')}</tbody></table></section>`;
}

function totals({ batch }: BatchReport): string {
  const cells = OUTCOMES.filter((outcome) => batch.totals[outcome] > 0).map(
    (outcome) =>
      `<li class="${TROUBLE.includes(outcome) ? 'bad' : ''}"><b>${formatNumber(batch.totals[outcome])}</b> ${outcomeWords(outcome, batch.kind)}</li>`,
  );
  const done = `<li><b>${formatNumber(batch.done)}</b> of ${count(batch.members, 'calendar')} done</li>`;
  return `<section><ul class="totals">${done}${cells.join('')}<li><b>${formatNumber(batch.verified)}</b> verified</li></ul></section>`;
}

function notes(sentences: readonly string[]): string {
  if (sentences.length === 0) return '';
  return `<section><ul class="notes">${sentences.map((note) => `<li>${esc(note)}</li>`).join('')}</ul></section>`;
}

function table(members: readonly MemberReport[]): string {
  const head =
    '<thead><tr><th class="c-outcome">State</th><th class="c-title">Mailbox and calendar</th>' +
    '<th class="c-when">Before → after</th><th>Differences and notes</th></tr></thead>';
  return `<table class="rows calendars">${head}<tbody>\n${members.map(row).join('\n')}\n</tbody></table>`;
}

function row(member: MemberReport): string {
  const bad = member.state === 'needs-attention' ? ' class="bad"' : '';
  const sides =
    member.before === null
      ? writtenWords(member)
      : `${formatNumber(member.before)} → ${formatNumber(member.after ?? 0)}`;
  const know = [differenceWords(member), member.problem?.message ?? '', ...member.notCarried];
  return (
    `<tr${bad}><td class="outcome">${esc(stateWords(member.state))}</td>` +
    `<td><bdi dir="auto">${esc(member.mailbox)}</bdi><small class="uid"><bdi>${esc(member.calendar)}</bdi></small></td>` +
    `<td>${esc(sides)}</td><td>${esc(know.filter((text) => text !== '').join(' '))}</td></tr>`
  );
}

function writtenWords({ totals: sums, verified }: MemberReport): string {
  if (sums === null) return '';
  return `${formatNumber(countWritten(sums))} written, ${formatNumber(verified)} read back`;
}
