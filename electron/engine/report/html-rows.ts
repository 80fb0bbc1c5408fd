import type { JobKind } from '../../../shared/model/job.ts';
import { needsAttention, TROUBLE } from '../../../shared/model/outcome.ts';
import type { ReportItem } from '../../../shared/model/kept/report.ts';
import { daysHere, formatNumber, formatStart } from '../../../shared/words/format.ts';
import { escapeHtml as esc } from './escape.ts';
import { count, outcomeWords, placeWords } from './words.ts';

/** What is found in more than one row is said once: its sentence, its number from 1, and in how many rows it is. */
type Repeated = ReadonlyMap<string, { readonly number: number; readonly rows: number }>;

/** Every row of a run, as tables: what needs attention first, then the rest; before them what was found in many rows. */
export function* rowsHtml(items: readonly ReportItem[], job: JobKind): Generator<string> {
  const about = { repeated: repeatedIn(items), file: onlyFile(items), job };
  yield findings(about.repeated);
  const trouble = items.filter(needsAttention);
  if (trouble.length > 0) yield* table(`Needs attention (${formatNumber(trouble.length)})`, trouble, about);
  const others = items.filter((item) => !needsAttention(item));
  // What a selection left out comes after what was done.
  const rest = [
    ...others.filter(({ outcome }) => outcome !== 'skipped'),
    ...others.filter(({ outcome }) => outcome === 'skipped'),
  ];
  if (rest.length === 0) return;
  yield* table(
    `${trouble.length === 0 ? 'All events' : 'All other events'} (${formatNumber(rest.length)})`,
    rest,
    about,
  );
}

/** What is said once for all rows. */
interface About {
  readonly repeated: Repeated;
  /** The one file of all rows; null where there are several, or none. */
  readonly file: string | null;
  readonly job: JobKind;
}

function onlyFile(items: readonly ReportItem[]): string | null {
  const [first] = items;
  if (first === undefined || first.file === '' || first.line === 0) return null;
  return items.every(({ file, line }) => file === first.file && line > 0) ? first.file : null;
}

function repeatedIn(items: readonly ReportItem[]): Repeated {
  const rows = new Map<string, number>();
  for (const item of items) for (const one of new Set(foundIn(item))) rows.set(one, (rows.get(one) ?? 0) + 1);
  const many = [...rows].filter(([, times]) => times > 1);
  return new Map(many.map(([sentence, times], at) => [sentence, { number: at + 1, rows: times }]));
}

function foundIn({ repairs, warnings = [] }: ReportItem): readonly string[] {
  return [...repairs, ...warnings];
}

function findings(repeated: Repeated): string {
  if (repeated.size === 0) return '';
  const lines = [...repeated].map(
    ([sentence, { rows }]) => `<li>${esc(sentence)} <small>(${count(rows, 'event')})</small></li>`,
  );
  return `<section><h2>Notes on several events</h2><ol class="notes">${lines.join('')}</ol></section>\n`;
}

function* table(title: string, items: readonly ReportItem[], about: About): Generator<string> {
  const head =
    '<thead><tr><th class="c-outcome">Outcome</th><th class="c-title">Title, UID and place in the backup</th>' +
    '<th class="c-when">When</th><th>Notes</th></tr></thead>';
  yield `<section><h2>${title}</h2><table class="rows">${head}<tbody>\n`;
  for (const item of items) yield `${rowHtml(item, about)}\n`;
  yield '</tbody></table></section>\n';
}

function rowHtml(item: ReportItem, { repeated, file, job }: About): string {
  const title = item.title === '' ? 'Without a title' : `<bdi dir="auto">${esc(item.title)}</bdi>`;
  // A file that all of them come from stands in the head.
  const place = item.file === file ? `line ${item.line}` : placeWords(item);
  const small = [item.uid, place].filter((part) => part !== '').map((part) => `<bdi>${esc(part)}</bdi>`);
  return (
    `<tr${needsAttention(item) ? ' class="bad"' : ''}><td class="outcome">${outcomeWords(item.outcome, job)}</td>` +
    `<td>${title}<small class="uid">${small.join(' · ')}</small></td>` +
    `<td>${esc(formatStart(item.start, item.startsAt))}</td><td>${whatHappened(item, repeated)}</td></tr>`
  );
}

/** What was read back as it was sent is counted in the summary, and not said again. */
const READ_BACK: Readonly<Record<string, string>> = {
  same: '',
  rewritten: 'Adjusted by the server, with the same meaning.',
  changed: 'Read back: it is not what was sent',
  missing: 'It was not there when read back',
  unreadable: 'It could not be read back',
};

function whatHappened(item: ReportItem, repeated: Repeated): string {
  const own = foundIn(item).filter((one) => !repeated.has(one));
  const parts = [daysHere(item.reason), ...own];
  // What the server changed stands in the reason already.
  if (item.verified !== null && item.outcome !== 'altered')
    parts.push(readBack(item.verified, item.verifiedProperties));
  if (item.status !== null && TROUBLE.includes(item.outcome)) parts.push(`The server answered ${item.status}.`);
  const numbers = [...new Set(foundIn(item))].flatMap((one) => repeated.get(one)?.number ?? []);
  if (numbers.length > 0) parts.push(`${numbers.length === 1 ? 'Note' : 'Notes'} ${numbers.join(', ')}`);
  return esc(parts.filter((part) => part !== '').join(' '));
}

function readBack(verified: string, properties: readonly string[]): string {
  const words = READ_BACK[verified] ?? `Read back: ${verified}`;
  if (words === '' || words.endsWith('.')) return words;
  return properties.length === 0 ? `${words}.` : `${words} (${properties.join(', ')}).`;
}
