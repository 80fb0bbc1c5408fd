import type { ComponentFacts } from './component-facts.ts';
import { lengthMs, sendsMail } from './component-facts.ts';
import { lastEnd } from './last-end.ts';
import type { ContentLine } from '../lines.ts';
import { parameter, rawValue } from '../lines.ts';
import type { ResourceSummary } from '../types.ts';
import { durationMs, readWhen } from '../zones/when.ts';
import type { ZoneOffset } from '../zones/zone-offset.ts';

/** The alarms that send mail, and when the last of them goes off; undefined where there is none. */
export function mailAlarmsOf(
  components: readonly (readonly ContentLine[])[],
  all: readonly ComponentFacts[],
  offset?: ZoneOffset,
): ResourceSummary['mailAlarms'] {
  if (!all.some((facts) => facts.mailAlarm)) return undefined;
  let lastMs: number | null = -Infinity;
  for (const [at, facts] of all.entries()) {
    if (!facts.mailAlarm) continue;
    for (const alarm of alarmsIn(components[at] ?? [])) {
      if (!alarm.some((line) => sendsMail(line))) continue;
      const last = lastTime(alarm, facts, offset);
      lastMs = last === null || lastMs === null ? null : Math.max(lastMs, last);
    }
  }
  return { lastMs: lastMs === -Infinity ? null : lastMs };
}

/** When an alarm goes off for the last instance, in milliseconds; null when there is none or it cannot be told. */
function lastTime(alarm: readonly ContentLine[], facts: ComponentFacts, offset?: ZoneOffset): number | null {
  const trigger = alarm.find((line) => line.name === 'TRIGGER');
  if (trigger === undefined) return null;
  const ends = lastEnd([facts]);
  const shift = durationMs(rawValue(trigger.text));
  if (shift === null) return readWhen(rawValue(trigger.text), null, offset)?.ms ?? null;
  if (ends === null) return null;
  const fromEnd = parameter(trigger.text, 'RELATED')?.toUpperCase() === 'END';
  return ends - (fromEnd ? 0 : lengthMs(facts)) + shift;
}

/** The lines of each VALARM. */
function alarmsIn(lines: readonly ContentLine[]): ContentLine[][] {
  const found: ContentLine[][] = [];
  let open: ContentLine[] | null = null;
  for (const line of lines) {
    const word = line.name === 'BEGIN' || line.name === 'END' ? rawValue(line.text).trim().toUpperCase() : '';
    if (line.name === 'BEGIN' && word === 'VALARM') {
      open = [];
      found.push(open);
    }
    open?.push(line);
    if (line.name === 'END' && word === 'VALARM') open = null;
  }
  return found;
}
