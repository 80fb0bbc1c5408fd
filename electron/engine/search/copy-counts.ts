import type { Crowd } from '../../../shared/model/batch/cleanup.ts';
import type { Counts } from './judge.ts';

/** Counts what only a search over many calendars knows: copies of one text, calendars of one organizer. */
export class CopyCounter {
  readonly #copies = new Map<string, Set<string>>();
  readonly #calendars = new Map<string, Set<number>>();

  add(event: {
    readonly textKey: string;
    readonly organizer: string | null;
    readonly mailbox: string;
    readonly place: number;
  }): void {
    into(this.#copies, event.textKey, event.mailbox);
    if (event.organizer !== null) into(this.#calendars, event.organizer, event.place);
  }

  /** One mailbox, or one calendar, is what everything has at least: it is left out. */
  total(): Crowd {
    return { copies: severals(this.#copies), calendars: severals(this.#calendars) };
  }
}

/** What is known of one event; what was not counted more than once is there once. */
export function countsOf(
  { copies, calendars }: Crowd,
  { textKey, organizer }: { readonly textKey: string; readonly organizer: string | null },
): Counts {
  return { copies: counted(copies, textKey), calendars: organizer === null ? 0 : counted(calendars, organizer) };
}

function counted(counts: Readonly<Record<string, number>>, key: string): number {
  return Object.hasOwn(counts, key) ? (counts[key] ?? 1) : 1;
}

function into<T>(map: Map<string, Set<T>>, key: string, value: T): void {
  const known = map.get(key);
  if (known === undefined) map.set(key, new Set([value]));
  else known.add(value);
}

function severals(map: ReadonlyMap<string, ReadonlySet<unknown>>): Record<string, number> {
  return Object.fromEntries([...map].filter(([, set]) => set.size > 1).map(([key, set]) => [key, set.size]));
}
