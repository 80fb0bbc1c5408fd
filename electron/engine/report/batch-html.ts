import type { BatchReport, MemberReport } from '../../../shared/model/batch.ts';
import type { JobNote } from '../../../shared/model/job-note.ts';
import type { RunReport } from '../../../shared/model/report.ts';
import { countWritten, OUTCOMES, TROUBLE } from '../../../shared/model/outcome.ts';
import { batchTitle, differenceWords, stateWords } from './batch-words.ts';
import { escapeHtml as esc } from './escape.ts';
import { everything } from './html.ts';
import { STYLE } from './html-style.ts';
import { count, modeWords, moment, outcomeWords, statusWords, notifiedTitle } from './words.ts';

/**
 * The report of a batch as one page: no script, nothing fetched, printable, light and dark. With `runs`, every event of
 * them follows: the report of one mailbox.
 */
export function batchHtml(report: BatchReport, mailbox: string | null = null, runs: readonly RunReport[] = []): string {
  const { batch, summary } = report;
  const of = mailbox ?? count(batch.members, 'calendar');
  const title = `${batchTitle(batch.kind)}: ${of}`;
  const needy = report.members.filter(({ state }) => state !== 'done');
  return [
    '<!doctype html>',
    '<html lang="en"><head><meta charset="utf-8">',
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">`,
    `<title>${esc(title)}</title><style>${STYLE}</style></head><body><main>`,
    `<header><h1>${esc(title)}</h1><p class="status ${batch.status}">${esc(statusWords(batch))}</p>`,
    `<p class="when">${esc(period(report))} · chosen: ${esc(modeWords(batch.asked))}</p></header>`,
    `<section class="told ${batch.notified === 0 ? 'quiet' : 'loud'}"><p class="big">${esc(notifiedTitle(batch))}</p></section>`,
    noteHtml(batch),
    totals(report),
    notes(report.notes),
    needy.length === 0
      ? ''
      : `<section><h2>Needs attention, or is not done (${needy.length})</h2>${table(needy)}</section>`,
    `<section><h2>Calendars (${report.members.length})</h2>${table(report.members)}</section>`,
    ...runs.map((run) => `<section><h2>${esc(run.run.calendar)}</h2></section>${[...everything(run)].join('')}`),
    `<footer>Hushcal report · run ${esc(batch.batchId)} · plan ${esc(summary.hash)}</footer>`,
    '</main></body></html>\n',
  ].join('\n');
}

function noteHtml({ ticket = '', note = '' }: JobNote): string {
  const rows = [['Ticket', ticket] as const, ['Note', note] as const].filter(([, value]) => value !== '');
  if (rows.length === 0) return '';
  const cells = rows.map(([name, value]) => `<tr><th scope="row">${name}</th><td>${esc(value)}</td></tr>`);
  return `<section><table class="facts"><tbody>${cells.join('')}</tbody></table></section>`;
}

function period({ batch }: BatchReport): string {
  const ended = batch.endedAt === null ? '' : ` to ${moment(batch.endedAt)}`;
  return `${moment(batch.startedAt)}${ended}`;
}

function totals({ batch }: BatchReport): string {
  const cells = OUTCOMES.filter((outcome) => batch.totals[outcome] > 0).map(
    (outcome) =>
      `<li class="${TROUBLE.includes(outcome) ? 'bad' : ''}"><b>${batch.totals[outcome]}</b> ${outcomeWords(outcome)}</li>`,
  );
  const done = `<li><b>${batch.done}</b> of ${count(batch.members, 'calendar')} done</li>`;
  return `<section><ul class="totals">${done}${cells.join('')}<li><b>${batch.verified}</b> verified</li></ul></section>`;
}

function notes(sentences: readonly string[]): string {
  if (sentences.length === 0) return '';
  return `<section><ul class="notes">${sentences.map((note) => `<li>${esc(note)}</li>`).join('')}</ul></section>`;
}

function table(members: readonly MemberReport[]): string {
  const head =
    '<thead><tr><th>State</th><th>Mailbox and calendar</th><th>Before → after</th><th>Differences</th><th>What to know</th></tr></thead>';
  return `<table class="rows">${head}<tbody>\n${members.map(row).join('\n')}\n</tbody></table>`;
}

function row(member: MemberReport): string {
  const bad = member.state === 'needs-you' ? ' class="bad"' : '';
  const sides = member.before === null ? writtenWords(member) : `${member.before} → ${member.after ?? 0}`;
  const know = [member.problem?.message ?? '', ...member.notCarried].filter((text) => text !== '').join(' ');
  return (
    `<tr${bad}><td>${esc(stateWords(member.state))}</td>` +
    `<td>${esc(member.mailbox)}<br><small>${esc(member.calendar)}</small></td>` +
    `<td>${esc(sides)}</td><td>${esc(differenceWords(member))}</td><td>${esc(know)}</td></tr>`
  );
}

function writtenWords({ totals: sums, verified }: MemberReport): string {
  if (sums === null) return '';
  return `${countWritten(sums)} written, ${verified} read back`;
}
