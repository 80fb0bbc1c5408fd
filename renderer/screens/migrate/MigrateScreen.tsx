import type { JSX } from 'react';
import { useMigrateBatch } from '../../stores/batch/batch.ts';
import { useNavigation } from '../../stores/batch/navigation.ts';
import { BatchConsequences } from '../batch/BatchConsequences.tsx';
import { BatchContext } from '../batch/BatchContext.ts';
import { CheckStep } from './CheckStep.tsx';
import { MappingStep } from './MappingStep.tsx';
import { MigrateReview } from './MigrateReview.tsx';
import { MigrateRun } from './MigrateRun.tsx';
import { classes } from '../../components/classes.ts';
import frame from '../../components/frame/frame.module.css';

const PLACE = { lane: 'migrate', store: useMigrateBatch } as const;

/** A migration in four steps; its announcement and its undo come in at Review. */
export function MigrateScreen(): JSX.Element {
  return (
    <BatchContext value={PLACE}>
      <div className={classes(frame.screen, frame.withPanel)}>
        <StepOf />
        <BatchConsequences before="The number shows here as soon as the mailboxes are checked and planned, before anything is written." />
      </div>
    </BatchContext>
  );
}

function StepOf(): JSX.Element {
  switch (useNavigation((state) => state.migrate)) {
    case 'mapping':
      return <MappingStep />;
    case 'check':
      return <CheckStep />;
    case 'review':
      return <MigrateReview />;
    case 'run':
      return <MigrateRun />;
  }
}
