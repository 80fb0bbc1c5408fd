import type { JSX } from 'react';
import { useCleanupBatch } from '../../stores/batch/batch.ts';
import { useNavigation } from '../../stores/batch/navigation.ts';
import { BatchConsequences } from '../batch/BatchConsequences.tsx';
import { BatchContext } from '../batch/BatchContext.ts';
import { CleanupReview } from './CleanupReview.tsx';
import { CleanupRun } from './CleanupRun.tsx';
import { ClustersStep } from './ClustersStep.tsx';
import { WhereStep } from './WhereStep.tsx';
import { classes } from '../../components/classes.ts';
import frame from '../../components/frame/frame.module.css';

const PLACE = { lane: 'cleanup', store: useCleanupBatch } as const;

/** A clean-up in four steps; putting back comes in at Review. */
export function CleanupScreen(): JSX.Element {
  return (
    <BatchContext value={PLACE}>
      <div className={classes(frame.screen, frame.withPanel)}>
        <StepOf />
        <BatchConsequences before="The number shows here as soon as you have chosen what to remove. It should be 0." />
      </div>
    </BatchContext>
  );
}

function StepOf(): JSX.Element {
  switch (useNavigation((state) => state.cleanup)) {
    case 'where':
      return <WhereStep />;
    case 'clusters':
      return <ClustersStep />;
    case 'review':
      return <CleanupReview />;
    case 'run':
      return <CleanupRun />;
  }
}
