import type { FoundBackup } from '../../shared/model/found/find.ts';
import type { MissingEntry, MissingResult, MissingState } from '../../shared/model/found/missing.ts';
import { asWritten } from '../../shared/words/format.ts';
import { dateFormat } from '../../shared/words/here.ts';
import { isolate } from '../../shared/words/isolate.ts';
import { formatMoment, formatNumber, plural } from './format.ts';

/* What went missing, in words. Pure. */

const DAY = { weekday: 'long', year: 'numeric', month: 'short', day: 'numeric' } as const;
const MOMENT = { ...DAY, hour: 'numeric', minute: '2-digit' } as const;

/** `Wednesday, Nov 25, 2026`; a day is as the calendar on the wall has it. */
export function dayWords(day: string | null): string {
  const written = day === null ? null : asWritten(day);
  return written === null ? 'On an unknown day' : dateFormat(DAY, 'UTC').format(written);
}

/** Chip of an entry. */
export const MISSING_WORDS: Readonly<
  Record<MissingState, { readonly label: string; readonly tone: 'bad' | 'warn' | 'upd' | 'same' }>
> = {
  gone: { label: 'Gone', tone: 'bad' },
  moved: { label: 'Moved', tone: 'same' },
  changed: { label: 'Changed', tone: 'upd' },
  unreadable: { label: 'Not readable', tone: 'warn' },
};

/** Where it was last, and where it is now: `There on Tuesday, Nov 24, 2026, gone on Wednesday, Nov 25, 2026`. */
export function becameWords(entry: MissingEntry, backups: readonly FoundBackup[], now: Date): string {
  const { state, before, after, elsewhere, trash } = entry;
  const last = seenIn(backups[before ?? -1]);
  const first = after === null ? 'now' : seenIn(backups[after]);
  const lies =
    trash === null
      ? ''
      : trash.deletedAt === null
        ? 'In the trash bin'
        : `Deleted ${formatMoment(trash.deletedAt, now)}, in the trash bin`;
  const bin = trash?.back === true ? `${lies}, and can be restored from it as it was` : lies;
  switch (state) {
    case 'gone':
      if (before === null) return `${bin}; in no backup`;
      return `There ${last}, gone ${first}${bin === '' ? '' : `. ${bin}`}`;
    case 'moved':
      return `There ${last}; now in the calendar “${isolate(elsewhere?.calendar ?? '')}”`;
    case 'changed':
      return `Like this ${last}, otherwise ${first}`;
    case 'unreadable':
      return `There ${last}; the server has something of it and does not give it`;
  }
}

/** `on Tuesday, Nov 24, 2026`; of a backup without a date its name. */
function seenIn(backup: FoundBackup | undefined): string {
  if (backup === undefined) return '';
  if (backup.at === null) return `in ${backup.name}`;
  if (backup.at.length === 10) return `on ${dayWords(backup.at)}`;
  return `on ${dateFormat(MOMENT).format(new Date(backup.at))}`;
}

/** `12 events are gone, 2 were changed`. */
export function sumWords({ entries, more }: Pick<MissingResult, 'entries' | 'more'>): string {
  const count = (state: MissingState): number => entries.filter((entry) => entry.state === state).length;
  const gone = count('gone');
  const parts = [gone === 0 ? 'Nothing is gone' : `${plural(gone, 'event is', 'events are')} gone`];
  const [moved, changed, unreadable] = [count('moved'), count('changed'), count('unreadable')];
  if (changed > 0) parts.push(`${formatNumber(changed)} changed`);
  if (moved > 0) parts.push(`${formatNumber(moved)} moved to another calendar`);
  if (unreadable > 0) parts.push(`${formatNumber(unreadable)} not readable`);
  if (more > 0) parts.push(`${formatNumber(more)} more are not listed: restore the whole backup`);
  return parts.join(' · ');
}
