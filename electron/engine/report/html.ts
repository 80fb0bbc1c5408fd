import { OUTCOMES, TROUBLE } from '../../../shared/model/outcome.ts';
import type { ReportItem, RunReport } from '../../../shared/model/report.ts';
import { escapeHtml as esc } from './escape.ts';
import { STYLE } from './html-style.ts';
import { jobTitle, modeWords, outcomeWords, statusWords } from './words.ts';

/** The report as one page that a ticket can carry: no script, nothing fetched, printable, light and dark. */
export function reportHtml(report: RunReport): string {
  const { run } = report;
  const title = `${jobTitle(run.job)}: ${run.calendar}`;
  return [
    '<!doctype html>',
    '<html lang="en"><head><meta charset="utf-8">',
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">`,
    `<title>${esc(title)}</title><style>${STYLE}</style></head><body><main>`,
    header(report, title),
    totals(report),
    facts(report),
    notes(report),
    trouble(report),
    everything(report),
    `<footer>Hushcal report, run ${esc(run.runId)}</footer>`,
    '</main></body></html>\n',
  ].join('\n');
}

function header({ run }: RunReport, title: string): string {
  const ended = run.endedAt === null ? '' : ` – ${esc(time(run.endedAt))}`;
  return (
    `<header><h1>${esc(title)}</h1>` +
    `<p class="status ${run.status}">${esc(statusWords(run))}</p>` +
    `<p class="when">${esc(time(run.startedAt))}${ended}</p></header>`
  );
}

function totals({ run, items }: RunReport): string {
  const cells = OUTCOMES.filter((outcome) => run.totals[outcome] > 0 || outcome === 'failed').map(
    (outcome) =>
      `<li class="${TROUBLE.includes(outcome) ? 'bad' : 'good'}"><b>${run.totals[outcome]}</b> ${outcomeWords(outcome)}</li>`,
  );
  const components = items.reduce((sum, item) => sum + item.components, 0);
  return (
    `<section><ul class="totals">${cells.join('')}<li><b>${run.verified}</b> read back and equal</li></ul>` +
    `<p class="sum">Together ${items.length} rows, from ${components} components.</p></section>`
  );
}

function facts({ run, summary }: RunReport): string {
  const { verdict } = summary;
  const told = summary.told[run.effective === 'none' || run.effective === null ? 'none' : toldKey(run.effective)];
  const rows: readonly (readonly [string, string])[] = [
    ['Server', run.server],
    ['Calendar', `${run.calendar} (${run.calendarUrl})`],
    ['User', run.user],
    ['From', run.sources.join(', ')],
    ['Asked for', modeWords(run.asked)],
    ['Effective', run.effective === null ? 'nothing was written' : modeWords(run.effective)],
    ['Because', verdict.because],
    [
      'People told',
      `${run.status === 'complete' || told.people === 0 ? '' : 'up to '}${told.people} (${told.inside} inside, ${told.outside} outside), ${told.messages} messages`,
    ],
    ['Acting as', Object.entries(summary.actingAs).map(actingWords).join(', ')],
    ['Plan', summary.hash],
  ];
  const cells = rows
    .filter(([, value]) => value !== '')
    .map(([name, value]) => `<tr><th scope="row">${esc(name)}</th><td>${esc(value)}</td></tr>`);
  return `<section><table class="facts"><tbody>${cells.join('')}</tbody></table></section>`;
}

function toldKey(mode: string): 'none' | 'internal-only' | 'external-only' | 'all' {
  return mode === 'internal-only' || mode === 'external-only' || mode === 'none' ? mode : 'all';
}

function actingWords([address, count]: readonly [string, number]): string {
  return `${address === '' ? 'as the server decides' : address} ${count}`;
}

function notes({ notes: sentences }: RunReport): string {
  if (sentences.length === 0) return '';
  return `<section><ul class="notes">${sentences.map((note) => `<li>${esc(note)}</li>`).join('')}</ul></section>`;
}

function trouble({ items }: RunReport): string {
  const bad = items.filter((item) => TROUBLE.includes(item.outcome));
  return bad.length === 0 ? '' : `<section><h2>Needs a person (${bad.length})</h2>${table(bad)}</section>`;
}

function everything({ items }: RunReport): string {
  return `<section><h2>Everything (${items.length})</h2>${table(items)}</section>`;
}

function table(items: readonly ReportItem[]): string {
  const head =
    '<thead><tr><th>Outcome</th><th>Title</th><th>When</th><th>Where from</th><th>What happened</th></tr></thead>';
  return `<table class="rows">${head}<tbody>\n${items.map(rowHtml).join('\n')}\n</tbody></table>`;
}

function rowHtml(item: ReportItem): string {
  const bad = TROUBLE.includes(item.outcome) ? ' class="bad"' : '';
  const where = item.file === '' ? '' : item.line === 0 ? item.file : `${item.file}:${item.line}`;
  return (
    `<tr${bad}><td>${outcomeWords(item.outcome)}</td>` +
    `<td>${esc(item.title)}<br><small>${esc(item.uid)}</small></td>` +
    `<td>${esc((item.start ?? '').replace('T', ' '))}</td><td>${esc(where)}</td><td>${esc(whatHappened(item))}</td></tr>`
  );
}

function whatHappened(item: ReportItem): string {
  const parts = [item.reason, ...item.repairs];
  if (item.verified !== null) {
    const which = item.verifiedProperties.length === 0 ? '' : ` (${item.verifiedProperties.join(', ')})`;
    parts.push(`Read back: ${item.verified}${which}.`);
  }
  if (item.status !== null) parts.push(`HTTP ${item.status}.`);
  return parts.filter((part) => part !== '').join(' ');
}

function time(iso: string): string {
  return iso.replace('T', ' ').replace(/\.\d+Z$/, ' UTC');
}
