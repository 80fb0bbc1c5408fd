import type { ResourceSummary } from '../icalendar/types.ts';
import { brokenState, cancelledState } from './rewritable.ts';
import type { Decision, SourceState } from './table.ts';
import type { PlanInput } from './types.ts';

/** What the calendar takes, judged before anything is sent (RFC 4791 §5.2.3 to §5.2.9). */
export function sourceState(input: PlanInput, ordinal: number, summary: ResourceSummary): SourceState {
  const { components, maxResourceSize, maxAttendees, maxInstances } = input.limits;
  if (input.only !== null && !input.only.has(ordinal)) return 'left-out';
  const unsent = cancelledState(summary, input.ownerAddresses) ?? brokenState(summary);
  if (unsent !== null) return unsent;
  if (components.length > 0 && !components.includes(summary.kind)) return 'wrong-component';
  if (maxResourceSize !== null && summary.bytes > maxResourceSize) return 'too-large';
  if (maxAttendees !== null && summary.attendees.length > maxAttendees) return 'too-many-guests';
  if (maxInstances !== null && (summary.counted ?? 0) > maxInstances) return 'too-many-instances';
  return dateState(input.limits, summary) ?? 'ready';
}

/** A day of grace: a zone that only the source knows may be off by some hours. */
const GRACE = 86_400_000;

/** Judged by the start, and by the end of what does not repeat; of a series servers keep what lies inside. */
function dateState({ minDateMs, maxDateMs }: PlanInput['limits'], summary: ResourceSummary): SourceState | null {
  const { start, endsMs, recurring } = summary;
  const last = Math.max(start?.ms ?? -Infinity, recurring ? -Infinity : (endsMs ?? -Infinity));
  if (minDateMs !== null && start !== null && start.ms < minDateMs - GRACE) return 'too-early';
  return maxDateMs !== null && last > maxDateMs + GRACE ? 'too-late' : null;
}

/** Names the limit of the calendar that a rejected resource goes beyond. */
export function withLimit({ limits }: PlanInput, state: SourceState, decision: Decision): Decision {
  const limit = limitWords(limits, state);
  return limit === null ? decision : { ...decision, reason: `${decision.reason} ${limit}` };
}

function limitWords(limits: PlanInput['limits'], state: SourceState): string | null {
  switch (state) {
    case 'wrong-component':
      return `It takes ${limits.components.join(', ')}.`;
    case 'too-large':
      return `The limit is ${limits.maxResourceSize} octets.`;
    case 'too-many-guests':
      return `The limit is ${limits.maxAttendees}.`;
    case 'too-early':
      return `It takes nothing before ${dayOf(limits.minDateMs)}.`;
    case 'too-late':
      return `It takes nothing after ${dayOf(limits.maxDateMs)}.`;
    case 'too-many-instances':
      return `The limit is ${limits.maxInstances}.`;
    default:
      return null;
  }
}

function dayOf(ms: number | null): string {
  return ms === null ? '' : new Date(ms).toISOString().slice(0, 10);
}
