import type { JSX } from 'react';
import { formatNumber } from '../words/format.ts';

export interface BackupsProgressProps {
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
    <div className="stack find-progress" role="status">
      <p className="strong">{backup === 0 ? before : `Backup ${formatNumber(backup)} of ${formatNumber(backups)}`}</p>
      <div className="progress" aria-hidden>
        <i className="fill-upd" style={{ width: `${(share * 100).toFixed(1)}%` }} />
      </div>
      <p className="small dim ellipsis">
        {name}
        {of > 0 && ` · ${formatNumber(done)} of ${formatNumber(of)} events`}
      </p>
    </div>
  );
}
