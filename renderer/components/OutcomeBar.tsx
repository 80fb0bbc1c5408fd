import type { JSX } from 'react';
import type { Outcome, Totals } from '../../shared/model/outcome.ts';
import { formatNumber } from '../words/format.ts';
import { OUTCOME_WORDS } from '../words/outcomes.ts';

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
  readonly of: number;
  readonly done: number;
  /** Done, or written and waiting to be read back; the same as `done` when left out. */
  readonly reached?: number;
}

/** One bar, coloured by outcome. */
export function OutcomeBar({ totals, of, done, reached = done }: OutcomeBarProps): JSX.Element {
  return (
    <div
      className="progress"
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
          className={`fill-${OUTCOME_WORDS[outcome].tone}`}
          style={{ width: `${of === 0 ? '0' : ((totals[outcome] / of) * 100).toFixed(3)}%` }}
          title={`${formatNumber(totals[outcome])} ${OUTCOME_WORDS[outcome].label.toLowerCase()}`}
        />
      ))}
      <i
        className="fill-waiting"
        style={{ width: `${of === 0 ? '0' : (((reached - done) / of) * 100).toFixed(3)}%` }}
        title={`${formatNumber(reached - done)} written, waiting to be read back`}
      />
    </div>
  );
}
