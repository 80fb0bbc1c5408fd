import type { ResourceSummary } from '../../icalendar/types.ts';
import { addressKey } from '../addresses.ts';
import { byServer, type ScheduledWrite } from './notifying.ts';

/**
 * Keys of the organizers that hear an answer of the owner (RFC 6638 §3.2.2). Where an update names another one, some
 * servers answer to the earlier and some to the later.
 */
export function replies(write: ScheduledWrite): readonly string[] {
  const { change, after, before, delivers } = write;
  if (!isNotified(write)) return [];
  const events = [change === 'delete' ? null : after, change === 'create' ? null : before];
  const organizers = events.flatMap((event) => event?.organizer ?? []);
  return [...new Set(organizers.filter((one) => byServer(one, delivers)).map(({ address }) => addressKey(address)))];
}

function isNotified({ change, after, before, own, delivers }: ScheduledWrite): boolean {
  const is = answersOf(after, own);
  const was = answersOf(before, own);
  switch (change) {
    case 'create':
      return is !== null && (delivers?.unanswered === true || is.given.some((answer) => answer !== 'NEEDS-ACTION'));
    case 'delete':
      return was !== null && (delivers?.declined === true || was.given.some((answer) => answer !== 'DECLINED'));
    case 'update':
      if (is === null) return was?.given.some((answer) => answer !== 'DECLINED') ?? false;
      return was === null
        ? delivers?.unanswered === true || is.given.some((answer) => answer !== 'NEEDS-ACTION')
        : differs(is, was) || tookOut(is, was) || (delivers?.putBack === true && tookOut(was, is));
  }
}

/** The owner's answers in one object, upper case. An owner may be on a list by more than one address. */
interface Answers {
  /** To the series, or to the one event, by address. */
  readonly whole: ReadonlyMap<string, string>;
  /** To single instances, by RECURRENCE-ID and address, where it is not the same. */
  readonly single: ReadonlyMap<number, ReadonlyMap<string, string>>;
  /** Each answer once. */
  readonly given: readonly string[];
  readonly excluded: readonly number[];
}

/** Null when the owner is no guest of it. */
function answersOf(summary: ResourceSummary | null, own: ReadonlySet<string>): Answers | null {
  const whole = new Map(
    (summary?.attendees ?? []).flatMap(({ address, partstat }) => {
      const key = addressKey(address);
      return own.has(key) ? [[key, partstat ?? 'NEEDS-ACTION'] as const] : [];
    }),
  );
  if (summary === null || whole.size === 0) return null;
  const single = new Map<number, Map<string, string>>();
  for (const { id, address, partstat } of summary.instances?.answers ?? []) {
    const key = addressKey(address);
    if (!own.has(key)) continue;
    const said = single.get(id) ?? new Map<string, string>();
    single.set(id, said.set(key, partstat ?? 'NEEDS-ACTION'));
  }
  return {
    whole,
    single,
    given: [...new Set([...whole.values(), ...[...single.values()].flatMap((said) => [...said.values()])])],
    excluded: summary.instances?.excluded ?? [],
  };
}

/** What an address says of an instance; null: of the whole. */
function answer({ whole, single }: Answers, id: number | null, address: string): string | undefined {
  return (id === null ? undefined : single.get(id)?.get(address)) ?? whole.get(address);
}

function differs(is: Answers, was: Answers): boolean {
  const addresses = [...new Set([...is.whole.keys(), ...was.whole.keys()])];
  return [null, ...is.single.keys(), ...was.single.keys()].some((id) =>
    addresses.some((address) => answer(is, id, address) !== answer(was, id, address)),
  );
}

/** An instance that a guest takes out of a series is declined (§3.2.2.3). */
function tookOut(is: Answers, was: Answers): boolean {
  return is.excluded.some(
    (id) =>
      !was.excluded.includes(id) && [...was.whole.keys()].some((address) => answer(was, id, address) !== 'DECLINED'),
  );
}
