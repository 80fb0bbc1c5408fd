import type { JSX } from 'react';
import type { VersionRange } from '../../../../shared/model/found/find.ts';
import { stripWords, versionNumber } from '../../../words/find.ts';
import { classes } from '../../../components/classes.ts';
import styles from './find.module.css';

/** More backups than this stand without gaps. */
const DENSE = 30;
const VERSIONS = [styles.v1, styles.v2, styles.v3, styles.v4, styles.v5];

/** One mark for each backup, oldest on the left: filled where the event is, in another colour for each version. */
export function VersionStrip({ ranges }: { readonly ranges: readonly VersionRange[] }): JSX.Element {
  const marks = ranges.flatMap((range, at) => range.backups.map((backup) => ({ backup, tone: toneOf(ranges, at) })));
  return (
    <span
      className={classes(styles.versionStrip, marks.length > DENSE && styles.dense)}
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
export function toneOf(ranges: readonly VersionRange[], at: number): string | undefined {
  const range = ranges[at];
  if (range?.kind === 'absent') return styles.gone;
  if (range?.kind === 'unreadable') return styles.torn;
  return VERSIONS[(versionNumber(ranges, at) - 1) % VERSIONS.length];
}
