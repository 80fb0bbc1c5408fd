import type { KindsByMode, MessageKinds } from '../../../../shared/model/scheduling.ts';
import type { MessageKind } from './notifying.ts';
import type { NotifiedItem } from '../types.ts';

export const NO_MESSAGES: MessageKinds = { invitation: 0, update: 0, cancellation: 0, reply: 0 };

/** Few counts come up again and again: a hundred thousand rows share their objects. */
const SHARED = new Map<string, MessageKinds>();
const MOST_SHARED = 2000;

/** How many messages these are. */
export function countOf({ invitation, update, cancellation, reply }: MessageKinds): number {
  return invitation + update + cancellation + reply;
}

/** Counts messages by kind. */
export class KindTally {
  readonly #counts = { ...NO_MESSAGES };

  count(kind: MessageKind): void {
    this.#counts[kind] += 1;
  }

  add(kinds: MessageKinds): void {
    this.#counts.invitation += kinds.invitation;
    this.#counts.update += kinds.update;
    this.#counts.cancellation += kinds.cancellation;
    this.#counts.reply += kinds.reply;
  }

  total(): MessageKinds {
    const { invitation, update, cancellation, reply } = this.#counts;
    const key = `${String(invitation)} ${String(update)} ${String(cancellation)} ${String(reply)}`;
    const known = SHARED.get(key);
    if (known !== undefined) return known;
    const fresh = { ...this.#counts };
    if (SHARED.size < MOST_SHARED) SHARED.set(key, fresh);
    return fresh;
  }
}

/** The messages of each mode by kind, over many writes. `internal-only` changes calendars without a message. */
export function kindsByMode(items: Iterable<Pick<NotifiedItem, 'kinds'>>): KindsByMode {
  const all = new KindTally();
  const outside = new KindTally();
  for (const { kinds } of items) {
    all.add(kinds.inside);
    all.add(kinds.outside);
    outside.add(kinds.outside);
  }
  return { all: all.total(), none: NO_MESSAGES, 'internal-only': NO_MESSAGES, 'external-only': outside.total() };
}
