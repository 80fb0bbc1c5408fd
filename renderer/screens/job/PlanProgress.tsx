import { IconLoader2 } from '@tabler/icons-react';
import type { JSX } from 'react';
import { usePlan } from '../../stores/job/plan.ts';
import { formatNumber } from '../../words/format.ts';
import { PHASE_WORDS } from '../../words/phases.ts';
import { classes } from '../../components/classes.ts';
import parts from '../../components/parts.module.css';

/** How far a plan is, while there is no earlier one to look at. */
export function PlanProgress(): JSX.Element {
  const progress = usePlan((state) => state.progress);
  const words = progress === null ? 'Making the plan' : PHASE_WORDS[progress.phase];
  const of = progress?.of ?? null;
  return (
    <div className={classes(parts.card, parts.padded, 'row')} role="status">
      <IconLoader2 size={17} className={parts.spin} aria-hidden />
      <span>
        {words}… {progress !== null && of !== null && of > 0 && `${formatNumber(progress.done)} of ${formatNumber(of)}`}
      </span>
      <span className="faint">Nothing is written while a plan is made.</span>
    </div>
  );
}
