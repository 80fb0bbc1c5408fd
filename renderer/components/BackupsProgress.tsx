import type { JSX } from 'react';
import { formatNumber } from '../words/format.ts';
import { classes } from './classes.ts';
import fills from './outcome/fills.module.css';
import styles from './backups-progress.module.css';

interface BackupsProgressProps {
  /** Which of the backups is read, from 1; 0: none yet. */
  readonly backup: number;
  readonly backups: number;
  readonly name: string;
  /** Events of this backup. */
  readonly done: number;
  readonly of: number;
  /** What is done before the first backup. */
  readonly before: string;
  /** How much of the whole is done, from 0 to 1. */
  readonly share: number;
}

/** How far the reading of several backups is. */
export function BackupsProgress({ backup, backups, name, done, of, before, share }: BackupsProgressProps): JSX.Element {
  return (
    <div className={classes(styles.findProgress, 'stack')} role="status">
      <p className="strong">{backup === 0 ? before : `Backup ${formatNumber(backup)} of ${formatNumber(backups)}`}</p>
      <div className={fills.progress} aria-hidden>
        <i className={fills.fillUpd} style={{ width: `${(share * 100).toFixed(1)}%` }} />
      </div>
      <p className="small dim ellipsis">
        {name}
        {of > 0 && ` · ${formatNumber(done)} of ${formatNumber(of)} events`}
      </p>
    </div>
  );
}
