import type { Inspection } from '../../../shared/model/inspection.ts';
import type { ToldByMode } from '../../../shared/model/scheduling.ts';
import type { EnginePorts, Progress } from '../engine.ts';
import { inspectIndex } from '../icalendar/inspect-index.ts';
import type { CalendarIndex } from '../icalendar/types.ts';
import { domainsOf } from '../scheduling/addresses.ts';
import { sumTold, toldBy } from '../scheduling/told.ts';
import type { ToldItem } from '../scheduling/types.ts';
import { collect } from './breath.ts';
import { openSources } from './sources.ts';

/** What is in a set of sources, without any server. */
export async function inspect(
  ports: EnginePorts,
  sources: readonly string[],
  progress: Progress = () => undefined,
  signal?: AbortSignal,
): Promise<Inspection> {
  const index = await openSources(ports, sources, progress, signal);
  try {
    const nowMs = ports.now().getTime();
    const withSignal = signal === undefined ? {} : { signal };
    const found = await inspectIndex(index, {
      nowMs,
      progress: (done, of) => progress('planning', done, of),
      ...withSignal,
    });
    return { ...found, told: await toldByOrganizers(index, nowMs, signal) };
  } finally {
    await index.close();
  }
}

/**
 * Who would be told if each event were put into the calendar of its organizer: without a server nobody knows whose
 * calendar it will be, and this is the most that could happen.
 */
async function toldByOrganizers(
  index: CalendarIndex,
  now: number,
  signal: AbortSignal | undefined,
): Promise<ToldByMode> {
  return sumTold(await collect(eachTold(index, now), signal));
}

function* eachTold(index: CalendarIndex, now: number): Generator<ToldItem> {
  for (let ordinal = 0; ordinal < index.size; ordinal += 1) {
    const summary = index.summary(ordinal);
    if (summary.organizer === null || summary.attendees.length === 0) continue;
    const ownAddresses = [summary.organizer.address];
    yield toldBy('create', summary, null, { ownAddresses, insideDomains: domainsOf(ownAddresses), now });
  }
}
