import {
  beganBetween,
  type FindResult,
  type FoundBackup,
  type FoundEvent,
  type VersionRange,
  type VersionChange,
  type VersionDetail,
} from '../../../shared/model/found/find.ts';
import { shellWords } from './shell-words.ts';
import { plural } from './words.ts';

/** Longest value of a field that is shown, in characters; the window shows all. */
const LONGEST = 80;
/** What only the person knows of a restore; without --dry-run and with --yes it is done. */
const STILL_TO_SAY = '--calendar URL --user U --password-env VAR --scheduling none --dry-run';

/** The words of a command that restores one version of an event, but for what only the person knows. */
export function restoreWords(source: string, only: readonly string[]): readonly string[] {
  return [
    'hushcal',
    'restore',
    source.startsWith('-') ? `./${source}` : source,
    ...only.flatMap((rule) => ['--only', rule]),
    '--on-conflict',
    'replace',
  ];
}

/** The backups that were searched, and those that could not be, by name. */
export function backupsText({ backups }: FindResult): readonly string[] {
  const read = backups.filter(({ problem }) => problem === null);
  const [newest, oldest] = [read[0], read.at(-1)];
  const range = newest === undefined || oldest === undefined ? '' : `, ${dated(oldest)} to ${dated(newest)}`;
  return [
    `Searched    ${plural(read.length, 'backup')}${range}`,
    ...backups.flatMap((one) => (one.problem === null ? [] : [`Not read    ${one.source}: ${one.problem}`])),
    ...backups.flatMap(carefulText),
  ];
}

/** What of a backup could not be read, where a part of it could. */
export function carefulText({ problem, rejected, rejections, doubled, source }: FoundBackup): readonly string[] {
  if (problem !== null) return [];
  const lines: string[] = [];
  const [first] = rejections;
  if (first !== undefined) {
    const where = `The first: ${first.file}, line ${first.line}: ${first.reason}`;
    lines.push(`Careful     ${plural(rejected, 'item')} of ${source} could not be read. ${where}`);
  }
  if (doubled > 0) {
    lines.push(
      `Careful     ${source} holds ${plural(doubled, 'older version')} of events beside newer ones, and only the newer ones`,
      '            were looked at. If it is several backups, name each of its files or folders.',
    );
  }
  return lines;
}

/** One event: what became of it, each version with how to get it back, and what differs from the one before. */
export function eventText(
  event: FoundEvent,
  backups: readonly FoundBackup[],
  details: readonly VersionDetail[],
  commandOf: (range: number) => readonly string[],
): string {
  const { title, uid, kind, ranges } = event;
  const lines = [titleOf(title), `  ${kind === 'VEVENT' ? 'UID' : `${kind}, UID`} ${uid}`];
  for (const [at, range] of ranges.entries()) {
    lines.push(`  ${rangeText(ranges, at, backups)}`);
    if (range.kind === 'version') lines.push(`    ${factsOf(range)}`, `    ${range.file}, line ${range.line}`);
    if (range.kind !== 'absent') {
      for (const { file, line, reason } of range.unread)
        lines.push(`    Could not be read: ${file}, line ${line}: ${reason}`);
    }
    if (range.kind !== 'version') continue;
    lines.push(...changesText(details.find((detail) => detail.range === at)?.changes ?? null, numberOf(ranges, at)));
    lines.push(`    ${shellWords(commandOf(at))} \\`, `        ${STILL_TO_SAY}`);
  }
  return lines.join('\n');
}

function changesText(changes: readonly VersionChange[] | null, version: number): readonly string[] {
  if (changes === null) return [];
  if (changes.length === 0) return [`    Back again, the same as version ${version - 1}.`];
  return [`    Differs from version ${version - 1}:`, ...changes.map((change) => `      ${changeText(change)}`)];
}

/** The oldest version is 1. */
function numberOf(ranges: readonly VersionRange[], at: number): number {
  return ranges.slice(at).filter(({ kind }) => kind === 'version').length;
}

/** Which version it is and where, or between which backups it was lost. */
function rangeText(ranges: readonly VersionRange[], at: number, backups: readonly FoundBackup[]): string {
  const range = ranges[at];
  const ids = range?.backups ?? [];
  const nameAt = (id: number | undefined): string => nameOf(backups[id ?? -1]);
  if (range?.kind === 'absent') return absentText(ranges, at, nameAt);
  const many =
    ids.length === 1 ? `in ${nameAt(ids[0])}` : `in ${ids.length} backups: ${nameAt(ids.at(-1))} to ${nameAt(ids[0])}`;
  if (range?.kind === 'unreadable') return `There, but not readable, ${many}`;
  const all = numberOf(ranges, 0);
  return `Version ${numberOf(ranges, at)} of ${all}, ${ids.length === 1 ? '' : 'the same '}${many}`;
}

function absentText(ranges: readonly VersionRange[], at: number, nameAt: (id: number) => string): string {
  const ids = ranges[at]?.backups ?? [];
  const many = ids.length === 1 ? 'backup' : `${ids.length} backups`;
  const place = at === 0 ? `Not in the newest ${many}` : `Not in ${many === 'backup' ? 'one backup' : many}`;
  const lost = beganBetween(ranges, at);
  if (lost !== null) return `${place}: deleted between ${nameAt(lost.before)} and ${nameAt(lost.after)}`;
  const made = beganBetween(ranges, at - 1);
  if (made === null) return place;
  return `Not in the oldest ${many}: new between ${nameAt(made.before)} and ${nameAt(made.after)}`;
}

function factsOf(version: Extract<VersionRange, { kind: 'version' }>): string {
  const { title, start, tzid, location, organizer, guests, recurring } = version;
  const when = start === null ? 'no date' : `${start.replace('T', ' ')}${tzid === null ? '' : ` ${tzid}`}`;
  return [
    titleOf(title),
    when,
    recurring ? 'series' : '',
    location,
    organizer === null ? '' : `organizer ${organizer}`,
    guests === 0 ? '' : plural(guests, 'guest'),
  ]
    .filter((part) => part !== '')
    .join(' · ');
}

function changeText({ field, before, after }: VersionChange): string {
  if (before === after) return `${field}: otherwise than before`;
  return `${field}: ${valueText(before)} → ${valueText(after)}`;
}

function valueText(value: string | null): string {
  if (value === null) return 'not there';
  const line = value.replace(/\s+/g, ' ').trim();
  return `"${line.length > LONGEST ? `${line.slice(0, LONGEST)}…` : line}"`;
}

function titleOf(title: string): string {
  return title === '' ? '(no title)' : title;
}

/** Its name, with its date where the name does not say it. */
export function nameOf(backup: FoundBackup | undefined): string {
  if (backup === undefined) return 'another one';
  return backup.dateFrom === 'name' ? backup.name : `${backup.name} (${dated(backup)})`;
}

/** Day or moment, in the time zone of this computer. */
export function dated({ at, dateFrom }: Pick<FoundBackup, 'at' | 'dateFrom'>): string {
  if (at === null) return 'no date';
  if (at.length === 10) return at;
  const two = (part: number): string => String(part).padStart(2, '0');
  const on = new Date(at);
  const day = `${on.getFullYear()}-${two(on.getMonth() + 1)}-${two(on.getDate())}`;
  const moment = `${day} ${two(on.getHours())}:${two(on.getMinutes())}`;
  return dateFrom === 'modified' ? `changed ${moment}` : moment;
}
