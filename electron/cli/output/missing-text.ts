import type { FoundBackup } from '../../../shared/model/found/find.ts';
import type { MissingEntry, MissingResult, MissingState } from '../../../shared/model/found/missing.ts';
import { carefulText, dated, nameOf } from './find-text.ts';
import { shellWords } from './shell-words.ts';
import { plural } from './words.ts';

/** Entries of one day that are shown one by one; all are in the JSON. */
const LISTED = 50;
/** What only the person knows of a restore; without --dry-run and with --yes it is done. */
const STILL_TO_SAY = '--password-env VAR --scheduling none --dry-run';

/** The words of a command that restores what was saved, but for what only the person knows. */
export function restoreOf(file: string, calendar: string, user: string): readonly string[] {
  const source = file.startsWith('-') ? `./${file}` : file;
  return ['hushcal', 'restore', source, '--calendar', calendar, '--user', user];
}

/** What went missing, by day; and what could not be seen. `restore` where it was saved. */
export function missingText(result: MissingResult, restore: readonly string[] | null): string {
  const { calendar, backups, entries, more, same, unseen, notes } = result;
  const read = backups.filter(({ problem }) => problem === null);
  const [newest, oldest] = [read[0], read.at(-1)];
  const range = newest === undefined || oldest === undefined ? '' : `, ${dated(oldest)} to ${dated(newest)}`;
  return [
    `Calendar    "${calendar.name}", ${plural(calendar.entries, 'event')} now`,
    `Compared    ${plural(read.length, 'backup')}${range}`,
    ...backups.flatMap((one) => (one.problem === null ? [] : [`Not read    ${one.source}: ${one.problem}`])),
    ...backups.flatMap(carefulText),
    ...unseen.map((words) => `Not seen    ${words}`),
    ...notes.map((words) => `Note        ${words}`),
    `Missing     ${sumText(entries)}; ${same} as in the newest backup`,
    ...daysOf(entries).flatMap(([day, own]) => ['', dayText(day), ...rowsText(own, backups)]),
    ...(more > 0 ? ['', `… and ${more} more that are missing and not listed: restore the whole backup.`] : []),
    ...nextText(entries, restore),
  ].join('\n');
}

const WORDS: Readonly<Record<MissingState, string>> = {
  gone: 'gone',
  moved: 'moved',
  changed: 'changed',
  unreadable: 'not readable',
};

function sumText(entries: readonly MissingEntry[]): string {
  const counts = new Map<MissingState, number>();
  for (const { state } of entries) counts.set(state, (counts.get(state) ?? 0) + 1);
  const parts = [...counts].map(([state, count]) => `${count} ${WORDS[state]}`);
  return parts.length === 0 ? 'nothing' : parts.join(', ');
}

/** Entries by day, as they are ordered. */
function daysOf(entries: readonly MissingEntry[]): readonly (readonly [string | null, readonly MissingEntry[]])[] {
  const days = new Map<string | null, MissingEntry[]>();
  for (const entry of entries) days.set(entry.day, [...(days.get(entry.day) ?? []), entry]);
  return [...days];
}

function dayText(day: string | null): string {
  if (day === null) return 'No date known';
  return new Date(`${day}T12:00:00`).toLocaleDateString('en-GB', {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    year: 'numeric',
  });
}

function rowsText(entries: readonly MissingEntry[], backups: readonly FoundBackup[]): readonly string[] {
  const lines = entries
    .slice(0, LISTED)
    .flatMap((entry) => [`  ${factsOf(entry)}`, `    ${becameText(entry, backups)}`]);
  const rest = entries.length - LISTED;
  return rest > 0 ? [...lines, `  … and ${rest} more; --json lists all.`] : lines;
}

function factsOf({ state, title, start, tzid, recurring, location, guests }: MissingEntry): string {
  const when = start === null ? 'no date' : `${start.replace('T', ' ')}${tzid === null ? '' : ` ${tzid}`}`;
  const facts = [title === '' ? '(no title)' : title, when, recurring ? 'recurring' : '', location];
  const all = [...facts, guests === 0 ? '' : plural(guests, 'guest')].filter((part) => part !== '');
  return `${WORDS[state].padEnd(8)} ${all.join(' · ')}`;
}

/** Where it was last, and where it is now. */
function becameText({ state, before, after, elsewhere, trash }: MissingEntry, backups: readonly FoundBackup[]): string {
  const was =
    before === null ? 'in no backup' : `${state === 'changed' ? 'like this' : 'there'} in ${nameOf(backups[before])}`;
  const since = after === null ? '' : `, no more in ${nameOf(backups[after])}`;
  const now =
    state === 'moved' && elsewhere !== null
      ? `, now in the calendar "${elsewhere.calendar}"`
      : state === 'unreadable'
        ? ', and the server does not give it'
        : '';
  const bin =
    trash === null || state !== 'gone'
      ? ''
      : `, in the trash bin${trash.deletedAt === null ? '' : ` since ${dated({ at: trash.deletedAt, dateFrom: 'manifest' })}`}${trash.back === true ? ', and can be restored from there as it was' : ''}`;
  return was + since + now + bin;
}

function nextText(entries: readonly MissingEntry[], restore: readonly string[] | null): readonly string[] {
  const gone = entries.filter(({ state }) => state === 'gone').length;
  if (gone === 0) return [];
  const what = gone === 1 ? 'the event that is gone' : `the ${gone} events that are gone`;
  if (restore === null) return ['', `To restore ${what}, save them into a file: --save missing.ics`];
  return ['', `To restore ${what}:`, `    ${shellWords(restore)} \\`, `        ${STILL_TO_SAY}`];
}
