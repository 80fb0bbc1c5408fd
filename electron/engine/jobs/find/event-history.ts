import type { Rejection } from '../../../../shared/model/found/inspection.ts';
import type { FoundEvent } from '../../../../shared/model/found/find.ts';
import type { CalendarIndex, ResourceSummary } from '../../icalendar/types.ts';
import { instantOf } from '../../icalendar/zones/instant.ts';
import { stateOf, rangesOf, type Version } from '../../search/version-ranges.ts';
import type { KeptTexts, Slot } from './texts.ts';

/** What is known of one event over all backups. */
export class EventHistory {
  readonly uid: string;
  readonly kind: string;
  /** Position of the backup in which it was found first. */
  readonly since: number;
  /** The latest start over its versions, in milliseconds; to put events in order. */
  latestMs = -Infinity;
  readonly #versions = new Map<number, Version>();
  /** Where the text of each meaning lies. */
  readonly #texts = new Map<string, Slot>();

  constructor(uid: string, kind: string, since: number) {
    this.uid = uid;
    this.kind = kind;
    this.since = since;
  }

  /** Notes how a backup has it; its text is kept once per meaning. */
  async note(backup: number, index: CalendarIndex, ordinal: number, texts: KeptTexts): Promise<void> {
    const summary = index.summary(ordinal);
    this.#versions.set(backup, versionOf(summary));
    this.latestMs = Math.max(this.latestMs, summary.start?.ms ?? -Infinity);
    if (this.#texts.has(summary.meaning)) return;
    this.#texts.set(summary.meaning, await texts.keep(await index.text(ordinal)));
  }

  /** @param readable the backups that could be read, newest first, with what could not be read in them by UID */
  found(
    id: number,
    readable: readonly { readonly id: number; readonly unread: ReadonlyMap<string, readonly Rejection[]> }[],
  ): FoundEvent {
    const ranges = rangesOf(
      readable.map(({ id: backup, unread }) => ({
        backup,
        version: this.#versions.get(backup) ?? null,
        unread: unread.get(this.uid) ?? [],
      })),
    );
    const newest = ranges.find(({ kind }) => kind === 'version');
    const title = newest?.kind === 'version' ? newest.title : '';
    return { id, uid: this.uid, kind: this.kind, title, state: stateOf(ranges), ranges };
  }

  /** Where the text lies that a backup has of it; undefined when it has none. */
  slot(backup: number): Slot | undefined {
    return this.#texts.get(this.#versions.get(backup)?.meaning ?? '');
  }
}

/** One event, whatever backup it is in. */
export function keyOf({ uid, kind }: Pick<ResourceSummary, 'uid' | 'kind'>): string {
  return `${kind} ${uid}`;
}

/** FNV-1a, 32 bits. */
export function hashOf(key: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < key.length; at += 1) hash = Math.imul(hash ^ key.charCodeAt(at), 0x01000193);
  return hash >>> 0;
}

/** What a list shows of an event, and what it means. */
export function versionOf(summary: ResourceSummary): Version {
  const { file, line, title, start, location, organizer, attendees, recurring, meaning } = summary;
  const startsAt = instantOf(start);
  const changed = summary.lastModified ?? summary.dtstamp;
  return {
    meaning,
    file,
    line,
    title,
    start: start?.text ?? null,
    tzid: start?.tzid ?? null,
    ...(startsAt === undefined ? {} : { startsAt }),
    location,
    organizer: organizer === null ? null : organizer.address.replace(/^mailto:/i, ''),
    guests: attendees.length,
    recurring,
    changedAt: changed === null ? null : new Date(changed).toISOString(),
  };
}
