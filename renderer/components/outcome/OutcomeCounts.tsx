import type { JSX } from 'react';
import type { JobKind } from '../../../shared/model/job.ts';
import { OUTCOMES, type Totals } from '../../../shared/model/outcome.ts';
import { jobOutcome } from '../../words/bin.ts';
import { formatNumber } from '../../words/format.ts';
import styles from '../overall.module.css';

/** How many events ended how, each outcome that there is. */
export function OutcomeCounts({ totals, job }: { readonly totals: Totals; readonly job: JobKind | null }): JSX.Element {
  return (
    <>
      {OUTCOMES.filter((outcome) => totals[outcome] > 0).map((outcome) => {
        const { tone, label } = jobOutcome(outcome, job);
        return (
          <span key={outcome} className={tone === 'bad' || tone === 'warn' ? styles[tone] : undefined}>
            <b>{formatNumber(totals[outcome])}</b> {label.toLowerCase()}
          </span>
        );
      })}
    </>
  );
}
