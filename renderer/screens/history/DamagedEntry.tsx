import type { JSX } from 'react';
import type { DamagedRun } from '../../../shared/model/kept.ts';
import { Chip } from '../../components/Chip.tsx';
import { formatMoment } from '../../words/format.ts';

/** A run of which nothing can be believed: what is wrong, and the way out. */
export function DamagedEntry({ run }: { readonly run: DamagedRun }): JSX.Element {
  return (
    <li className="run-entry" data-testid="damaged-run">
      <div>
        <Chip tone="bad">Damaged</Chip>
      </div>
      <div className="what">
        <div className="row">
          <span className="strong">Run of {formatMoment(run.at, new Date())}</span>
        </div>
        <div className="small">{run.message}</div>
        {run.advice !== '' && <div className="small dim">{run.advice}</div>}
      </div>
    </li>
  );
}
