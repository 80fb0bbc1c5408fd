import type { JSX } from 'react';
import type { VersionRange } from '../../../../shared/model/find.ts';
import { stripWords, versionNumber } from '../../../words/find.ts';

/** More backups than this stand without gaps. */
const DENSE = 30;

/** One mark for each backup, oldest on the left: filled where the event is, in another colour for each version. */
export function VersionStrip({ ranges }: { readonly ranges: readonly VersionRange[] }): JSX.Element {
  const marks = ranges.flatMap((range, at) => range.backups.map((backup) => ({ backup, tone: toneOf(ranges, at) })));
  return (
    <span
      className={marks.length > DENSE ? 'strip dense' : 'strip'}
      role="img"
      aria-label={stripWords(ranges)}
      data-testid="strip"
    >
      {marks.toReversed().map(({ backup, tone }) => (
        <i key={backup} className={tone} />
      ))}
    </span>
  );
}

/** The class that colours a stretch; colours come again after five versions, neighbours never have the same. */
export function toneOf(ranges: readonly VersionRange[], at: number): string {
  const range = ranges[at];
  if (range?.kind === 'absent') return 'gone';
  if (range?.kind === 'unreadable') return 'torn';
  return `v${String(((versionNumber(ranges, at) - 1) % 5) + 1)}`;
}
