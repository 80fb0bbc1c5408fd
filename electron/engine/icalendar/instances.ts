import type { ComponentFacts } from './component-facts.ts';
import type { CalendarUser, Instances } from './types.ts';

/**
 * What single instances say otherwise than the series; undefined where nothing does, and where there is no organizer
 * whom it could concern. Only differences are kept: a series of 500 overrides has most of its guests 500 times.
 */
export function instancesOf(all: readonly ComponentFacts[], attendees: readonly CalendarUser[]): Instances | undefined {
  if (all.every((facts) => facts.organizer === null)) return undefined;
  const excluded = all.flatMap((facts) => (facts.recurrenceId === null ? facts.excluded : []));
  const answers = all.length > 1 ? otherAnswers(all, attendees) : [];
  return excluded.length === 0 && answers.length === 0 ? undefined : { answers, excluded };
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
