import type { Finding } from '../../../../shared/model/plan.ts';
import type { ComponentFacts } from '../facts/component-facts.ts';
import { readFacts } from '../facts/component-facts.ts';
import { countedInstances, instancesOf, tells } from '../facts/instances.ts';
import { lastEnd } from '../facts/last-end.ts';
import { seriesOf } from '../facts/series.ts';
import type { ContentLine } from '../lines.ts';
import { mailAlarmsOf } from '../facts/mail-alarms.ts';
import { meaningOfLines } from '../meaning/meaning.ts';
import type { CalendarUser, Cancellation, ResourceGlance, ResourceSummary } from '../types.ts';
import type { ZoneOffset } from '../zones/zone-offset.ts';

/** A resource ready to be summed up: the lines of its components, the one without RECURRENCE-ID first. */
export interface ResourceLines {
  readonly components: readonly (readonly ContentLine[])[];
  /** Of each component, where they have been read already. */
  readonly facts?: readonly ComponentFacts[];
  readonly file: string;
  readonly line: number;
  readonly bytes: number;
  readonly findings: readonly Finding[];
  readonly cancellations?: readonly Cancellation[];
  /** For zones that only the source defines. */
  readonly offset?: ZoneOffset;
}

/** What a plan decides by. */
export function summaryOf(resource: ResourceLines): ResourceSummary {
  const [first, ...more] = resource.components;
  return summed(
    resource,
    meaningOfLines(more.length === 0 && first !== undefined ? first : resource.components.flat()),
  );
}

/** What a list shows: all but the meaning, which takes longest to work out. */
export function glanceOf(resource: ResourceLines): ResourceGlance {
  return summed(resource, '');
}

/** A value without functions: a getter, or a closure, would hold on to the lines of every event. */
function summed(resource: ResourceLines, meaning: string): ResourceSummary {
  const all = resource.facts ?? resource.components.map((lines) => readFacts(lines, resource.offset));
  const main = all.find((facts) => facts.recurrenceId === null) ?? all[0] ?? readFacts([]);
  const { components } = resource;
  const attendees = everybody(all);
  const cancellations = resource.cancellations ?? [];
  return {
    uid: main.uid,
    kind: main.kind,
    file: resource.file,
    line: resource.line,
    components: all.length + cancellations.filter(({ alone }) => !alone).length,
    hasMaster: all.some((facts) => facts.recurrenceId === null),
    title: main.title,
    location: main.location,
    start: main.start,
    endsMs: lastEnd(all),
    ...(attendees.length > 0 && all.some(({ end }) => end === null) ? { withoutEnd: true as const } : {}),
    recurring: all.some((facts) => facts.rrules.length > 0 || facts.lastRdate !== null || facts.recurrenceId !== null),
    series: seriesOf(all, resource.offset),
    organizer: all.find((facts) => facts.organizer !== null)?.organizer ?? null,
    attendees,
    instances: instancesOf(all, attendees),
    counted: countedInstances(all),
    mailAlarms: mailAlarmsOf(components, all, resource.offset),
    ...(cancellations.length === 0 ? {} : { cancellations: cancellations.map(plainly) }),
    cancelled: all.length > 0 && all.every((facts) => facts.cancelled),
    sequence: Math.max(...all.map((facts) => facts.sequence), 0),
    dtstamp: newest(all, 'dtstamp'),
    lastModified: newest(all, 'lastModified'),
    created: newest(all, 'created'),
    meaning,
    bytes: resource.bytes,
    findings: resource.findings,
  };
}

/** Without the lines that a part of the text may come with. */
function plainly({ attendees, whole, alone, settled }: Cancellation): Cancellation {
  return { attendees, whole, alone, settled };
}

function newest(all: readonly ComponentFacts[], field: 'dtstamp' | 'lastModified' | 'created'): number | null {
  return all.reduce<number | null>((latest, facts) => {
    const value = facts[field];
    return value === null ? latest : Math.max(latest ?? -Infinity, value);
  }, null);
}

function everybody(all: readonly ComponentFacts[]): CalendarUser[] {
  if (all.length === 1) return once(all[0]?.attendees ?? []);
  return once(all.flatMap((facts) => facts.attendees));
}

/** By who comes first, and with the SCHEDULE-AGENT by which the server tells somebody most: it tells of each component alone. */
function once(users: readonly CalendarUser[]): CalendarUser[] {
  const seen = new Map<string, CalendarUser>();
  for (const user of users) {
    const key = user.address.toLowerCase();
    const first = seen.get(key);
    if (first === undefined) seen.set(key, user);
    else if (tells(user) > tells(first)) seen.set(key, { ...first, scheduleAgent: user.scheduleAgent });
  }
  return [...seen.values()];
}
