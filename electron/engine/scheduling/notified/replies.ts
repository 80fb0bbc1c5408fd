import type { ResourceSummary } from '../../icalendar/types.ts';
import { addressKey } from '../addresses.ts';
import { byServer, type Telling } from './notifying.ts';

/** Keys of the organizers that hear an answer of the owner (RFC 6638 §3.2.2). */
export function replies(telling: Telling): readonly string[] {
  const { change, after, before, delivers } = telling;
  const event = change === 'delete' ? before : after;
  const organizer = event?.organizer ?? null;
  if (organizer === null || !byServer(organizer, delivers)) return [];
  return heard(telling) ? [addressKey(organizer.address)] : [];
}

function heard({ change, after, before, own, delivers }: Telling): boolean {
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

/** The owner's answers in one object, upper case. */
interface Answers {
  /** To the series, or to the one event. */
  readonly whole: string;
  /** To single instances, by RECURRENCE-ID, where it is not the same. */
  readonly single: ReadonlyMap<number, string>;
  /** Each answer once. */
  readonly given: readonly string[];
  readonly excluded: readonly number[];
}

/** Null when the owner is no guest of it. */
function answersOf(summary: ResourceSummary | null, own: ReadonlySet<string>): Answers | null {
  const guest = summary?.attendees.find((attendee) => own.has(addressKey(attendee.address)));
  if (summary === null || guest === undefined) return null;
  const whole = guest.partstat ?? 'NEEDS-ACTION';
  const single = new Map(
    (summary.instances?.answers ?? [])
      .filter(({ address }) => own.has(addressKey(address)))
      .map(({ id, partstat }) => [id, partstat ?? 'NEEDS-ACTION']),
  );
  return {
    whole,
    single,
    given: [...new Set([whole, ...single.values()])],
    excluded: summary.instances?.excluded ?? [],
  };
}

function differs(is: Answers, was: Answers): boolean {
  const ids = new Set([...is.single.keys(), ...was.single.keys()]);
  return (
    is.whole !== was.whole ||
    [...ids].some((id) => (is.single.get(id) ?? is.whole) !== (was.single.get(id) ?? was.whole))
  );
}

/** An instance that a guest takes out of a series is declined (§3.2.2.3). */
function tookOut(is: Answers, was: Answers): boolean {
  return is.excluded.some((id) => !was.excluded.includes(id) && (was.single.get(id) ?? was.whole) !== 'DECLINED');
}
