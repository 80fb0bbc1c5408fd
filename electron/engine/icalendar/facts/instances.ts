import type { ComponentFacts } from './component-facts.ts';
import type { CalendarUser, Instances } from '../types.ts';

/**
 * What single instances say otherwise than the series; undefined where nothing does, and where there is no organizer
 * whom it could concern. Only differences are kept: a series of 500 overrides has most of its guests 500 times.
 */
export function instancesOf(all: readonly ComponentFacts[], attendees: readonly CalendarUser[]): Instances | undefined {
  if (all.every((facts) => facts.organizer === null)) return undefined;
  const excluded = all.flatMap((facts) => (facts.recurrenceId === null ? facts.excluded : []));
  const answers = all.length > 1 ? otherAnswers(all, attendees) : [];
  const guests = all.length > 1 ? otherGuests(all) : [];
  if (excluded.length === 0 && answers.length === 0 && guests.length === 0) return undefined;
  return { answers, excluded, ...(guests.length === 0 ? {} : { guests }) };
}

/** Instances of rules that say how many, at least; undefined where none does. */
export function countedInstances(all: readonly ComponentFacts[]): number | undefined {
  let counted: number | undefined;
  for (const { rrules, excluded, recurrenceId } of all) {
    if (recurrenceId !== null || rrules.length === 0) continue;
    const counts = rrules.map((rule) => Number(/(?:^|;)COUNT=(\d{1,9})(?:;|$)/i.exec(rule.trim())?.[1] ?? '0'));
    const sum = Math.max(...counts) - excluded.length;
    if (sum > 0) counted = Math.max(counted ?? 0, sum);
  }
  return counted;
}

function otherAnswers(all: readonly ComponentFacts[], attendees: readonly CalendarUser[]): Instances['answers'] {
  const whole = new Map(attendees.map(({ address, partstat }) => [address.toLowerCase(), partstat]));
  return all.flatMap(({ recurrenceId, attendees: guests, cancelled }) =>
    recurrenceId === null || cancelled
      ? []
      : guests
          .filter(({ address, partstat }) => whole.get(address.toLowerCase()) !== partstat)
          .map(({ address, partstat }) => ({ id: recurrenceId.ms, address, partstat })),
  );
}

function otherGuests(all: readonly ComponentFacts[]): NonNullable<Instances['guests']> {
  const series = new Map<string, number>();
  for (const { recurrenceId, attendees } of all) {
    if (recurrenceId === null) for (const guest of attendees) series.set(guest.address.toLowerCase(), tells(guest));
  }
  return all.flatMap(({ recurrenceId, attendees }) =>
    recurrenceId === null
      ? []
      : attendees
          .filter((guest) => (series.get(guest.address.toLowerCase()) ?? 0) < tells(guest))
          .map(({ address }) => ({ id: recurrenceId.ms, address })),
  );
}

/** How surely a server tells this guest: every one obeys SCHEDULE-AGENT=CLIENT, not every one NONE. */
export function tells({ scheduleAgent }: CalendarUser): number {
  const agent = scheduleAgent?.toUpperCase() ?? 'SERVER';
  if (agent === 'SERVER') return 2;
  return agent === 'CLIENT' ? 0 : 1;
}
