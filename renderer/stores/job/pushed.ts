/** What the engine sends of a job that goes on: some events, or in their place the state after them. */
export interface Pushed<E, S> {
  /** Sequence number of the last event. */
  readonly seq: number;
  readonly events: readonly E[];
  readonly snapshot?: S | undefined;
}

export interface Reached<S> {
  readonly seq: number;
  readonly snapshot: S;
}

/**
 * The state after some pushes; each event counts once, also one that the state holds already. Null when something is
 * missing in between: then the state must be asked for.
 */
export function reach<E, S>(
  before: Reached<S>,
  pushed: readonly Pushed<E, S>[],
  fold: (before: S, events: readonly E[]) => S,
): Reached<S> | null {
  let { seq, snapshot } = before;
  let events: E[] = [];
  for (const one of pushed) {
    if (one.seq <= seq) continue;
    if (one.snapshot !== undefined) {
      snapshot = one.snapshot;
      events = [];
    } else {
      const missing = one.seq - one.events.length;
      if (missing > seq) return null;
      for (const event of one.events.slice(seq - missing)) events.push(event);
    }
    seq = one.seq;
  }
  return { seq, snapshot: events.length === 0 ? snapshot : fold(snapshot, events) };
}
