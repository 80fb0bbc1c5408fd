import type { Inspection } from '../../../shared/model/found/inspection.ts';
import type { EnginePorts, Progress } from '../types.ts';
import { inspectIndex } from '../icalendar/index/inspect-index.ts';
import type { ResourceGlance } from '../icalendar/types.ts';
import { domainsOf } from '../scheduling/addresses.ts';
import { notifiedBy, NotifiedSum } from '../scheduling/notified/notified.ts';
import { openSources } from './target/sources.ts';

/** What is in a set of sources, without any server. */
export async function inspect(
  ports: EnginePorts,
  sources: readonly string[],
  progress: Progress = () => undefined,
  signal?: AbortSignal,
): Promise<Inspection> {
  const { index } = await openSources(ports, sources, progress, signal);
  try {
    const nowMs = ports.now().getTime();
    const notified = new NotifiedSum();
    const found = await inspectIndex(index, {
      nowMs,
      progress: (done, of) => progress('planning', done, of),
      each: (glance) => addByOrganizer(notified, glance, nowMs),
      ...(signal === undefined ? {} : { signal }),
    });
    return { ...found, notified: notified.total() };
  } finally {
    await index.close();
  }
}

/**
 * Who would be told if each event were put into the calendar of its organizer: without a server nobody knows whose
 * calendar it will be, and this is the most that could happen.
 */
function addByOrganizer(notified: NotifiedSum, glance: ResourceGlance, now: number): void {
  if (glance.organizer === null || glance.attendees.length === 0) return;
  const ownAddresses = [glance.organizer.address];
  // There is nothing to compare it with, so its meaning is not asked for.
  const summary = { ...glance, meaning: '' };
  notified.add(notifiedBy('create', summary, null, { ownAddresses, insideDomains: domainsOf(ownAddresses), now }));
}
