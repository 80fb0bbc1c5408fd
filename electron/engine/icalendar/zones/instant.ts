import type { When } from '../types.ts';
import { isUtcName } from './used-zones.ts';
import { ianaName } from './zone-library.ts';

/** The instant of a time in milliseconds; undefined for whole days, times of no zone, and of a zone that nobody knows. */
export function instantOf(when: When | null): number | undefined {
  if (when === null || when.text.length === 10 || Number.isNaN(when.ms)) return undefined;
  if (when.text.endsWith('Z')) return when.ms;
  if (when.tzid === null) return undefined;
  if (isUtcName(when.tzid) || ianaName(when.tzid) !== null) return when.ms;
  // A zone without a name that is known counts as UTC where the source does not define it, either.
  return when.ms === Date.parse(`${when.text}Z`) ? undefined : when.ms;
}
