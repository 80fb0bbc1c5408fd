import type { CalendarIndex, ResourceSummary } from '../../icalendar/types.ts';
import { rangesOf, type Version } from '../../search/version-ranges.ts';
import type { Rejection } from '../../../../shared/model/found/inspection.ts';
import { hashOf, keyOf, versionOf } from '../find/event-history.ts';
import type { KeptTexts, Slot } from '../find/texts.ts';

/** The calendar as it is now stands among the backups, as the newest of them. */
const NOW = -1;

/** The calendar now, as far as it must be known to compare. */
interface Present {
  get(uid: string): { readonly summary: ResourceSummary } | undefined;
}

/** A backup that could be read. */
export interface Readable {
  readonly id: number;
  readonly unread: ReadonlyMap<string, readonly Rejection[]>;
  /** A hash of UID and kind of each of its entries, in order of their values. */
  readonly hashes: Uint32Array;
}

/** Between which looks an entry became what it is, and the version before that. */
interface Since {
  readonly version: Version;
  readonly before: number;
  /** Null: the newest backup still had it. */
  readonly after: number | null;
}

/** An entry that some backup has otherwise than the calendar has it now. */
export class Loss {
  readonly uid: string;
  readonly kind: string;
  /** The newest backup that has it otherwise, and the text that it has there. */
  readonly newest: number;
  readonly startMs: number;
  readonly text: Slot;
  readonly #versions = new Map<number, Version>();
  #last: Version;

  constructor(summary: ResourceSummary, backup: number, text: Slot) {
    this.uid = summary.uid;
    this.kind = summary.kind;
    this.newest = backup;
    this.startMs = summary.start?.ms ?? -Infinity;
    this.text = text;
    this.#last = versionOf(summary);
    this.#versions.set(backup, this.#last);
  }

  /** Notes how an older backup has it; equal versions are kept once. */
  note(backup: number, summary: ResourceSummary): void {
    if (summary.meaning !== this.#last.meaning) this.#last = versionOf(summary);
    this.#versions.set(backup, this.#last);
  }

  /**
   * Since when it is as it is.
   *
   * @param now what the calendar has of it; null: nothing
   * @param readable the backups that could be read, newest first
   */
  since(now: Version | null, readable: readonly Readable[]): Since {
    const own = hashOf(keyOf(this));
    const sightings = readable.map(({ id, unread, hashes }) => {
      // What newer backups than the first one that differs have is what the calendar has, or nothing.
      const same = id < this.newest && now !== null && holds(hashes, own) ? now : null;
      return { backup: id, version: this.#versions.get(id) ?? same, unread: unread.get(this.uid) ?? [] };
    });
    const ranges = rangesOf([{ backup: NOW, version: now, unread: [] }, ...sightings]);
    const at = ranges.findIndex(({ backups }) => backups.includes(this.newest));
    const version = this.#versions.get(this.newest);
    if (at < 1 || version === undefined) throw new Error('a loss that is none');
    const after = ranges[at - 1]?.backups.at(-1) ?? NOW;
    return { version, before: this.newest, after: after === NOW ? null : after };
  }
}

/** Whether a value stands in an array in order. */
function holds(values: Uint32Array, wanted: number): boolean {
  let [low, high] = [0, values.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((values[middle] ?? 0) < wanted) low = middle + 1;
    else high = middle;
  }
  return values[low] === wanted;
}

/** Compares backups, newest first, with the calendar as it is now, and keeps what differs. */
export class Losses {
  readonly #byKey = new Map<string, Loss>();
  readonly #now: Present;
  readonly #texts: KeptTexts;
  readonly #most: number;
  /** Stands for the text in which an entry was last found to be as it is now: equal texts are not taken apart again. */
  readonly #same = new Map<string, string>();
  readonly #beyond = new Set<string>();
  /** Entries of the newest backup that are as they were. */
  same = 0;

  constructor(now: Present, texts: KeptTexts, most: number) {
    this.#now = now;
    this.#texts = texts;
    this.#most = most;
  }

  get all(): readonly Loss[] {
    return [...this.#byKey.values()];
  }

  /** Entries that differ and are not kept. */
  get more(): number {
    return this.#beyond.size;
  }

  /** Holds one entry of a backup against the calendar. Gives the hash of its UID and kind. */
  async look(backup: number, index: CalendarIndex, ordinal: number): Promise<number> {
    const glance = index.glance(ordinal);
    const key = keyOf(glance);
    const known = this.#byKey.get(key);
    if (known !== undefined) known.note(backup, index.summary(ordinal));
    else if (!this.#isSame(key, index, ordinal, glance.uid)) await this.#keep(key, backup, index, ordinal);
    else if (backup === 0) this.same += 1;
    return hashOf(key);
  }

  #isSame(key: string, index: CalendarIndex, ordinal: number, uid: string): boolean {
    const now = this.#now.get(uid);
    if (now === undefined) return false;
    const fingerprint = index.fingerprint(ordinal);
    if (this.#same.get(key) === fingerprint) return true;
    if (now.summary.meaning !== index.summary(ordinal).meaning) return false;
    this.#same.set(key, fingerprint);
    return true;
  }

  async #keep(key: string, backup: number, index: CalendarIndex, ordinal: number): Promise<void> {
    if (this.#byKey.size >= this.#most) {
      this.#beyond.add(key);
      return;
    }
    const slot = await this.#texts.keep(await index.text(ordinal));
    this.#byKey.set(key, new Loss(index.summary(ordinal), backup, slot));
  }
}
