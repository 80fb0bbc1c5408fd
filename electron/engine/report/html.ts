import { OUTCOMES, STORED, TROUBLE, type Outcome } from '../../../shared/model/outcome.ts';
import type { RunEntry, RunReport } from '../../../shared/model/kept/report.ts';
import { actorName } from '../../../shared/text/display-names.ts';
import { escapeHtml as esc } from './escape.ts';
import { rowsHtml } from './html-rows.ts';
import { PAGE_NUMBERS, STYLE } from './html-style.ts';
import { notifiedSection } from './notified.ts';
import { count, jobTitle, modeWords, moment, outcomeWords, period, statusWords, notifiedTitle } from './words.ts';
import { formatNumber } from '../../../shared/words/format.ts';
import { isolate } from '../../../shared/words/isolate.ts';

/** Where it is read: as a page, which a browser may print, or as a PDF that gets its page numbers from whoever makes it. */
export type Medium = 'page' | 'pdf';

/**
 * The report as one page that a ticket can carry: no script, nothing fetched, printable, light and dark, without the
 * folders of the computer that it was made on. `serverName` is how persons call the server, where that is known.
 */
export function* reportHtml(
  report: RunReport,
  serverName: string | null = null,
  medium: Medium = 'page',
): Generator<string> {
  const { run, summary } = report;
  const title = `${jobTitle(run.job)}: ${isolate(run.calendar)}`;
  yield lines([
    '<!doctype html>',
    '<html lang="en"><head><meta charset="utf-8">',
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">`,
    `<title>${esc(title)}</title><style>${STYLE}${medium === 'page' ? PAGE_NUMBERS : ''}</style></head><body><main>`,
    header(report, title),
    notified(report),
    totals(report),
    facts(report, serverName),
    notifiedSection(report.summary),
    notes(report),
  ]);
  yield* rowsHtml(report.items, report.run.job);
  yield lines([
    '',
    `<footer>Hushcal report · run ${esc(run.runId)} · plan ${esc(summary.hash)}</footer>`,
    '</main></body></html>',
  ]);
}

function lines(parts: readonly string[]): string {
  return `${parts.join('\n')}\n`;
}

function header({ run }: RunReport, title: string): string {
  return (
    `<header><h1>${esc(title)}</h1>` +
    `<p class="status ${run.status}">${esc(statusWords(run))}</p>` +
    `<p class="when">${esc(period(run))}</p></header>`
  );
}

function notified({ run, summary }: RunReport): string {
  const planned = run.effective === null ? null : summary.notified[notifiedKey(run.effective)];
  const upTo = run.status === 'complete' ? '' : 'up to ';
  const details =
    run.notified === 0 || planned === null
      ? ''
      : `<p>${formatNumber(planned.inside)} internal, ${formatNumber(planned.outside)} external planned; ${upTo}${count(planned.messages, 'message')}.</p>`;
  return `<section class="notified ${run.notified === 0 ? 'quiet' : 'loud'}"><p class="big">${esc(notifiedTitle(run))}</p>${details}</section>`;
}

function totals({ run, items }: RunReport): string {
  const used = OUTCOMES.filter((outcome) => run.totals[outcome] > 0);
  const cells = used.map(
    (outcome) =>
      `<li class="${toneOf(outcome)}"><b>${formatNumber(run.totals[outcome])}</b> ${outcomeWords(outcome, run.job)}</li>`,
  );
  const components = items.reduce((sum, item) => sum + item.components, 0);
  const sum = used
    .map((outcome) => `${formatNumber(run.totals[outcome])} ${outcomeWords(outcome, run.job)}`)
    .join(' + ');
  const all = count(items.length, 'entry', 'entries');
  return (
    `<section><ul class="totals">${cells.join('')}<li><b>${formatNumber(run.verified)}</b> verified</li></ul>` +
    `<p class="sum">${used.length > 1 ? `${sum} = ` : ''}${all}, from ${count(components, 'item')} in the backup.</p></section>`
  );
}

function toneOf(outcome: Outcome): string {
  if (TROUBLE.includes(outcome)) return 'bad';
  return STORED.includes(outcome) || outcome === 'deleted' ? 'good' : '';
}

function facts({ run, summary }: RunReport, serverName: string | null): string {
  const server = serverName === null || serverName === run.server ? run.server : `${serverName} (${run.server})`;
  const silent = summary.verdict.assurance === 'noScheduling' && run.effective !== null;
  const effective = run.effective === null ? 'nothing was written' : modeWords(silent ? 'none' : run.effective);
  const rows: readonly (readonly [string, string])[] = [
    ['Ticket', run.ticket ?? ''],
    ['Note', run.note ?? ''],
    ['Operator', run.operator ?? ''],
    ['Server', server],
    ['User', whose(run)],
    ['Calendar', `${isolate(run.calendar)} (${run.calendarUrl})`],
    ['Backup', run.sources.join(', ')],
    ['You chose', modeWords(run.asked)],
    ['The server did', run.effective === run.asked && !silent ? 'as chosen' : effective],
    ['Because', summary.verdict.because],
    ['How we know', [...(summary.verdict.evidence ?? []), `Checked ${moment(summary.verdict.checkedAt)}.`].join(' ')],
    ['On behalf of', Object.entries(summary.actingAs).map(actingWords).join(', ')],
    ['Undo', run.canUndo ? `possible: the earlier texts are kept. ${summary.verdict.undo}` : ''],
  ];
  const cells = rows
    .filter(([, value]) => value !== '')
    .map(([name, value]) => `<tr><th scope="row">${esc(name)}</th><td>${esc(value)}</td></tr>`);
  return `<section><table class="facts"><tbody>${cells.join('')}</tbody></table></section>`;
}

/** The owner of the calendar; with an administrator's login both. */
function whose(run: RunEntry): string {
  const owner = actorName(run);
  return owner === run.user ? owner : `${owner}, by the login of ${run.user}`;
}

function notifiedKey(mode: string): 'none' | 'internal-only' | 'external-only' | 'all' {
  return mode === 'internal-only' || mode === 'external-only' || mode === 'none' ? mode : 'all';
}

function actingWords([address, entries]: readonly [string, number]): string {
  const who = address === '' ? 'whom the server decides' : address.replace(/^mailto:/i, '');
  return `${who} (${count(entries, 'entry', 'entries')})`;
}

function notes({ notes: sentences }: RunReport): string {
  if (sentences.length === 0) return '';
  return `<section><ul class="notes">${sentences.map((note) => `<li>${esc(note)}</li>`).join('')}</ul></section>`;
}
