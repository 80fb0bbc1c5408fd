import { open } from 'node:fs/promises';
import { HushError } from '../../../../shared/model/failure.ts';
import { MOST_MISSING, type MissingResult, type MissingSpec } from '../../../../shared/model/found/missing.ts';
import type { DayRange, Occurrences } from '../../../../shared/model/found/occurrences.ts';
import { listBoth } from '../../backup/list-both.ts';
import type { Connection } from '../../caldav/types.ts';
import type { EnginePorts } from '../../types.ts';
import { backupsIn, type Backup } from '../find/backups.ts';
import { readBackup, type ReadBackup } from '../find/read-backup.ts';
import { KeptTexts } from '../find/texts.ts';
import { listTarget, type Listing } from '../target/target.ts';
import { withTarget } from '../target/with-target.ts';
import { OPEN_DELETE } from '../../../../shared/words/trash-bin.ts';
import { calendarName } from '../../../../shared/text/display-names.ts';
import { dayOf, entriesOf, type Missed } from './entries.ts';
import { MissingCalendar } from './missing-calendar.ts';
import { Losses, type Readable } from './losses.ts';
import { sourceFor } from './which-calendar.ts';

export interface MissingOptions {
  readonly signal?: AbortSignal | undefined;
  readonly progress?: (now: MissingProgress) => void;
}

/** How far it is. `backup`: which one is read, 1-based; 0 while the calendar is listed. */
interface MissingProgress {
  readonly backup: number;
  readonly backups: number;
  readonly name: string;
  readonly done: number;
  readonly of: number;
}

/** What went missing. The texts that can be restored stay on the disk until it is closed. */
export interface MissingSession {
  readonly result: MissingResult;
  /**
   * Writes entries as iCalendar text into a new file, each in the version that is listed: the source of a restore.
   *
   * @throws HushError when the file is there, and for an entry that is none
   */
  save(entries: readonly number[], path: string): Promise<void>;
  /** What went missing, and the calendar around it, in some days; rows are entries. */
  occurrences(range: DayRange): Promise<Occurrences>;
  close(): Promise<void>;
}

/**
 * Holds backups against a calendar as it is now: what is gone, moved to another calendar of the user or changed, since
 * which backup, and what lies in the trash bin of the server. Backups are read newest first, one at a time; of what is
 * as it was nothing is kept. What cannot be seen, of the backups or of the server, is named in the result.
 *
 * @throws HushError when the calendar cannot be listed; AbortError when it is stopped
 */
export async function missing(
  ports: EnginePorts,
  sources: readonly string[],
  spec: MissingSpec,
  connection: Connection,
  { signal, progress = () => undefined }: MissingOptions = {},
): Promise<MissingSession> {
  const backups = sinceDay(await backupsIn(sources), spec.since);
  const texts = await KeptTexts.open(ports.tempDir);
  try {
    const opening = { spec: { calendarUrl: spec.calendarUrl, assume: [] }, connection, ports, others: [] };
    return await withTarget(opening, async (target) => {
      const at = ports.now();
      const name = calendarName(target.properties.info.name, spec.calendarUrl);
      const tell = (backup: number, about: string, done: number, of: number | null): void =>
        progress({ backup, backups: backups.length, name: about, done, of: of ?? 0 });
      const both = await listBoth(target.store, signal);
      const listed = Promise.resolve(both);
      const listing = await listTarget(target, (_phase, done, of) => tell(0, name, done, of), signal, listed);
      const losses = new Losses(listing.byUid, texts, MOST_MISSING);
      const read: ReadBackup<Uint32Array>[] = [];
      for (const [id, one] of backups.entries()) {
        signal?.throwIfAborted();
        const calendar = { url: spec.calendarUrl, name };
        read.push(
          await compare(ports, one, id, calendar, losses, signal, (done, of) => tell(id + 1, one.name, done, of)),
        );
      }
      const seen = { target, connection, listing, losses, texts, since: spec.since, now: at, signal };
      const { missed, unseen } = await entriesOf(
        seen,
        read.map(({ backup }) => backup),
        read.flatMap(readable),
      );
      const { store } = target;
      const result: MissingResult = {
        calendar: { url: store.url, name, entries: listing.byUid.size },
        at: at.toISOString(),
        backups: read.map(({ backup }) => backup),
        entries: missed.map(({ entry }) => entry),
        more: losses.more,
        same: losses.same,
        unseen: [...unseenIn(listing), ...unseen],
        notes: missed.some(({ entry }) => entry.trash !== null) ? [...both.said, OPEN_DELETE] : both.said,
      };
      await target.close();
      return sessionOf(result, missed, texts, listing);
    });
  } catch (thrown) {
    await texts.close();
    throw thrown;
  }
}

/** Backups since a day, and the one before: what was lost on that day is in it. */
function sinceDay(backups: readonly Backup[], since: string | undefined): readonly Backup[] {
  if (since === undefined) return backups;
  const first = backups.findIndex(({ at }) => at !== null && (dayOf(at) ?? '') < since);
  return first < 0
    ? backups
    : [...backups.slice(0, first + 1), ...backups.slice(first + 1).filter(({ at }) => at === null)];
}

/** Reads one backup and holds each entry of the calendar that it has against the calendar. */
async function compare(
  ports: EnginePorts,
  one: Backup,
  id: number,
  calendar: { readonly url: string; readonly name: string },
  losses: Losses,
  signal: AbortSignal | undefined,
  progress: (done: number, of: number) => void,
): Promise<ReadBackup<Uint32Array>> {
  progress(0, 0);
  const source = await sourceFor(one.source, calendar);
  if (source === null)
    return without(one, id, `It holds several calendars, and none is called "${calendar.name}" or had its address.`);
  const looked = await readBackup({ ...one, source }, id, { ports, signal }, async (index) => {
    const hashes = new Uint32Array(index.size);
    for (let ordinal = 0; ordinal < index.size; ordinal += 1) {
      hashes[ordinal] = await losses.look(id, index, ordinal);
      if (ordinal % PORTION !== PORTION - 1) continue;
      signal?.throwIfAborted();
      progress(ordinal + 1, index.size);
      await new Promise(setImmediate);
    }
    return hashes.sort();
  });
  return { ...looked, backup: { ...looked.backup, source: one.source } };
}

/** Entries that are looked at before others get their turn. */
const PORTION = 200;

function without({ source, name, at, dateFrom }: Backup, id: number, problem: string): ReadBackup<never> {
  const backup = { id, source, name, at, dateFrom, events: null, problem, rejected: 0, rejections: [], doubled: 0 };
  return { backup, unread: new Map(), value: null };
}

function readable({ backup: { id }, unread, value }: ReadBackup<Uint32Array>): readonly Readable[] {
  return value === null ? [] : [{ id, unread, hashes: value }];
}

/** What the calendar has and does not give. */
function unseenIn({ unseen }: Listing): readonly string[] {
  return unseen.map(({ href, reason }) => `In the calendar: ${href}. ${reason}`);
}

function sessionOf(
  result: MissingResult,
  missed: readonly Missed[],
  texts: KeptTexts,
  listing: Listing,
): MissingSession {
  const shown = new MissingCalendar(missed, texts, listing);
  const slots = new Map(missed.map(({ entry, text }) => [entry.id, text]));
  return {
    result,
    occurrences: (range) => shown.show(range),
    async save(entries, path) {
      const wanted = entries.map((id) => slots.get(id) ?? noSuch());
      const file = await open(path, 'wx', 0o600).catch((cause: unknown) => {
        throw new HushError(
          {
            code: 'FILE_EXISTS',
            message: `${path} cannot be written: choose a new name in a folder that is there.`,
            reaction: 'fix-input',
          },
          { cause },
        );
      });
      try {
        for (const slot of wanted) await file.write(await texts.read(slot));
      } finally {
        await file.close();
      }
    },
    close: () => texts.close(),
  };
}

function noSuch(): never {
  throw new HushError({
    code: 'EVENT_GONE',
    message: 'This event is not among those that were found. Compare again.',
    reaction: 'fix-input',
  });
}
