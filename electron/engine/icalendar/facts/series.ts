import { lengthMs, type ComponentFacts } from './component-facts.ts';
import { decodeCopy } from '../lines.ts';
import type { Series, SeriesPart, When } from '../types.ts';
import { ianaName } from '../zones/zone-library.ts';
import type { ZoneOffset } from '../zones/zone-offset.ts';

/**
 * What a resource of more than one instance, or of a length that its start does not say, needs for its instances to be
 * found without its text. Undefined where start and end of the resource say it all.
 */
export function seriesOf(all: readonly ComponentFacts[], offset?: ZoneOffset): Series | undefined {
  const recurs = all.some(
    ({ rrules, lastRdate, recurrenceId }) => rrules.length > 0 || lastRdate !== null || recurrenceId !== null,
  );
  if (!recurs) return undefined;
  const zones: Record<string, string> = {};
  const whole = all.find(({ recurrenceId }) => recurrenceId === null)?.title ?? '';
  const invites = all.some(({ attendees }) => attendees.length > 0);
  const parts = all.flatMap((facts) => {
    if (facts.start === null) return [];
    const own = zoneOf(facts.start, offset);
    if (own !== null) zones[facts.start.tzid ?? ''] = own;
    return [{ ...partOf(facts, facts.start, whole), ...(invites && facts.attendees.length === 0 ? GUESTLESS : {}) }];
  });
  return { parts, ...(Object.keys(zones).length === 0 ? {} : { zones }) };
}

function partOf(facts: ComponentFacts, start: When, whole: string): SeriesPart {
  const { title, rrules, rdates, excluded, recurrenceId, cancelled } = facts;
  return {
    // The same string where it is the same title: a series can have hundreds of changed instances.
    title: title === whole ? whole : title,
    start,
    lengthMs: lengthMs(facts),
    // Copies: a piece of a line would hold on to all of the text.
    rrules: rrules.map((rule) => decodeCopy(rule)),
    rdates,
    excluded,
    recurrenceId: recurrenceId?.ms ?? null,
    cancelled,
  };
}

const GUESTLESS = { guestless: true } as const;

/** The definition of a zone that only the source knows. */
function zoneOf({ tzid }: When, offset: ZoneOffset | undefined): string | null {
  return tzid === null || ianaName(tzid) !== null ? null : (offset?.definition?.(tzid) ?? null);
}
