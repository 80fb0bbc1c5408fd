import type { JSX } from 'react';
import type { Stretch } from '../../../shared/model/find.ts';
import { stripWords, versionNumber } from '../../words/find.ts';

/** More backups than this stand without gaps. */
const DENSE = 30;

/** One mark for each backup, oldest on the left: filled where the event is, in another colour for each version. */
export function VersionStrip({ stretches }: { readonly stretches: readonly Stretch[] }): JSX.Element {
  const marks = stretches.flatMap((stretch, at) =>
    stretch.backups.map((backup) => ({ backup, tone: toneOf(stretches, at) })),
  );
  return (
    <span
      className={marks.length > DENSE ? 'strip dense' : 'strip'}
      role="img"
      aria-label={stripWords(stretches)}
      data-testid="strip"
    >
      {marks.toReversed().map(({ backup, tone }) => (
        <i key={backup} className={tone} />
      ))}
    </span>
  );
}

/** The class that colours a stretch; colours come again after five versions, neighbours never have the same. */
export function toneOf(stretches: readonly Stretch[], at: number): string {
  const stretch = stretches[at];
  if (stretch?.kind === 'absent') return 'gone';
  if (stretch?.kind === 'unreadable') return 'torn';
  return `v${String(((versionNumber(stretches, at) - 1) % 5) + 1)}`;
}
