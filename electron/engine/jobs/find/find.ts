import type { DayRange, Occurrences } from '../../../../shared/model/found/occurrences.ts';
import type { FindSpec, FindResult, FoundEvent, VersionDetail } from '../../../../shared/model/found/find.ts';
import { HushError } from '../../../../shared/model/failure.ts';
import type { EnginePorts } from '../../types.ts';
import { eventCard } from '../../icalendar/summary/event-card.ts';
import { eventText } from '../../icalendar/summary/event-text.ts';
import { fieldDifferences } from '../../icalendar/summary/field-differences.ts';
import { uidRule } from '../../plan/rules/uid-rule.ts';
import { backupsIn } from './backups.ts';
import { FoundCalendar } from './found-calendar.ts';
import { lookAgain, lookInto, type Looked } from './look.ts';
import { readTerms } from './terms.ts';
import { KeptTexts } from './texts.ts';
import type { EventHistory } from './event-history.ts';
import { EventHistories } from './event-histories.ts';

export interface FindOptions {
  readonly signal?: AbortSignal | undefined;
  /** The backup that is looked into, how many there are, and how many of its events are done. */
  readonly progress?: (now: FindProgress) => void;
}

interface FindProgress {
  /** 1-based. */
  readonly backup: number;
  readonly backups: number;
  readonly name: string;
  readonly done: number;
  readonly of: number;
}

/** What was found. Texts stay on the disk until it is closed. */
export interface FindSession {
  readonly result: FindResult;
  /** The versions of one event, newest first. Throws HushError for an event that is none. */
  versions(event: number): Promise<readonly VersionDetail[]>;
  /** What was found, on its days, as older backups and as the newest one have it; rows are events. */
  occurrences(range: DayRange): Promise<Occurrences>;
  /** What a restore of one version names: the newest backup that has it, and the rule that lets only this event through. */
  restoreOf(event: number, range: number): RestoreOfVersion;
  close(): Promise<void>;
}

interface RestoreOfVersion {
  readonly source: string;
  readonly only: readonly string[];
  readonly event: FoundEvent;
}

/**
 * Looks for events over several backups, and says for each event what every backup has of it. Backups are read newest
 * first, one at a time; those that are newer than the first one in which an event fits are looked at once more, since
 * there it may say something else. A backup that cannot be read is named in the result and costs no other one.
 *
 * @throws HushError (fix-input) for a search that is none; AbortError when it is stopped
 */
export async function find(
  ports: EnginePorts,
  sources: readonly string[],
  spec: FindSpec,
  { signal, progress = () => undefined }: FindOptions = {},
): Promise<FindSession> {
  const terms = readTerms(spec);
  const backups = await backupsIn(sources);
  const trails = new EventHistories();
  const texts = await KeptTexts.open(ports.tempDir);
  try {
    const looked: Looked[] = [];
    const around = { ports, terms, trails, texts, signal };
    for (const [id, one] of backups.entries()) {
      signal?.throwIfAborted();
      const tell = (done: number, of: number): void =>
        progress({ backup: id + 1, backups: backups.length, name: one.name, done, of });
      tell(0, 0);
      looked.push(await lookInto(one, id, { ...around, progress: tell }));
    }
    for (const [id, one] of backups.entries()) {
      const late = trails.all.filter(({ since }) => since > id);
      const first = looked[id];
      if (first?.backup.problem !== null || late.length === 0) continue;
      looked[id] = await lookAgain(one, first, late, { ...around, progress: () => undefined });
    }
    return sessionOf(looked, trails, texts);
  } catch (thrown) {
    await texts.close();
    throw thrown;
  }
}

function sessionOf(looked: readonly Looked[], trails: EventHistories, texts: KeptTexts): FindSession {
  const readable = looked
    .filter(({ backup }) => backup.problem === null)
    .map(({ backup, unread }) => ({ id: backup.id, unread }));
  const found = trails.found(readable);
  const backups = looked.map(({ backup }) => backup);
  const get = (event: number): { readonly event: FoundEvent; readonly trail: EventHistory } => found[event] ?? gone();
  const calendar = new FoundCalendar(found, texts);
  return {
    occurrences: (range) => calendar.show(range),
    result: { backups, events: found.map(({ event }) => event), more: trails.more },
    async versions(id) {
      const { event, trail } = get(id);
      const details: VersionDetail[] = [];
      let newer: { text: string; detail: VersionDetail } | null = null;
      for (const [at, range] of event.ranges.entries()) {
        const slot = range.kind === 'version' ? trail.slot(range.backups[0] ?? -1) : undefined;
        if (slot === undefined) continue;
        const text = await texts.read(slot);
        if (newer !== null) details.push({ ...newer.detail, changes: changesBetween(text, newer.text) });
        newer = { text, detail: detailOf(at, text) };
      }
      return newer === null ? details : [...details, newer.detail];
    },
    restoreOf(id, at) {
      const { event } = get(id);
      const range = event.ranges[at];
      const source = backups[range?.backups[0] ?? -1]?.source;
      if (range?.kind !== 'version' || source === undefined) return gone();
      return { source, only: [uidRule(event.uid)], event };
    },
    close: () => texts.close(),
  };
}

function detailOf(range: number, text: string): VersionDetail {
  return { range, lines: eventText(text).lines, card: eventCard(text), changes: null };
}

function changesBetween(older: string, newer: string): VersionDetail['changes'] {
  return fieldDifferences(older, newer).map(({ field, server, backup }) => ({ field, before: server, after: backup }));
}

function gone(): never {
  throw new HushError({
    code: 'EVENT_GONE',
    message: 'This event is not among those that were found. Search again.',
    reaction: 'fix-input',
  });
}
