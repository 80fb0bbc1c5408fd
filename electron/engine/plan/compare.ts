import type { ResourceSummary } from '../icalendar/types.ts';
import type { Obstacles, TargetObject } from './types.ts';
import type { TargetState } from './table.ts';
import { absentState } from './obstacles.ts';

/**
 * Where the calendar's copy stands to the backup's: `older` means that the backup is certainly newer. SEQUENCE decides
 * first (RFC 5546 §2.1.4), then LAST-MODIFIED where both have one, then DTSTAMP where both have one.
 *
 * @param age what is known of it otherwise: positive where the backup is newer
 * @param obstacles what stands in the way of a UID that the calendar does not hold
 */
export function targetState(
  source: ResourceSummary,
  target: TargetObject | undefined,
  obstacles: Obstacles = {},
  age?: number,
): TargetState {
  if (target === undefined) return absentState(source.uid, obstacles);
  if (target.summary.meaning === source.meaning) return 'same';
  if (target.summary.kind !== source.kind) return 'other-kind';
  if (target.shared === true) return 'shared';
  if (target.etag === null) return 'untagged';
  const newer = age ?? compareAge(source, target.summary);
  if (newer === 0) return 'undecided';
  return newer > 0 ? 'older' : 'newer';
}

/** Whether one side holds changed instances without their series, and the other something else of the same UID. */
export function isPart(source: ResourceSummary, there: ResourceSummary): boolean {
  return source.kind === there.kind && source.meaning !== there.meaning && !(source.hasMaster && there.hasMaster);
}

/** Positive when `a` is newer than `b`, negative when it is older, 0 when it cannot be told. */
function compareAge(a: ResourceSummary, b: ResourceSummary): number {
  if (a.sequence !== b.sequence) return a.sequence - b.sequence;
  if (a.lastModified !== null && b.lastModified !== null) return a.lastModified - b.lastModified;
  if (a.dtstamp !== null && b.dtstamp !== null) return a.dtstamp - b.dtstamp;
  return 0;
}
