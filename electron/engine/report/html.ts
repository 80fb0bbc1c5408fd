import { needsAttention, OUTCOMES, STORED, TROUBLE, type Outcome } from '../../../shared/model/outcome.ts';
import type { ReportItem, RunReport } from '../../../shared/model/report.ts';
import { escapeHtml as esc } from './escape.ts';
import { STYLE } from './html-style.ts';
import { notifiedSection } from './notified.ts';
import { count, jobTitle, modeWords, moment, outcomeWords, placeWords, statusWords, notifiedTitle } from './words.ts';

/**
 * The report as one page that a ticket can carry: no script, nothing fetched, printable, light and dark, without the
 * folders of the computer that it was made on. `serverName` is how persons call the server, where that is known.
 */
export function* reportHtml(report: RunReport, serverName: string | null = null): Generator<string> {
  const { run, summary } = report;
  const title = `${jobTitle(run.job)}: ${run.calendar}`;
  yield lines([
    '<!doctype html>',
    '<html lang="en"><head><meta charset="utf-8">',
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">`,
    `<title>${esc(title)}</title><style>${STYLE}</style></head><body><main>`,
    header(report, title),
    notified(report),
    totals(report),
    facts(report, serverName),
    notifiedSection(report.summary),
    notes(report),
  ]);
  yield* trouble(report);
  yield* everything(report);
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
  const ended = run.endedAt === null ? '' : ` to ${esc(moment(run.endedAt))}`;
  const when = run.endedAt !== null && moment(run.endedAt) === moment(run.startedAt) ? '' : ended;
  return (
    `<header><h1>${esc(title)}</h1>` +
    `<p class="status ${run.status}">${esc(statusWords(run))}</p>` +
    `<p class="when">${esc(moment(run.startedAt))}${when} · logged in as ${esc(run.user)}</p></header>`
  );
}

function notified({ run, summary }: RunReport): string {
  const planned = run.effective === null ? null : summary.notified[notifiedKey(run.effective)];
  const upTo = run.status === 'complete' ? '' : 'up to ';
  const details =
    run.notified === 0 || planned === null
      ? ''
      : `<p>${planned.inside} internal, ${planned.outside} external planned; ${upTo}${count(planned.messages, 'message')}.</p>`;
  return `<section class="told ${run.notified === 0 ? 'quiet' : 'loud'}"><p class="big">${esc(notifiedTitle(run))}</p>${details}</section>`;
}

function totals({ run, items }: RunReport): string {
  const used = OUTCOMES.filter((outcome) => run.totals[outcome] > 0);
  const cells = used.map(
    (outcome) => `<li class="${toneOf(outcome)}"><b>${run.totals[outcome]}</b> ${outcomeWords(outcome)}</li>`,
  );
  const components = items.reduce((sum, item) => sum + item.components, 0);
  const sum = used.map((outcome) => `${run.totals[outcome]} ${outcomeWords(outcome)}`).join(' + ');
  const all = count(items.length, 'entry', 'entries');
  return (
    `<section><ul class="totals">${cells.join('')}<li><b>${run.verified}</b> verified</li></ul>` +
    `<p class="sum">${used.length > 1 ? `${sum} = ` : ''}${all}, from ${count(components, 'component')} in the backup.</p></section>`
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
    ['Server', server],
    ['Calendar', `${run.calendar} (${run.calendarUrl})`],
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

function* trouble({ items }: RunReport): Generator<string> {
  const bad = items.filter(needsAttention);
  if (bad.length > 0) yield* section(`Needs attention (${bad.length})`, bad);
  yield '\n';
}

/** Every row of a run, as a table. */
export function everything({ items }: Pick<RunReport, 'items'>): Generator<string> {
  return section(`Everything (${items.length})`, items);
}

function* section(title: string, items: readonly ReportItem[]): Generator<string> {
  const head =
    '<thead><tr><th>Outcome</th><th>Title and UID</th><th>When</th><th>Where from</th><th>What happened</th></tr></thead>';
  yield `<section><h2>${title}</h2><table class="rows">${head}<tbody>\n`;
  for (const item of items) yield `${rowHtml(item)}\n`;
  yield '</tbody></table></section>';
}

function rowHtml(item: ReportItem): string {
  const bad = needsAttention(item) ? ' class="bad"' : '';
  const title = item.title === '' ? 'without a title' : item.title;
  return (
    `<tr${bad}><td>${outcomeWords(item.outcome)}</td>` +
    `<td>${esc(title)}<br><small>${esc(item.uid)}</small></td>` +
    `<td>${esc(moment(item.start ?? ''))}</td><td>${esc(placeWords(item))}</td><td>${esc(whatHappened(item))}</td></tr>`
  );
}

const READ_BACK: Readonly<Record<string, string>> = {
  same: 'Read back, the same.',
  rewritten: 'Read back, equal in meaning; adjusted by the server.',
  changed: 'Read back: it is not what was sent',
  missing: 'It was not there when read back',
  unreadable: 'It could not be read back',
};

function whatHappened(item: ReportItem): string {
  const parts = [item.reason, ...item.repairs, ...(item.warnings ?? [])];
  // What the server changed stands in the reason already.
  if (item.verified !== null && item.outcome !== 'altered')
    parts.push(readBack(item.verified, item.verifiedProperties));
  if (item.status !== null && TROUBLE.includes(item.outcome)) parts.push(`The server answered ${item.status}.`);
  return parts.filter((part) => part !== '').join(' ');
}

function readBack(verified: string, properties: readonly string[]): string {
  const words = READ_BACK[verified] ?? `Read back: ${verified}`;
  if (words.endsWith('.')) return words;
  return properties.length === 0 ? `${words}.` : `${words} (${properties.join(', ')}).`;
}
