import { REWRITE_OFFERS } from '../../../shared/model/rewrites.ts';
import { ACTIONS, isChange, type Finding, type PlanRow, type PlanSummary } from '../../../shared/model/plan.ts';
import { NOBODY, STANDARD_MODES, type NotifiedByMode } from '../../../shared/model/scheduling.ts';
import { binParts } from '../../../shared/words/trash-bin.ts';
import { notifiedDetails } from './notified-text.ts';
import { workaroundWords } from './workaround-words.ts';

/** Rows of trouble that are listed one by one; all are in the JSON. */
const LISTED = 50;

/** The plan as a person reads it: what will be done, who would be notified, what needs attention. */
export function planText(summary: PlanSummary, trouble: readonly PlanRow[]): string {
  const { verdict } = summary;
  const effective = verdict.effective ?? 'blocked: nothing will be written';
  return [
    `Entries     ${entriesText(summary)}`,
    ...binText(summary),
    `Mode        asked ${verdict.asked} → ${effective}`,
    `            ${verdict.because}`,
    ...evidenceText(summary),
    ...workaroundWords(verdict).map((sentence) => `            - ${sentence}`),
    ...(verdict.effective === null ? [] : [`Undo        ${verdict.undo}`]),
    ...undoesText(summary),
    ...makesText(summary),
    `On behalf of ${actingText(summary)}`,
    '',
    ...notifiedText(summary),
    ...wantsText(summary),
    ...summary.stops.map((stop) => `${stop.override ? 'Careful:' : 'Stop:'} ${stop.message}`),
    ...troubleText(trouble),
    `Plan        ${summary.hash}`,
  ].join('\n');
}

/** What would let more of the backup through, if a person consents. */
function wantsText({ wants = {} }: PlanSummary): readonly string[] {
  return REWRITE_OFFERS.flatMap(({ key, word, label }) => {
    const events = key === 'emailAlarms' ? 0 : (wants[key] ?? 0);
    return events === 0
      ? []
      : [`Consent     ${label}: --rewrite ${word} (${events === 1 ? '1 event' : `${events} events`})`];
  });
}

/** What the verdict rests on. */
function evidenceText({ verdict: { evidence = [], checkedAt } }: PlanSummary): readonly string[] {
  const checked = `Checked ${checkedAt.slice(0, 16).replace('T', ' ')} UTC.`;
  return [...evidence, checked].map((sentence) => `            · ${sentence}`);
}

/** That the run which is undone has notified people, and what can be chosen now. */
function undoesText({ undoes, verdict, notified }: PlanSummary): readonly string[] {
  if (undoes === undefined) return [];
  const mode = STANDARD_MODES.find((known) => known === verdict.effective);
  const now = mode === undefined ? null : notified[mode];
  const again =
    now === null || now.messages === 0
      ? 'This undo notifies nobody: they keep the messages that they have.'
      : `This undo notifies ${now.people} in ${now.messages} messages, with cancellations; --scheduling none undoes it without messages.`;
  return [
    `Careful     The run notified ${undoes.notified.people} people in ${undoes.notified.messages} messages (${undoes.mode}). ${again}`,
  ];
}

/** The calendar that will be made, and what else a person must know. */
function makesText({ makes, notes = [] }: PlanSummary): readonly string[] {
  if (makes === undefined) return notes.map((note) => `Note        ${note}`);
  const { name, color, description, zone, components } = makes;
  const more = [color, description, zone?.tzid ?? null, components.join(', ')].filter((part) => part !== null);
  const [made, ...others] = notes;
  return [
    ...(made === undefined ? [] : [`Calendar    ${made}`]),
    `            ${name}: ${more.join('; ')}`,
    ...others.map((note) => `Note        ${note}`),
  ];
}

function entriesText({ counts, components }: PlanSummary): string {
  const used = ACTIONS.filter((action) => counts[action] > 0);
  const all = used.reduce((sum, action) => sum + counts[action], 0);
  const parts = used.map((action) => `${counts[action]} ${ACTION_WORDS[action]}`);
  const sum = parts.length > 1 ? `${parts.join(' + ')} = ${all}` : (parts[0] ?? 'none');
  return `${sum}, from ${components} ${components === 1 ? 'component' : 'components'}`;
}

const ACTION_WORDS: Readonly<Record<(typeof ACTIONS)[number], string>> = {
  create: 'to create',
  update: 'to update',
  delete: 'to delete',
  unchanged: 'already the same',
  skip: 'to skip',
  supersede: 'superseded',
  conflict: 'in conflict',
  reject: 'rejected',
};

/** What goes in and out of the trash bin: each a row of its own. */
function binText({ bin }: PlanSummary): readonly string[] {
  return bin === undefined ? [] : [`Trash bin   ${binParts(bin).join(', ')}`];
}

function actingText({ actingAs, ambiguous, strangers }: PlanSummary): string {
  const parts = Object.entries(actingAs).map(
    ([address, count]) => `${address === '' ? 'whom the server decides' : address} (${count})`,
  );
  if (ambiguous > 0) parts.push(`${ambiguous} unclear`);
  if (strangers > 0) parts.push(`${strangers} of other people`);
  return parts.length === 0 ? 'nobody: nothing is written' : parts.join(', ');
}

/** Who would be notified in each mode; a server without scheduling notifies nobody, whatever is asked. */
function notifiedText(summary: PlanSummary): readonly string[] {
  const { verdict, notified } = summary;
  const { kinds: _kinds, topDomains: _domains, ...silent } = summary;
  return verdict.assurance === 'noScheduling'
    ? [notifiedTable(NOBODY_HEARS, verdict.effective), ...notifiedDetails(silent)]
    : [notifiedTable(notified, verdict.effective), ...notifiedDetails(summary)];
}

const NOBODY_HEARS: NotifiedByMode = { none: NOBODY, 'internal-only': NOBODY, 'external-only': NOBODY, all: NOBODY };

/** Who would be notified, for all modes at once. */
export function notifiedTable(notified: NotifiedByMode, effective: string | null): string {
  const head = ['', 'people', 'internal', 'external', 'messages', 'calendars', 'past'];
  const rows = STANDARD_MODES.map((mode) => {
    const count = notified[mode];
    const mark = mode === effective ? '→ ' : '  ';
    const numbers = [count.people, count.inside, count.outside, count.messages, count.calendars, count.past];
    return [`${mark}${mode}`, ...numbers.map(String)];
  });
  const lines = [head, ...rows].map((cells) =>
    cells.map((cell, at) => (at === 0 ? cell.padEnd(16) : cell.padStart(10))).join(''),
  );
  return `Who would be notified\n${lines.join('\n')}\n`;
}

function troubleText(trouble: readonly PlanRow[]): readonly string[] {
  if (trouble.length === 0) return [];
  const lines = trouble.slice(0, LISTED).map((row) => `  ${ACTION_WORDS[row.action].padEnd(12)} ${rowText(row)}`);
  const more = trouble.length - lines.length;
  const settle = trouble.some(({ action }) => action === 'conflict')
    ? ['  Conflicts stay unwritten; settle them with --resolve CHOICE:UID or --on-conflict.']
    : [];
  return [
    'Needs attention:',
    ...lines,
    ...(more > 0 ? [`  … and ${more} more; --json lists all.`] : []),
    ...settle,
    '',
  ];
}

/**
 * What is changed with consent, and what is sent as it is and a person should know, by file and line; empty where there is
 * nothing.
 */
export function findingsText(rows: readonly PlanRow[]): string {
  return sectionText('Changes:', rows, isChange) + sectionText('Warnings:', rows, ({ kind }) => kind === 'warning');
}

function sectionText(title: string, all: readonly PlanRow[], belongs: (finding: Finding) => boolean): string {
  const rows = all.filter(({ findings }) => findings.some(belongs));
  if (rows.length === 0) return '';
  const lines = rows
    .slice(0, LISTED)
    .flatMap((row) =>
      row.findings
        .filter(belongs)
        .map(({ message, line = row.line }) => `  ${rowText({ ...row, line, reason: message })}`),
    );
  const more = rows.length > LISTED ? [`  … and ${rows.length - LISTED} more; --json lists all.`] : [];
  return ['', title, ...lines, ...more, ''].join('\n');
}

/** Where a row came from, what it is, and why: on one line, and without what could steer a terminal. */
export function rowText(
  row: Named & { readonly title: string; readonly uid: string; readonly reason: string },
): string {
  const name = oneLine(row.title) || oneLine(row.uid);
  return [oneLine(where(row)), name === '' ? '' : `${name}:`, oneLine(row.reason)]
    .filter((part) => part !== '')
    .join(' ');
}

/** Text of a stranger on one line, without what could steer a terminal. */
export function oneLine(text: string): string {
  return text
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim();
}

interface Named {
  readonly file: string;
  readonly line: number;
}

/** File and line as an editor takes them. */
function where({ file, line }: Named): string {
  if (file === '') return '';
  return line === 0 ? file : `${file}:${line}`;
}
