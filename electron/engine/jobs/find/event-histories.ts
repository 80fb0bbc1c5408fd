import { MOST_FOUND, type FoundEvent } from '../../../../shared/model/found/find.ts';
import type { Rejection } from '../../../../shared/model/found/inspection.ts';
import { keyOf, EventHistory } from './event-history.ts';

const ORDER: Readonly<Record<FoundEvent['state'], number>> = { lost: 0, unreadable: 1, changed: 2, same: 3 };

/** The events found so far, by UID and kind; beyond a limit they are counted only. */
export class EventHistories {
  readonly #byKey = new Map<string, EventHistory>();
  readonly #beyond = new Set<string>();

  get(key: string): EventHistory | undefined {
    return this.#byKey.get(key);
  }

  get all(): readonly EventHistory[] {
    return [...this.#byKey.values()];
  }

  get more(): number {
    return this.#beyond.size;
  }

  /** The trail of an event that was found in a backup; null when it is one too many. */
  follow(uid: string, kind: string, backup: number): EventHistory | null {
    const key = keyOf({ uid, kind });
    const known = this.#byKey.get(key);
    if (known !== undefined) return known;
    if (this.#byKey.size >= MOST_FOUND) {
      this.#beyond.add(key);
      return null;
    }
    const trail = new EventHistory(uid, kind, backup);
    this.#byKey.set(key, trail);
    return trail;
  }

  /** Lost ones first, then unreadable and changed ones, in each the latest start first; their ids are their positions. */
  found(
    readable: readonly { readonly id: number; readonly unread: ReadonlyMap<string, readonly Rejection[]> }[],
  ): readonly { readonly event: FoundEvent; readonly trail: EventHistory }[] {
    return this.all
      .map((trail) => ({ trail, event: trail.found(0, readable) }))
      .sort(
        (a, b) =>
          ORDER[a.event.state] - ORDER[b.event.state] ||
          b.trail.latestMs - a.trail.latestMs ||
          a.event.title.localeCompare(b.event.title),
      )
      .map(({ trail, event }, id) => ({ trail, event: { ...event, id } }));
  }
}
