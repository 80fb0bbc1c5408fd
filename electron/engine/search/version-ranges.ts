import type { FoundEvent, VersionRange, ReadableRange } from '../../../shared/model/found/find.ts';
import type { Rejection } from '../../../shared/model/found/inspection.ts';

/** Unreadable parts that are listed per stretch. */
const LISTED = 5;

/** An event as one backup has it. */
export interface Version extends Omit<ReadableRange, 'kind' | 'backups' | 'unread'> {
  /** Equal for versions that mean the same. */
  readonly meaning: string;
}

/** What one backup, which could be read, says of one event. */
interface Sighting {
  readonly backup: number;
  /** Null: no version of it is there. */
  readonly version: Version | null;
  /** Parts with its UID that could not be read. */
  readonly unread: readonly Rejection[];
}

/**
 * Neighbouring backups that say the same, as one stretch.
 *
 * @param sightings one for each backup that could be read, newest first
 */
export function rangesOf(sightings: readonly Sighting[]): readonly VersionRange[] {
  const groups: Sighting[][] = [];
  for (const sighting of sightings) {
    const group = groups.at(-1);
    const [first] = group ?? [];
    if (group !== undefined && first !== undefined && kindOf(first) === kindOf(sighting)) group.push(sighting);
    else groups.push([sighting]);
  }
  return groups.map(rangeOf);
}

/** What became of an event, as the newest of its stretches say. */
export function stateOf(ranges: readonly VersionRange[]): FoundEvent['state'] {
  const [newest] = ranges;
  if (newest?.kind === 'absent') return 'lost';
  if (newest?.kind === 'unreadable') return 'unreadable';
  const versions = ranges.filter(({ kind }) => kind !== 'absent').length;
  return versions > 1 ? 'changed' : 'same';
}

function kindOf({ version, unread }: Sighting): string {
  if (version !== null) return `version ${version.meaning}`;
  return unread.length > 0 ? 'unreadable' : 'absent';
}

function rangeOf(group: readonly Sighting[]): VersionRange {
  const backups = group.map(({ backup }) => backup);
  const unread = group.flatMap((sighting) => sighting.unread).slice(0, LISTED);
  const version = group[0]?.version ?? null;
  if (version === null)
    return unread.length > 0 ? { kind: 'unreadable', backups, unread } : { kind: 'absent', backups };
  const { meaning: _meaning, ...shown } = version;
  return { kind: 'version', backups, ...shown, unread };
}
