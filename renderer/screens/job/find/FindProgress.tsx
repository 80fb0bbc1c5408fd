import type { JSX } from 'react';
import { useFind } from '../../../stores/find.ts';
import { formatNumber } from '../../../words/format.ts';

/** How far a search is: backup by backup. */
export function FindProgress(): JSX.Element {
  const progress = useFind((state) => state.progress);
  const { backup = 0, backups = 0, name = '', done = 0, of = 0 } = progress ?? {};
  const share = backups === 0 ? 0 : (Math.max(0, backup - 1) + (of === 0 ? 0 : done / of)) / backups;
  return (
    <div className="stack find-progress" role="status">
      <p className="strong">
        {backup === 0 ? 'Opening the backups…' : `Backup ${formatNumber(backup)} of ${formatNumber(backups)}`}
      </p>
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
