import type { JSX } from 'react';
import type { JobKind } from '../../../shared/model/job.ts';
import type { Outcome, Totals } from '../../../shared/model/outcome.ts';
import { jobOutcome } from '../../words/bin.ts';
import { FILL_OF } from './fill-of.ts';
import { formatNumber } from '../../words/format.ts';
import fills from './fills.module.css';

/** From what went well to what wants a look. */
const ORDER: readonly Outcome[] = [
  'created',
  'updated',
  'altered',
  'deleted',
  'unchanged',
  'skipped',
  'superseded',
  'conflict',
  'rejected',
  'failed',
  'unknown',
  'cancelled',
];

interface OutcomeBarProps {
  readonly totals: Totals;
  readonly job: JobKind | null;
  readonly of: number;
  readonly done: number;
  /** Done, or written and waiting to be read back; the same as `done` when left out. */
  readonly reached?: number;
}

/** One bar, coloured by outcome. */
export function OutcomeBar({ totals, job, of, done, reached = done }: OutcomeBarProps): JSX.Element {
  return (
    <div
      className={fills.progress}
      role="progressbar"
      aria-label="Events done"
      aria-valuemin={0}
      aria-valuemax={Math.max(1, of)}
      aria-valuenow={reached}
      aria-valuetext={`${formatNumber(reached)} of ${formatNumber(of)}`}
    >
      {ORDER.map((outcome) => (
        <i
          key={outcome}
          className={FILL_OF[jobOutcome(outcome, job).tone]}
          style={{ width: `${of === 0 ? '0' : ((totals[outcome] / of) * 100).toFixed(3)}%` }}
          title={`${formatNumber(totals[outcome])} ${jobOutcome(outcome, job).label.toLowerCase()}`}
        />
      ))}
      <i
        className={fills.fillWaiting}
        style={{ width: `${of === 0 ? '0' : (((reached - done) / of) * 100).toFixed(3)}%` }}
        title={`${formatNumber(reached - done)} written, waiting to be read back`}
      />
    </div>
  );
}
