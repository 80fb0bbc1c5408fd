import type { ResourceSummary } from '../../icalendar/types.ts';
import type { PlanInput } from '../types.ts';

/** An event of the backup as far as the plan needs it: what is new in the calendar is compared with nothing: then its fingerprint is enough. */
export function sourceSummary({ resources, target, trash }: PlanInput, ordinal: number): ResourceSummary {
  const glance = resources.glance(ordinal);
  const inBin = trash?.objects.get(glance.uid)?.meaning !== undefined;
  if (inBin || target.has(glance.uid)) return resources.summary(ordinal);
  return { ...glance, meaning: resources.fingerprint(ordinal) };
}
